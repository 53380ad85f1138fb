"""Reserved disk space, so that a document can be removed from a collection even when the disk is full."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

_RESERVED = 2_000_000
"""Bytes reserved. SQLite and Tantivy write some hundred thousand to remove a document."""

_AMPLE = 20 * _RESERVED
"""Bytes that must be free on the disk before some are reserved."""

_RESERVE = "reserve"


def keep_reserve(folder: Path) -> None:
    """Reserve space on the disk of `folder`, unless it is reserved already or the disk has too little."""
    file = folder / _RESERVE
    with suppress(OSError):  # the collection works without it
        if file.exists() or shutil.disk_usage(folder).free < _AMPLE:
            return
        descriptor = os.open(file, os.O_CREAT | os.O_WRONLY, 0o600)
        try:
            os.write(descriptor, bytes(_RESERVED))
        finally:
            os.close(descriptor)


def make_room(folder: Path) -> None:
    """Release the reserved space if the disk of `folder` is full."""
    with suppress(OSError):
        if is_full(folder):
            (folder / _RESERVE).unlink(missing_ok=True)


def is_full(folder: Path) -> bool:
    """Return whether the disk of `folder` has less than `_RESERVED` bytes free."""
    return shutil.disk_usage(folder).free < _RESERVED
