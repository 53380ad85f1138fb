"""`cited rebuild`."""

from typing import Annotated

import typer

from index import existing_collection
from index.reread import Change, reread
from qa.cli.options import Address, Quiet, existing, writable
from qa.cli.output import print_json
from qa.share.cited_before import cited_before
from qa.share.rereading import moved_quotes, rereading_table, rereading_text

EXAMPLE = "cited rebuild --read -c my-documents"


def run(
    collection: Address = None,
    *,
    read: Annotated[
        bool,
        typer.Option("--read", help="First read the kept files again, and replace the documents that are read anew."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="With --read, print one line of JSON a document.")] = False,
    quiet: Quiet = False,
) -> None:
    """Rebuild a collection's search indexes."""
    kept = existing_collection(writable(collection)) if read else existing(collection)
    told: list[tuple[Change, str]] = []
    cited = cited_before(kept) if read else []
    try:
        for outcome in reread(kept) if read else ():
            told.append((outcome.change, rereading_text(outcome, cited)))
            if as_json:
                print_json(outcome.to_dict() | {"cited": moved_quotes(outcome, cited)})
    finally:  # an interrupted command also reports what it has done
        if read and not (quiet or as_json):
            print(rereading_table(told), flush=True)
    kept.rebuild()
    if not (quiet or as_json):
        print("Rebuilt.")
