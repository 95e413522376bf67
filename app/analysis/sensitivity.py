"""Would another rule have said the same? The same rankings counted by every rule for rankings."""

from collections.abc import Sequence
from itertools import combinations
from typing import Any

from app.methods import METHODS, Outcome, Poll, adapted

RULES = ("borda", "copeland", "schulze", "ranked_pairs", "kemeny", "minimax", "irv")
TOP = 3


def sensitivity(poll: Poll, options: Sequence[str]) -> dict[str, Any]:
    """Winners and order by each rule, tau-b between each two orders, and what is among the first
    `top` under all rules (the robust core) and under some. Rules too heavy for this poll are left
    out.
    """
    bare = poll.model_copy(update={"seats": None, "quorum": None, "options": list(options)})
    rules = [rule for rule in RULES if rule in METHODS and not METHODS[rule].heavy(bare)]
    outcomes = {rule: METHODS[rule].count(adapted(bare, METHODS[rule])) for rule in rules}
    tops: list[set[str]] = [first(outcome, TOP) for outcome in outcomes.values()]
    robust = tops[0].intersection(*tops)
    return {
        "methods": {
            rule: {"winners": outcome.winners, "ranking": outcome.ranking}
            for rule, outcome in outcomes.items()
        },
        "tau": {
            f"{one} {other}": tau_b(outcomes[one].ranking, outcomes[other].ranking)
            for one, other in combinations(rules, 2)
        },
        "top": TOP,
        "robust_core": sorted(robust),
        "in_some": sorted(set[str]().union(*tops) - robust),
    }


def first(outcome: Outcome, places: int) -> set[str]:
    """The options that start within the first places; those tied across the cut are in."""
    inside: set[str] = set()
    for tier in outcome.ranking:
        if len(inside) >= places:
            break
        inside |= set(tier)
    return inside


def tau_b(one: Sequence[Sequence[str]], other: Sequence[Sequence[str]]) -> float | None:
    """Kendall's tau-b between two orders with ties; None if one of them ties everything."""
    places = [
        {o: place for place, tier in enumerate(tiers) for o in tier} for tiers in (one, other)
    ]
    agree = untied_one = untied_other = 0
    for a, b in combinations(sorted(places[0]), 2):
        left = (places[0][a] > places[0][b]) - (places[0][a] < places[0][b])
        right = (places[1][a] > places[1][b]) - (places[1][a] < places[1][b])
        agree += left * right
        untied_one += abs(left)
        untied_other += abs(right)
    if not untied_one or not untied_other:
        return None
    return float(agree / (untied_one * untied_other) ** 0.5)
