"""How long the stages of answering take, for those who watch."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Watcher = Callable[[str, float], None]
"""A callback that gets the name of a stage that has ended, and its seconds."""

_watchers: list[Watcher] = []


def watch(watcher: Watcher) -> None:
    """Call `watcher` after each stage, in the thread in which it ran."""
    _watchers.append(watcher)


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Measure the block as one stage. A stage that an error ends is measured too.

    >>> seen = []
    >>> watch(lambda name, seconds, seen=seen: seen.append(name))
    >>> with stage("search"):
    ...     pass
    >>> seen
    ['search']
    """
    began = time.perf_counter()
    try:
        yield
    finally:
        for watcher in _watchers:
            watcher(name, time.perf_counter() - began)
