"""How long work takes: by the clock, and of CPUs, to which other programs' work adds little."""

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds by the clock and of this process's threads."""

    wall: float
    cpu: float


def spent(work: Callable[[], object]) -> Spent:
    """Do `work` and return what it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Spent(time.perf_counter() - wall, time.process_time() - cpu)
