"""Time that work takes: by the clock, and CPU time, on which other programs have little influence."""

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds by the clock, and CPU seconds of this process's threads."""

    wall: float
    cpu: float


def spent(work: Callable[[], object]) -> Spent:
    """Do `work` and return the time that it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Spent(time.perf_counter() - wall, time.process_time() - cpu)
