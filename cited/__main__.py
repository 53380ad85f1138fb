"""`cited`, or `python -m cited`: the command line, with the page."""

import sys

from qa.cli import commands, main


@commands.command("serve")
def _serve() -> None:
    """Open the page in the browser, served on this machine alone, until Ctrl-C."""
    import app

    app.main()


if __name__ == "__main__":
    sys.exit(main())
