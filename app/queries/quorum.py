"""Turnout against the quorum that a round named before it opened."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Any

from app.queries.turnout import Turnout


@dataclass(frozen=True)
class Quorum:
    """How many have to take part, and how many of them have; `coarse` where these are at least."""

    needed: int
    cast: int
    coarse: bool

    @property
    def met(self) -> bool:
        return self.cast >= self.needed

    @property
    def left(self) -> int:
        return max(0, self.needed - self.cast)


def quorum_of(round_: Any, turnout: Turnout) -> Quorum | None:
    """The quorum of a round as it stands, or None where it names none."""
    share = (round_.params or {}).get("quorum")
    if not share:
        return None
    return Quorum(ceil(Fraction(share) * turnout.eligible), turnout.cast, turnout.coarse)
