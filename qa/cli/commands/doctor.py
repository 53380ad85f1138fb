"""`cited doctor`."""

from typing import Annotated

import typer

from qa.cli.options import Address
from qa.cli.output import DONE, FAILED, has_colours
from qa.share.terminal import escaped, painted

EXAMPLE = "cited doctor -c my-documents"

_STYLES = {"ok": "32", "note": "33", "wrong": "1;31"}


def run(
    collection: Address = None,
    port: Annotated[int | None, typer.Option("--port", help="A port on which to serve.", min=1, max=65535)] = None,
) -> None:
    """Say what is missing or wrong on this machine, and how to mend it. Nothing is changed."""
    from qa.doctor import examine  # `cited --help` need not wait for it

    code = DONE
    for found in examine(collection, port):
        print(f"{painted(f'{found.severity:<5}', _STYLES[found.severity], has_colours())}  {escaped(found.text)}")
        code = FAILED if found.severity == "wrong" else code
    raise typer.Exit(code)
