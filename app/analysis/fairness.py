"""How a fair choice of k serves each region, by each rule that is meant to be fair.

Approval alone can give every seat to the largest bloc. Equal shares and PAV guarantee extended
justified representation, sequential Phragmén the proportional one (Lackner and Skowron 2023).
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from app.analysis.sensitivity import counted
from app.analysis.subgroups import enough, groups_of, valid
from app.errors import Refused
from app.methods import METHODS, Ballot, Outcome, Poll

RULES = ("approval", "seq_phragmen", "equal_shares", "pav", "seq_pav")


def fairness(poll: Poll, seats: int) -> dict[str, dict[str, Any]]:
    """Rule → its committee, and for each group how many of a member's approved options are in it on
    average, and the share of its members who have at least one. Groups under five are suppressed.
    """
    ballots = valid(poll, METHODS["approval"])
    found: dict[str, dict[str, Any]] = {}
    bare = poll.model_copy(update={"ballots": ballots, "seats": seats, "threshold": None})
    for name in RULES:
        try:
            chosen = committee(counted(METHODS[name], bare, seats, 0))
        except Refused as reason:
            found[name] = {"left_out": reason.sentence()}
            continue
        found[name] = {"committee": chosen, "everyone": served(ballots, chosen)} | {
            kind: {
                group: served(own, chosen) if enough(own) else None
                for group, own in members.items()
            }
            for kind, members in groups_of(ballots).items()
        }
    return found


def committee(outcome: Outcome) -> list[str]:
    """Those chosen; of several tied committees the first by id."""
    several = outcome.diagnostics.get("committees")
    return several[0] if several else outcome.winners


def served(ballots: Sequence[Ballot], chosen: Sequence[str]) -> dict[str, Any]:
    """The mean of |A ∩ W| over the ballots, exact, and the share that has one or more."""
    inside = [len(set(ballot.body["approval"]) & set(chosen)) for ballot in ballots]
    voters = sum(ballot.count for ballot in ballots)
    total = sum(n * ballot.count for n, ballot in zip(inside, ballots, strict=True))
    some = sum(ballot.count for n, ballot in zip(inside, ballots, strict=True) if n)
    return {
        "voters": voters,
        "satisfaction": str(Fraction(total, voters)),
        "represented": some / voters,
    }
