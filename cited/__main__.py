"""The command line, run as `cited` or `python -m cited`. It can also serve the page."""

import sys

from qa.cli import commands, main


@commands.command("serve")
def _serve() -> None:
    """Serve the page to this machine alone, and open it in the browser. Ctrl-C ends it."""
    import app

    app.main()


if __name__ == "__main__":
    sys.exit(main())
