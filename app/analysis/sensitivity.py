"""Would another rule have said the same? The same ballots counted by every rule that can."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

from app.errors import N_, Refused
from app.methods import METHODS, Method, Outcome, Poll, adapted
from app.methods.reading import shapes_of


def sensitivity(
    poll: Poll, options: Sequence[str], top: int, invalid: int = 0
) -> tuple[dict[str, Any], list[Outcome]]:
    """Winners and order by each rule, tau-b between each two orders, and what is among the first
    `top` under all rules (the robust core) and under some (the contested rest). Rules that do not
    fit this poll, or are too heavy for it, are named in `left_out` with the reason. `invalid` is
    how many ballots nobody can read. Beside it the outcomes themselves.
    """
    outcomes, left_out = counted_by_all(poll, options, top, invalid)
    robust, contested = core(list(outcomes.values()), top)
    found = {
        "methods": {
            rule: {"winners": outcome.winners, "ranking": outcome.ranking}
            for rule, outcome in outcomes.items()
        },
        "left_out": left_out,
        "tau": {
            f"{one} {other}": tau_b(outcomes[one].ranking, outcomes[other].ranking)
            for one, other in combinations(outcomes, 2)
        },
        "top": top,
        "robust_core": robust,
        "in_some": contested,
    }
    return found, list(outcomes.values())


def counted_by_all(
    poll: Poll, options: Sequence[str], top: int, invalid: int
) -> tuple[dict[str, Outcome], dict[str, str]]:
    """The outcome by each rule that can count them, and why the others are left out."""
    bare = poll.model_copy(
        update={"seats": None, "quorum": None, "threshold": None, "options": list(options)}
    )
    outcomes: dict[str, Outcome] = {}
    left_out: dict[str, str] = {}
    for rule in applicable(bare):
        try:
            outcomes[rule.id] = counted(rule, bare, top, invalid)
        except Refused as reason:
            left_out[rule.id] = reason.sentence()
    return outcomes, left_out


def applicable(poll: Poll) -> Iterator[Method[Any]]:
    """The rules that count ballots of this shape."""
    given = shapes_of(poll.ballots)
    for rule in METHODS.values():
        if given & {rule.shape, *rule.also}:
            yield rule


def counted(rule: Method[Any], bare: Poll, top: int, invalid: int) -> Outcome:
    """The count; a rule that only fills seats fills `top` of them. Raises Refused if it does not
    fit.
    """
    poll = adapted(bare, rule)
    made_for = rule.reads.get("scale")
    if made_for is not None and made_for != poll.scale:
        raise Refused("wrong_scale", N_("It is made for another scale."))
    if why := rule.heavy(poll.model_copy(update={"seats": top})):
        raise Refused("too_heavy", why)
    try:
        outcome = rule.count(poll)
    except Refused:
        outcome = rule.count(poll.model_copy(update={"seats": top}))
    if outcome.turnout.invalid > invalid:
        raise Refused("other_ballots", N_("It cannot read all of these ballots."))
    return outcome


def core(outcomes: Sequence[Outcome], top: int) -> tuple[list[str], list[str]]:
    """Who is among the first `top` under all rules, and who under some."""
    tops = [first(outcome, top) for outcome in outcomes]
    robust = set.intersection(*tops) if tops else set()
    return sorted(robust), sorted(set[str]().union(*tops) - robust)


def first(outcome: Outcome, places: int) -> set[str]:
    """The options that start within the first places; those tied across the cut are in."""
    inside: set[str] = set()
    for tier in outcome.ranking:
        if len(inside) >= places:
            break
        inside |= set(tier)
    return inside


def tau_b(one: Sequence[Sequence[str]], other: Sequence[Sequence[str]]) -> float | None:
    """Kendall's tau-b between two orders with ties, over the options in both; None if one of them
    ties everything.
    """
    places = [
        {o: place for place, tier in enumerate(tiers) for o in tier} for tiers in (one, other)
    ]
    agree = untied_one = untied_other = 0
    for a, b in combinations(sorted(places[0].keys() & places[1].keys()), 2):
        left = (places[0][a] > places[0][b]) - (places[0][a] < places[0][b])
        right = (places[1][a] > places[1][b]) - (places[1][a] < places[1][b])
        agree += left * right
        untied_one += abs(left)
        untied_other += abs(right)
    if not untied_one or not untied_other:
        return None
    return float(agree / (untied_one * untied_other) ** 0.5)
