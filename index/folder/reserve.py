"""Room on the disk, kept so that a document can be removed from a collection when the disk is full."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

RESERVED = 2_000_000
"""Bytes: what SQLite and Tantivy write to remove a document takes some hundred thousand."""

AMPLE = 20 * RESERVED
"""Bytes that are free on a disk from which some are taken."""

_RESERVE = "reserve"


def keep_reserve(folder: Path) -> None:
    """Take some room, if the disk in which `folder` is has enough of it, and none is taken yet."""
    file = folder / _RESERVE
    with suppress(OSError):  # the collection does as well without
        if file.exists() or shutil.disk_usage(folder).free < AMPLE:
            return
        descriptor = os.open(file, os.O_CREAT | os.O_WRONLY, 0o600)
        try:
            os.write(descriptor, bytes(RESERVED))
        finally:
            os.close(descriptor)


def make_room(folder: Path) -> None:
    """Give the room back, if the disk in which `folder` is has next to none."""
    with suppress(OSError):
        if is_full(folder):
            (folder / _RESERVE).unlink(missing_ok=True)


def is_full(folder: Path) -> bool:
    """Return whether the disk in which `folder` is has less room than is reserved."""
    return shutil.disk_usage(folder).free < RESERVED
