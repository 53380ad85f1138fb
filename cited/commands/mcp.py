"""`cited mcp`."""

import os
from contextlib import closing

from qa.cli.options import Address

EXAMPLE = "cited mcp -c my-documents"


def run(collection: Address = None) -> None:
    """Serve an assistant that starts this program itself (Model Context Protocol over standard input and output)."""
    from api.assistants import assistants_server
    from page.functions import uploads
    from page.line import Line
    from page.session import Lasting, enter

    if collection:
        os.environ["CITED_COLLECTION"] = collection
    enter(Lasting())
    with closing(uploads()):
        assistants_server(Line(1, 10), Line(1, 10)).run("stdio")
