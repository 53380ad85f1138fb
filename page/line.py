"""A line in which work waits for its turn: a few at a time, and a bounded number behind them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from index import CitedError

_LOOK = 1.0
"""Seconds after which those who wait are looked for again."""


class Busy(CitedError):
    """More is asked than may wait."""


class Gone(Exception):
    """Whoever asked has gone away while waiting."""


class Line:
    """Lets `at_once` pieces of work be done at a time, and `longest` wait; whoever comes first is served first."""

    def __init__(self, at_once: int, longest: int) -> None:
        self._free = asyncio.Semaphore(at_once)
        self._most = at_once + longest
        self._here = 0

    @asynccontextmanager
    async def turn(self, is_gone: Callable[[], Awaitable[bool]]) -> AsyncIterator[None]:
        """Wait for a turn, and hold it.

        Args:
            is_gone: tells whether whoever asked has gone away; asked each second while they wait.

        Raises:
            Busy: as many wait as may.
            Gone: whoever asked has gone away before their turn.
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
            if not place.cancel():  # it has come meanwhile
                self._free.release()
            raise


async def _done(place: asyncio.Future[Any], is_gone: Callable[[], Awaitable[bool]]) -> None:
    while not place.done():
        await asyncio.wait([place], timeout=_LOOK)
        if await is_gone():
            raise Gone
