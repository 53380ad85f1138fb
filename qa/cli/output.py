"""What commands write: JSON and complaints, in which nothing can steer a terminal, and their exit codes."""

import io
import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from index import CitedError
from qa.share.terminal import escaped

DONE, FAILED, INTERRUPTED = 0, 1, 130
"""Exit codes; 2 means that the command was not understood."""


def has_colours() -> bool:
    """Return whether the output may have colours: it is a terminal, and `NO_COLOR` is not set."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def print_json(value: Mapping[str, Any]) -> None:
    """Print `value` on one line; characters that could steer a terminal are escaped as in JSON."""
    line = json.dumps(value, ensure_ascii=False)
    if escaped(line) != line:
        line = "".join(one if escaped(one) == one else json.dumps(one)[1:-1] for one in line)
    print(line, flush=True)


def complain(error: CitedError | str) -> int:
    """Print an error as a sentence, and return the exit code for it."""
    with suppress(OSError):
        print(f"cited: {escaped(str(error))}", file=sys.stderr)
    return FAILED


def write_no_more() -> None:
    """Discard the output that Python would flush at exit."""
    with suppress(OSError, io.UnsupportedOperation):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
