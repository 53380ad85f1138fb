"""`cited serve`."""

EXAMPLE = "cited serve"


def run() -> None:
    """Serve the page to this machine alone, and open it in the browser. Ctrl-C ends it."""
    import app

    app.main()
