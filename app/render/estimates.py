"""What the charts and forms of estimates need: an axis, single answers, chips in their bins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Any

from app.activities.estimate import BINS, probabilities
from app.analysis.estimates import Curve, Range, each, read, written

TICKS = 5


@dataclass(frozen=True)
class Axis:
    """From where to where a chart reaches, and the round values marked on it."""

    min: float
    max: float
    ticks: list[float]


def axis(scale: Mapping[str, Any] | None, answers: Sequence[Any] = ()) -> Axis:
    """The scale's own ends, or round ones around all answers where it has none."""
    if has_ends(scale):
        low, high = float(scale["min"]), float(scale["max"])  # type: ignore[index]
    else:
        low = min((one.low for one in answers), default=0.0)
        high = max((one.high for one in answers), default=1.0)
    step = _round_step((high - low) or 1.0)
    if not has_ends(scale):
        low, high = floor(low / step) * step, ceil(high / step) * step
        high = high if high > low else low + step
    first = ceil(low / step)
    marked = [n * step for n in range(first, floor(high / step + 1e-9) + 1)]
    return Axis(low, high, marked)


def has_ends(scale: Mapping[str, Any] | None) -> bool:
    """Whether all questions share one axis."""
    return bool(scale) and "min" in scale and "max" in scale  # type: ignore[operator]


def _round_step(width: float) -> float:
    """1, 2 or 5 times a power of ten, so that about five of them fill the width."""
    power = 10.0 ** floor(log10(width / TICKS))
    return next(n * power for n in (1, 2, 5, 10) if n * power * TICKS >= width)


def answer(shape: str, given: Mapping[str, Any] | None) -> Range | Curve | None:
    """One's own answer to a question, as the charts draw it."""
    return read(written(shape, given)) if given else None


def bins(scale: Mapping[str, Any]) -> list[tuple[float, float]]:
    """The bins that chips are laid into, lowest first."""
    n = scale.get("bins") or BINS
    low, width = scale["min"], (scale["max"] - scale["min"]) / n
    return [(low + place * width, low + (place + 1) * width) for place in range(n)]


def laid(scale: Mapping[str, Any], given: Mapping[str, Any] | None) -> list[int]:
    """How many chips lie in each bin of an answer: a chip is a value inside its bin."""
    values = list((given or {}).values())
    return [sum(low < value <= high for value in values) for low, high in bins(scale)]


def helpers() -> dict[str, Any]:
    """By the names that templates call them."""
    return {
        "answer_drawn": answer,
        "axis_of": axis,
        "chip_bins": bins,
        "chips_laid": laid,
        "each_answer": each,
        "has_ends": has_ends,
        "probabilities_of": probabilities,
    }
