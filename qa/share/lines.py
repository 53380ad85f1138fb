"""Files of JSON objects, one a line, to which lines are appended. A line that was cut off is left out."""

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any


def append(file: Path, value: Any) -> None:
    """Append `value` to `file`, which is for its owner alone. A line before it that was cut off is ended first.

    Raises:
        OSError: the file cannot be written.
    """
    line = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
    with os.fdopen(os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600), "ab+") as lines:
        size = lines.seek(0, os.SEEK_END)
        lines.seek(max(0, size - 1))
        is_torn = size > 0 and lines.read(1) != b"\n"
        lines.write(b"\n" * is_torn + line + b"\n")


def values(file: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects in `file`, in order; none if it cannot be read."""
    with suppress(OSError), file.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            with suppress(ValueError, RecursionError):
                value = json.loads(line)
                if isinstance(value, dict):
                    yield value
