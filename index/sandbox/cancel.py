"""Cancelling the reading of a file from another thread."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from index.errors import Cancelled


class Cancel:
    """Tells whoever reads a file that nobody wants it any more. It cannot be taken back."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._is_set = False
        self._end: Callable[[], None] | None = None

    def set(self) -> None:
        """Cancel, and end the process that reads at the moment, if there is one."""
        with self._lock:
            self._is_set = True
            if self._end:
                self._end()

    def check(self) -> None:
        """Raise `Cancelled` if it is set."""
        if self._is_set:
            raise Cancelled("Reading the file was cancelled; add it again to read it.")

    @contextmanager
    def ending(self, end: Callable[[], None]) -> Iterator[None]:
        """Have `set` call `end`, as long as the block runs.

        Raises:
            Cancelled: before the block or in place of its error, if it is set.
        """
        with self._lock:
            self.check()
            self._end = end
        try:
            yield
        finally:
            with self._lock:
                self._end = None
            self.check()
