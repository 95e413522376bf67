"""How a benchmark measures: the best of a few runs, on the clock and on the processor."""

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measured number."""

    what: str
    value: float
    unit: str


def best(work: Callable[[], object], runs: int = 3) -> float:
    """The shortest wall time of a few runs, in seconds."""
    return min(_once(work) for _ in range(runs))


def _once(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
