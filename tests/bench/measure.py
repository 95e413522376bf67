"""How a benchmark measures: the best of a few runs, on the clock and on the processor."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measured number; the goal it has, if any; and the least and most of several runs."""

    what: str
    value: float
    unit: str
    goal: str = ""
    spread: tuple[float, float] | None = None


def best(work: Callable[[], object], runs: int = 3) -> float:
    """The shortest wall time of a few runs, in seconds."""
    return min(_once(work) for _ in range(runs))


def several(what: str, values: Sequence[float], unit: str, goal: str = "") -> Figure:
    """The median of what several runs gave, with its spread."""
    return Figure(what, statistics.median(values), unit, goal, (min(values), max(values)))


def quantile(values: Sequence[float], share: float) -> float:
    """The value that so large a share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _once(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
