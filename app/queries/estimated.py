"""What a group estimated of areas, responses and cells: the pooled figures of its last outcome,
with the unit and the outcome they come from."""

from collections import defaultdict
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection

from app.activities.sentences import Sentence
from app.analysis.estimates import curve_of
from app.errors import N_
from app.models import Activity, Round
from app.queries.support import Reference, recorded

RANGE = N_("“{question}”: best guess {best} (median {median}), between {low} and {high}, n {n}")
CURVE = N_("“{question}”: median {median}, {sure} % between {low} and {high}")


@dataclass(frozen=True)
class Pooled:
    """The group's estimate of one thing: of ranges, the means of all lowest, best and highest
    guesses with the median of the best and how many gave one; of curves, the median and ends of the
    pooled curve and what lies between them in percent (`sure`)."""

    median: float
    low: float
    high: float
    best: float | None = None
    n: int | None = None
    sure: float | None = None

    def told(self, unit: str) -> dict[str, str]:
        """The figures as words, the first with its unit."""
        first = "median" if self.best is None else "best"
        known = {name: value for name, value in asdict(self).items() if value is not None}
        told = {name: rounded(value) for name, value in known.items()}
        return {**told, first: measured(known[first], unit)}


@dataclass(frozen=True)
class Estimated:
    """A pooled estimate with the question that it answers."""

    question: str
    unit: str
    pooled: Pooled
    reference: Reference

    @property
    def sentence(self) -> Sentence:
        """Question, median and interval in words."""
        message = CURVE if self.pooled.best is None else RANGE
        return Sentence(message, {"question": self.question, **self.pooled.told(self.unit)})


def pooled_of(result: dict[str, Any], option: str) -> Pooled | None:
    """What an outcome's figures say of one question; None where nobody answered it."""
    figures = result["diagnostics"].get("options", {}).get(option, {})
    if figures.get("n") and "mean" in figures:
        mean, median = figures["mean"], figures["median"]["best"]
        return Pooled(median, mean["low"], mean["high"], mean["best"], figures["n"])
    pool = result["diagnostics"].get("pool", {}).get(option, {})
    curve = curve_of(pool.get("quantiles", {}))
    return Pooled(curve.best, curve.low, curve.high, sure=curve.confidence) if curve else None


def unit_of(scale: dict[str, Any] | None) -> str:
    """What a round's values are counted in; chances are in percent."""
    asked = scale or {}
    return "%" if asked.get("chance") else str(asked.get("unit") or "")


def measured(value: float, unit: str) -> str:
    """A value with its unit, if it has one."""
    return f"{rounded(value)} {unit}".strip()


def rounded(value: float) -> str:
    """A figure as people read it: four digits, and never fewer than its whole part has."""
    return f"{value:.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def estimates_by_option(
    conn: Connection, workshop_id: str, *, published: bool = False
) -> dict[str, list[Estimated]]:
    """Option id to what was estimated of it: for each exercise its last outcome, in the order of
    the record; of published results alone, if so."""
    found: dict[str, dict[str, Estimated]] = defaultdict(dict)
    which, more = Activity.type == "estimate", (Round.question, Round.scale, Round.activity_id)
    for row in recorded(conn, workshop_id, which, *more, published=published):
        reference = Reference(row.round_id, row.number, row.input_digest)
        figures = row.result["diagnostics"]
        for option in [*figures.get("options", {}), *figures.get("pool", {})]:
            if pooled := pooled_of(row.result, option):
                told = Estimated(row.question, unit_of(row.scale), pooled, reference)
                found[option][row.activity_id] = told
    return {option: list(told.values()) for option, told in found.items()}
