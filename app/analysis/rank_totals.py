"""Rank totals across groups: how a plenary reads the rankings that its groups bring back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

Tiers = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Total:
    """An option's rank in each group, None where it was not before the group, and their sum; no
    sum where a group did not rank it, since sums of unequal length can't be compared."""

    option: str
    ranks: dict[str, Fraction | None]

    @property
    def total(self) -> Fraction | None:
        given = list(self.ranks.values())
        return None if None in given else sum((r for r in given if r is not None), Fraction(0))


def rank_totals(rankings: Mapping[str, Tiers]) -> list[Total]:
    """Every option with its rank in each group, lowest total first; equals keep the order of their
    ids and share their place; what has no total comes last. Options of one tier share the mean of
    the places that they take (mid-ranks, Kendall, *Rank Correlation Methods*, ch. 3)."""
    places = {group: _places(tiers) for group, tiers in rankings.items()}
    options = sorted({option for ranks in places.values() for option in ranks})
    totals = [
        Total(option, {group: ranks.get(option) for group, ranks in places.items()})
        for option in options
    ]
    return sorted(totals, key=lambda one: (one.total is None, one.total or 0, one.option))


def _places(tiers: Tiers) -> dict[str, Fraction]:
    found: dict[str, Fraction] = {}
    before = 0
    for tier in tiers:
        mean = before + Fraction(len(tier) + 1, 2)
        found |= dict.fromkeys(tier, mean)
        before += len(tier)
    return found
