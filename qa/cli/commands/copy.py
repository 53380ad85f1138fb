"""`cited copy`."""

from typing import Annotated

import typer

from index import copy, existing_collection, open_collection
from qa.cli.options import Quiet
from qa.share.terminal import escaped

EXAMPLE = "cited copy my-documents http://localhost:19530/legal"


def run(
    source: Annotated[str, typer.Argument(metavar="FROM", help="The address of a collection, as for --collection.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="The address of the copy; created if it does not exist.")],
    *,
    quiet: Quiet = False,
) -> None:
    """Copy a collection, or continue an interrupted copy."""
    with existing_collection(source) as one, open_collection(target) as other:
        for document in copy(one, other):
            if not quiet:
                print("copied   ", escaped(document.source or document.title), flush=True)
