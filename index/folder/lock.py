"""The lock of a collection: one process at a time changes it. The only module that imports filelock."""

import json
import logging
import os
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path

import filelock

from index.errors import CollectionLocked, UnusableCollection

_log = logging.getLogger("cited.index")

LOCK = "lock"
"""What the names of the lock's files begin with."""

PATIENCE = 60.0
"""Seconds to wait for another process that is changing the collection."""

_NOTED = 1.0
"""Seconds of waiting from which on it is logged."""

_POLL = 0.01
"""Seconds between two looks at whether a lock is free."""


class Lock:
    """A lock that only one process can hold, and only one thread of it; it is free again when its process ends.

    Whoever wants it first takes a second lock, of those who are next, and gives that back once it holds the first:
    so a process that takes the lock again and again cannot keep the others from it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._next, self._lock = (
            filelock.FileLock(folder / name, mode=0o600, poll_interval=_POLL, fallback_to_soft=False)
            for name in (f"{LOCK}.next", LOCK)
        )

    @contextmanager
    def held(self, patience: float | None = None) -> Iterator[None]:
        """Hold the lock, after waiting for it for at most `patience` seconds, or `PATIENCE`.

        Raises:
            CollectionLocked: another process has been holding it for so long.
            UnusableCollection: the folder cannot be written.
        """
        patience = PATIENCE if patience is None else patience
        began = time.monotonic()
        deadline = began + patience
        with ExitStack() as releasing:
            try:
                with self._next.acquire(timeout=patience):
                    releasing.enter_context(self._lock.acquire(timeout=max(0, deadline - time.monotonic())))
            except filelock.Timeout as error:
                raise CollectionLocked(
                    f"{self._folder} has been locked for {patience:.0f} s, now by {self._named_holder()};"
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
        """Write into the lock's file who holds it; on a full disk, which a removal may be about to mend, do without."""
        holder = {"process": os.getpid(), "host": socket.gethostname(), "since": time.time()}
        with suppress(OSError):
            (self._folder / LOCK).write_text(json.dumps(holder), encoding="utf-8")

    def _named_holder(self) -> str:
        """Return who holds the lock; nobody who held it before is named, for taking it empties its file."""
        try:
            holder = json.loads((self._folder / LOCK).read_text(encoding="utf-8"))
            since = datetime.fromtimestamp(holder["since"]).astimezone()
            return f"process {holder['process']} on {holder['host']} since {since:%H:%M:%S on %Y-%m-%d}"
        except (OSError, ValueError, KeyError, TypeError):  # not written yet, or not to be read, as on Windows
            return "another process"
