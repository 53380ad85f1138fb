"""`cited rename`."""

from typing import Annotated

import typer

from index import existing_collection
from qa.cli.options import Address, Quiet, UnknownName, named, writable
from qa.share.terminal import SHOWN, escaped

EXAMPLE = 'cited rename scan-0042.pdf "Minutes of May" -c my-documents'


def run(
    name: Annotated[str, typer.Argument(metavar="DOCUMENT", help="Its id as `cited list` shows it, or its file.")],
    title: Annotated[str, typer.Argument(metavar="TITLE", help="The new title.")],
    collection: Address = None,
    *,
    quiet: Quiet = False,
) -> None:
    """Give a document another title; citations of it stay valid."""
    with existing_collection(writable(collection)) as kept:
        document_ids = list(named(name, kept.sources()))
        if len(document_ids) > 1:
            raise UnknownName(
                f"{name!r} means {len(document_ids)} documents; give the id of one, as `cited list` does."
            )
        renamed = kept.rename(document_ids[0], title)
        if not quiet:
            print(f"renamed    {renamed.id[:SHOWN]}  {escaped(renamed.title)}", flush=True)
