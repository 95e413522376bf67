"""The thrifty matrix: which cells are nominated, how many people rate each, when one is asked no
more. A cell joins a priority area with a response. Pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from fractions import Fraction
from typing import Any, Self

from app.methods.ratings import Q1, Q3
from app.methods.statistics import median, quantile


class _Terms:
    """What a round fixes of its activity's settings, under the same names."""

    @classmethod
    def of(cls, settings: Mapping[str, Any] | None) -> Self | None:
        """The terms in these settings, or None where they do not ask for it."""
        names = [field.name for field in fields(cls)]  # type: ignore[arg-type]
        known = {name: value for name, value in (settings or {}).items() if name in names}
        return cls(**known) if known.get(names[0]) else None

    @classmethod
    def frozen(cls, settings: Mapping[str, Any]) -> dict[str, Any] | None:
        """The same as a round keeps it."""
        terms = cls.of(settings)
        return None if terms is None else asdict(terms)  # type: ignore[call-overload]


@dataclass(frozen=True)
class Shortlist(_Terms):
    """Who comes onto the shortlist: what at least so many nominated, of each area at most the
    first so many, if that is limited."""

    shortlist_from: int = 0
    shortlist_top: int | None = None


@dataclass(frozen=True)
class Sharing(_Terms):
    """How cells are shared out among raters: so many ratings for each, at most so many cells for
    one person, first to whom the cell is nearest; and when a cell is asked no more."""

    raters: int = 0
    cells_most: int | None = None
    by_competence: bool = True
    stop_from: int | None = None
    stop_iqr: float | None = None
    stop_settled: bool = False

    @property
    def stops(self) -> bool:
        """Whether a cell can stop before all who were asked have rated it."""
        return self.stop_from is not None and (self.stop_iqr is not None or self.stop_settled)


def shortlisted(
    nominations: Mapping[str, Fraction], areas: Mapping[str, str | None], rule: Shortlist
) -> list[str]:
    """The cells that the rule takes, in the order of `areas`; `areas` says which area each is of.

    It never cuts through a tie: who has as many nominations as the last that is in, is in.
    """
    by_area: dict[str | None, list[Fraction]] = defaultdict(list)
    for cell, area in areas.items():
        by_area[area].append(nominations.get(cell, Fraction(0)))
    least = {area: _least(counts, rule) for area, counts in by_area.items()}
    return [cell for cell, area in areas.items() if nominations.get(cell, 0) >= least[area]]


def _least(counts: list[Fraction], rule: Shortlist) -> Fraction:
    top = rule.shortlist_top
    if top is None or len(counts) <= top:
        return Fraction(rule.shortlist_from)
    return max(Fraction(rule.shortlist_from), sorted(counts, reverse=True)[top - 1])


@dataclass(frozen=True)
class Verdicts:
    """From where on a median agrees, up to where it rejects, and the ends of the scale."""

    agree_from: Fraction
    disagree_to: Fraction
    low: Fraction
    high: Fraction


def stopped(
    values: Sequence[Fraction], waiting: int, terms: Sharing, verdicts: Verdicts
) -> str | None:
    """Why a cell with these ratings is asked no more: "narrow" or "settled"; None while it is.

    `waiting` is how many who were asked have not answered. Settled is exact: the median stays on
    its side of the limit even if all of them gave the other end of the scale. The answer follows
    the ratings as they stand, so a changed one may open the cell again.
    """
    if terms.stop_from is None or len(values) < max(1, terms.stop_from):
        return None
    if terms.stop_iqr is not None:
        width = quantile(values, Q3) - quantile(values, Q1)
        if width <= Fraction(str(terms.stop_iqr)):
            return "narrow"
    if terms.stop_settled and _settled(values, waiting, verdicts):
        return "settled"
    return None


def _settled(values: Sequence[Fraction], waiting: int, verdicts: Verdicts) -> bool:
    lowest = median(sorted([*values, *[verdicts.low] * waiting]))
    highest = median(sorted([*values, *[verdicts.high] * waiting]))
    return lowest >= verdicts.agree_from or highest <= verdicts.disagree_to


def cell_id(area_id: str, response_id: str) -> str:
    """The id by which a cell is an option, before and after it has a row in the matrix."""
    return f"{area_id}-{response_id}"


def parts_of(cell: str) -> tuple[str, str] | None:
    """Area and response of such an id; None if it is another option's."""
    area, dash, response = cell.partition("-")
    return (area, response) if dash and area and response else None


def as_pair(cell: str) -> dict[str, str]:
    """Such an id as the API names a cell."""
    area, _, response = cell.partition("-")
    return {"area": area, "response": response}
