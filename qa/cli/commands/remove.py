"""`cited remove`."""

from typing import Annotated

import typer

from index import UnknownDocument, existing_collection
from qa.cli.options import Address, Quiet, UnknownName, named, writable
from qa.cli.output import DONE, complain
from qa.share.terminal import SHOWN, escaped

EXAMPLE = "cited remove report.pdf -c my-documents"


def run(
    names: Annotated[list[str], typer.Argument(metavar="DOCUMENT", help="Ids as `cited list` shows them, or files.")],
    collection: Address = None,
    *,
    quiet: Quiet = False,
) -> None:
    """Remove documents from a collection."""
    code = DONE
    with existing_collection(writable(collection)) as kept:
        for name in names:
            try:
                for document_id, source in named(name, kept.sources()).items():
                    kept.remove(document_id)
                    if not quiet:
                        print(f"removed    {document_id[:SHOWN]}  {escaped(source)}", flush=True)
            except (UnknownDocument, UnknownName) as error:
                code = complain(error)
    raise typer.Exit(code)
