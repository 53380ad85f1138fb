"""The lock that lets one process at a time change a collection. This is the only module that imports filelock."""

import json
import logging
import os
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import CollectionLocked, UnusableCollection

if TYPE_CHECKING:
    from filelock import FileLock

_log = logging.getLogger("cited.index")

LOCK = "lock"
"""Prefix of the names of the lock files."""

PATIENCE = 60.0
"""Seconds to wait for another process that is changing the collection."""

_NOTED = 1.0
"""Seconds of waiting after which the wait is logged."""

_POLL = 0.01
"""Seconds between two attempts to take a lock."""


class Lock:
    """A lock that one thread of one process can hold. It is released when its process ends.

    The lock is fair. A process that waits first takes a second lock, for the next in line, and releases it once it
    holds the first. A process that takes the lock again and again therefore cannot starve the others.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def _locks(self) -> "tuple[FileLock, FileLock]":
        """The lock for the next in line, and the lock itself."""
        from filelock import FileLock  # imports asyncio, which takes longer than to open a collection

        following, first = (
            FileLock(self._folder / name, mode=0o600, poll_interval=_POLL, fallback_to_soft=False)
            for name in (f"{LOCK}.next", LOCK)
        )
        return following, first

    @contextmanager
    def held(self, patience: float | None = None) -> Iterator[None]:
        """Hold the lock. Wait for it at most `patience` seconds, by default `PATIENCE`.

        Raises:
            CollectionLocked: other processes have held the lock for that long.
            UnusableCollection: the folder cannot be written.
        """
        from filelock import Timeout

        patience = PATIENCE if patience is None else patience
        following, first = self._locks
        began = time.monotonic()
        deadline = began + patience
        with ExitStack() as releasing:
            try:
                with following.acquire(timeout=patience):
                    releasing.enter_context(first.acquire(timeout=max(0, deadline - time.monotonic())))
            except Timeout as error:
                raise CollectionLocked(
                    f"{self._folder} has been locked for {patience:.0f} s, now by {self.holder()};"
                    " try again when that is done."
                ) from error
            except OSError as error:
                raise UnusableCollection(
                    f"{self._folder} cannot be used ({error.strerror}); see to it that you may write it."
                ) from error
            if time.monotonic() - began > _NOTED:
                _log.info("%s was locked by another process for %.1f s", self._folder, time.monotonic() - began)
            self._sign()
            yield

    def _sign(self) -> None:
        """Write the holder into the lock file. On a full disk, do without: the holder may be about to free space."""
        holder = {"process": os.getpid(), "host": socket.gethostname(), "since": time.time()}
        with suppress(OSError):
            (self._folder / LOCK).write_text(json.dumps(holder), encoding="utf-8")

    def holder(self) -> str:
        """Return who holds the lock, in words. It is never a former one, because taking the lock empties its file."""
        try:
            holder = json.loads((self._folder / LOCK).read_text(encoding="utf-8"))
            since = datetime.fromtimestamp(holder["since"]).astimezone()
            return f"process {holder['process']} on {holder['host']} since {since:%H:%M:%S on %Y-%m-%d}"
        except (OSError, ValueError, KeyError, TypeError):  # not written yet, or not readable, as on Windows
            return "another process"
