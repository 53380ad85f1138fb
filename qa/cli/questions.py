"""Questions that are typed, or that another program writes."""

import sys
from collections.abc import Iterator
from contextlib import suppress

_PROMPT = "\n? "


def questions() -> Iterator[str]:
    """Yield the questions on standard input, one a line, until Ctrl-D or the end; at a terminal, ask for each."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        yield from (line.strip() for line in sys.stdin if line.strip())
        return
    with suppress(ImportError):  # Windows has none
        import readline  # noqa: F401 - arrow keys then edit the line and recall earlier ones
    print("One question a line; Ctrl-D ends.", file=sys.stderr)
    with suppress(EOFError):
        while True:
            if typed := input(_PROMPT).strip():
                yield typed
    print()
