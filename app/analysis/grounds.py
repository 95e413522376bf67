"""What has to hold before “the meeting jointly concluded” may be said, each as data."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from app.analysis.sensitivity import core
from app.analysis.sides import side_of
from app.analysis.subgroups import enough, groups_of, valid
from app.methods import METHODS, Ballot, Method, Outcome, Poll, adapted
from app.methods.case import Case
from app.methods.ratings import rated
from app.methods.statistics import median

NAMES = ("quorum", "threshold", "objections", "robust", "regions")
HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Ground:
    """One condition: whether it holds, and the figures behind it."""

    name: str
    holds: bool
    figures: dict[str, Any] = field(default_factory=dict)


def grounds_of(
    poll: Poll, outcome: Outcome, others: Sequence[Outcome], subject: str, objections: int = 0
) -> list[Ground]:
    """The five grounds on which a conclusion about one option (or the motion) rests.

    `others` are the outcomes of the same ballots by all applicable rules, `objections` those that
    stand open besides objecting ballots.
    """
    return [
        quorum(poll, outcome),
        threshold(poll, outcome, subject),
        unopposed(outcome, objections),
        robust(outcome, others, subject),
        regions(poll, METHODS[outcome.method], subject),
    ]


def quorum(poll: Poll, outcome: Outcome) -> Ground:
    """The quorum fixed beforehand; where none was, more than half of those eligible. It does not
    hold where nobody said how many are eligible.
    """
    turnout = outcome.turnout
    share = Fraction(turnout.cast, turnout.eligible) if turnout.eligible else None
    met = share is not None and (share > HALF if poll.quorum is None else share >= poll.quorum)
    needed = None if poll.quorum is None else str(poll.quorum)
    figures = {"cast": turnout.cast, "eligible": turnout.eligible, "quorum": needed}
    return Ground("quorum", met and outcome.decided != "no_quorum", figures)


def threshold(poll: Poll, outcome: Outcome, subject: str) -> Ground:
    """The rule, with its threshold, was named with the poll, and by it the subject won."""
    won = outcome.decided == "yes" and (subject in outcome.winners or not outcome.ranking)
    figures = {
        "method": outcome.method,
        "fixed": poll.method is not None,
        "threshold": None if poll.threshold is None else str(poll.threshold),
        "decided": outcome.decided,
        "won": won,
    }
    return Ground("threshold", won and poll.method is not None, figures)


def unopposed(outcome: Outcome, objections: int) -> Ground:
    """Nobody objects: not by ballot, and not by a flag."""
    said = outcome.diagnostics.get("said", {}) if outcome.method == "consent" else {}
    count = objections + Fraction(said.get("objection", "0"))
    return Ground("objections", count == 0, {"open": str(count)})


def robust(outcome: Outcome, others: Sequence[Outcome], subject: str) -> Ground:
    """Under every rule that can count these ballots it is among as many first places as were won.

    Where a motion or consent is put there is one rule, and nothing to compare.
    """
    places = len(outcome.winners)
    held, _ = core([outcome, *others], places)
    methods = sorted({one.method for one in (outcome, *others)})
    holds = subject in held if outcome.ranking else True
    return Ground("robust", holds, {"first": places, "methods": methods})


def regions(poll: Poll, rule: Method[Any], subject: str) -> Ground:
    """No region's median stands against it. Regions of fewer than five voters count, unnamed.

    Against: of ratings, up to `disagree_to` of the rating rule (by default: the lowest quarter of
    the scale); of rankings, behind the middle place; of yes and no, more than half against.
    """
    groups = groups_of(valid(poll, rule)).get("region", {})
    own_poll = adapted(poll, rule)
    full = own_poll.model_copy(update={"options": list(rule.prepare(own_poll).options)})
    against = [name for name, own in groups.items() if opposed(full, rule, own, subject)]
    named = [name for name in against if enough(groups[name])]
    figures = {"regions": len(groups), "against": named, "unnamed": len(against) - len(named)}
    return Ground("regions", not against, figures)


def opposed(poll: Poll, rule: Method[Any], own: Sequence[Ballot], subject: str) -> bool:
    """Whether the middle of a region's answers stands against the subject."""
    bare = {"ballots": own, "previous": [], "quorum": None}
    case = rule.prepare(poll.model_copy(update=bare))
    if rule.shape == "rating":
        answers = rated(case)[subject].values
        return bool(answers) and median(answers) <= reject_side(poll, case)
    places = sorted(side for side, count in sides(case, subject) for _ in range(count))
    return bool(places) and median(places) < HALF


def reject_side(poll: Poll, case: Case[Any]) -> Fraction:
    """Up to where a median rejects."""
    if "disagree_to" in poll.params:
        return Fraction(str(poll.params["disagree_to"]))
    low, high = (poll.scale.min, poll.scale.max) if poll.scale else (1, 9)
    return Fraction(str(low)) + (Fraction(str(high)) - Fraction(str(low))) / 4


def sides(case: Case[Any], subject: str) -> list[tuple[Fraction, int]]:
    """For each kind of ballot how far it is for the subject, from 0 (against) to 1, and how many
    there are like it. Who takes no side is left out.
    """
    found = []
    for vote in case.votes:
        side = side_of(vote.body, case.options, subject)
        if side is not None:
            found.append((side, vote.count))
    return found
