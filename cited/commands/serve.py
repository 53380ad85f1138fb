"""`cited serve`."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from qa.cli.options import Address

EXAMPLE = "cited serve -c my-documents --port 8000"


def run(  # noqa: PLR0913 - the options of the command
    collection: Address = None,
    host: Annotated[str, typer.Option(help="The network address to listen at.")] = "127.0.0.1",
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="The port; by default the first free one from 7860.")
    ] = None,
    name: Annotated[
        list[str] | None, typer.Option(help="A name by which others know this machine; may be repeated.")
    ] = None,
    auth: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A file of passwords, as `cited password` makes it.")
    ] = None,
    *,
    no_auth: Annotated[
        bool, typer.Option("--no-auth", help="Ask for no password: everybody who reaches the port reads all documents.")
    ] = False,
    writable: Annotated[
        bool, typer.Option("--writable", help="Let those with a password, or everybody, add and remove documents.")
    ] = False,
    metrics: Annotated[bool, typer.Option("--metrics", help="Serve figures at /metrics, for Prometheus.")] = False,
    mcp: Annotated[
        bool, typer.Option("--mcp", help="Serve assistants at /mcp, by the Model Context Protocol.")
    ] = False,
    network: Annotated[
        bool, typer.Option("--network", help="Let people add addresses of the web; private ones are refused.")
    ] = False,
    log_format: Annotated[Literal["text", "json"], typer.Option(help="How the log is written.")] = "text",
) -> None:
    """Serve the page, and the interface for programs. Without options, to this machine alone. Ctrl-C ends it."""
    import app
    from page.serving import Serving

    app.run(
        Serving(
            collection=collection,
            host=host,
            port=port,
            names=tuple(name or ()),
            passwords=auth,
            is_open=no_auth,
            is_writable=writable,
            has_metrics=metrics,
            has_mcp=mcp,
            has_network=network,
            has_json_log=log_format == "json",
        )
    )
