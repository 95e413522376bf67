"""Whom the result rests on: each declared group alone, each left out, and all with equal weight."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import lcm
from typing import Any

from app.analysis.sensitivity import first, tau_b
from app.methods import Ballot, Method, Outcome, Poll, adapted
from app.methods.reading import joined

SMALLEST = 5  # a smaller group's own table would show single ballots
MOST_COPIES = 100_000


def by_subgroup(
    poll: Poll, rule: Method[Any], outcome: Outcome, top: int
) -> dict[str, dict[str, Any]]:
    """For each kind of group (region, delegation …): `alone`, its own first `top` and how far its
    order is that of all (suppressed under five voters); `without`, what enters and leaves the first
    `top` if it had not come; `equal`, the same if all groups weighed the same.
    """
    ballots = valid(poll, rule)
    if not outcome.ranking or rule.heavy(poll):
        return {}
    whole = first(outcome, top)
    found: dict[str, dict[str, Any]] = {}
    for kind, members in groups_of(ballots, least=2).items():
        alone, without = {}, {}
        for name, own in members.items():
            rest = [ballot for ballot in ballots if name not in names(ballot, kind)]
            alone[name] = view(recount(poll, rule, own), outcome, top) if enough(own) else None
            without[name] = change(recount(poll, rule, rest), whole, top) if rest else None
        equal = equal_weights(ballots, kind, rule.weighted)
        found[kind] = {
            "alone": alone,
            "without": without,
            "equal": equal and change(recount(poll, rule, equal), whole, top),
        }
    return found


def valid(poll: Poll, rule: Method[Any]) -> list[Ballot]:
    """The ballots that count, itemwise ones joined, without pseudonyms."""
    invalid = {fault["row"] for fault in rule.prepare(adapted(poll, rule)).invalid}
    return [
        ballot.model_copy(update={"voter": None})
        for row, ballot in joined(poll.ballots)
        if row not in invalid
    ]


def names(ballot: Ballot, kind: str) -> list[str]:
    """The groups of one kind that a ballot's voter belongs to."""
    given = ballot.groups.get(kind, [])
    return [given] if isinstance(given, str) else given


def groups_of(ballots: Iterable[Ballot], least: int = 1) -> dict[str, dict[str, list[Ballot]]]:
    """Kind → group → its ballots, for kinds with at least so many groups."""
    found: dict[str, dict[str, list[Ballot]]] = defaultdict(lambda: defaultdict(list))
    for ballot in ballots:
        for kind in ballot.groups:
            for name in names(ballot, kind):
                found[kind][name].append(ballot)
    return {
        kind: dict(sorted(members.items()))
        for kind, members in sorted(found.items())
        if len(members) >= least
    }


def enough(ballots: Iterable[Ballot]) -> bool:
    """Whether a group is large enough for a table of its own."""
    return sum(ballot.count for ballot in ballots) >= SMALLEST


def recount(poll: Poll, rule: Method[Any], ballots: Sequence[Ballot]) -> Outcome:
    """The same rule over other ballots; who is eligible stays out of it."""
    bare = {"ballots": ballots, "quorum": None, "previous": []}
    return rule.count(poll.model_copy(update=bare))


def view(own: Outcome, whole: Outcome, top: int) -> dict[str, Any]:
    """A group's own result beside that of all."""
    return {
        "voters": own.turnout.cast,
        "ranking": own.ranking,
        "top": sorted(first(own, top)),
        "tau": tau_b(own.ranking, whole.ranking),
    }


def change(outcome: Outcome, whole: set[str], top: int) -> dict[str, Any]:
    """What enters and leaves the first places."""
    inside = first(outcome, top)
    return {
        "winners": outcome.winners,
        "entered": sorted(inside - whole),
        "left": sorted(whole - inside),
    }


def equal_weights(ballots: Sequence[Ballot], kind: str, weighted: bool) -> list[Ballot] | None:
    """Each group weighs the same: a ballot weighs n/(R·n_r), in several groups its share of each.

    Rules that count people, not weights, get so many copies instead; None where that would take too
    many. Who is in no group is left out.
    """
    members = [ballot for ballot in ballots if names(ballot, kind)]
    sizes: dict[str, Fraction] = defaultdict(Fraction)
    for ballot in members:
        for name in names(ballot, kind):
            sizes[name] += Fraction(ballot.count, len(names(ballot, kind)))
    voters = sum(sizes.values(), Fraction(0))
    factors = [
        sum((voters / len(sizes) / sizes[name] for name in names(ballot, kind)), Fraction(0))
        / len(names(ballot, kind))
        for ballot in members
    ]
    pairs = list(zip(members, factors, strict=True))
    if weighted:
        return [b.model_copy(update={"weight": b.weight * factor}) for b, factor in pairs]
    unit = lcm(*(factor.denominator for factor in factors))
    if unit * voters > MOST_COPIES:
        return None
    return [b.model_copy(update={"count": int(b.count * factor * unit)}) for b, factor in pairs]
