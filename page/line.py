"""A queue with limits: a few pieces of work run at a time, and a bounded number wait."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from index import CitedError

_LOOK = 1.0
"""Seconds between two checks whether clients that wait are still there."""


class Busy(CitedError):
    """The line is full."""


class Gone(Exception):
    """The client disconnected while it waited."""


class Line:
    """A first-in, first-out queue: `at_once` pieces of work run at a time, and `longest` may wait."""

    def __init__(self, at_once: int, longest: int) -> None:
        self._free = asyncio.Semaphore(at_once)
        self._most = at_once + longest
        self._here = 0

    @property
    def length(self) -> int:
        """The number of pieces of work that run or wait."""
        return self._here

    @asynccontextmanager
    async def turn(self, is_gone: Callable[[], Awaitable[bool]]) -> AsyncIterator[None]:
        """Wait for a turn, and hold it.

        Args:
            is_gone: tells whether the client has disconnected; asked once a second during the wait.

        Raises:
            Busy: the line is full.
            Gone: the client has disconnected before its turn.
        """
        if self._here >= self._most:
            raise Busy(f"Cited is busy, {self._here} ahead of you; try again in a moment.")
        self._here += 1
        try:
            await self._wait(is_gone)
            try:
                yield
            finally:
                self._free.release()
        finally:
            self._here -= 1

    async def _wait(self, is_gone: Callable[[], Awaitable[bool]]) -> None:
        if not self._free.locked():
            await self._free.acquire()
            return
        place = asyncio.ensure_future(self._free.acquire())
        try:
            await _done(place, is_gone)
        except BaseException:
            if not place.cancel():  # the turn has come in the meantime
                self._free.release()
            raise


async def _done(place: asyncio.Future[Any], is_gone: Callable[[], Awaitable[bool]]) -> None:
    while not place.done():
        await asyncio.wait([place], timeout=_LOOK)
        if await is_gone():
            raise Gone
