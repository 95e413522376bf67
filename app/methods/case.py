"""A poll made ready for one method: parameters typed, ballots checked, the invalid set aside."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import ceil
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from app.ballots import Body
from app.methods.outcome import Turnout
from app.methods.poll import Poll


class Params(BaseModel):
    """The parameters of a method; each has a default."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)


Power = int | Fraction
Reads = Mapping[str, Any]
P = TypeVar("P", bound=Params)
B = TypeVar("B", bound=Body)


@dataclass(frozen=True)
class Vote:
    """A valid ballot: its body in normal form, how many like it, and the weight of each."""

    body: Body
    count: int
    weight: Fraction
    voter: str | None = None

    @property
    def power(self) -> Power:
        """Weight times count, as an int where it is whole: sums of ints are many times faster."""
        if self.weight.denominator == 1:
            return self.weight.numerator * self.count
        power = self.weight * self.count
        return power.numerator if power.denominator == 1 else power


def units(votes: Iterable[Vote]) -> int:
    """How many have voted; ballots without a pseudonym are one voice each."""
    known: set[str] = set()
    others = 0
    for vote in votes:
        if vote.voter is None:
            others += vote.count
        else:
            known.add(vote.voter)
    return others + len(known)


@dataclass(frozen=True)
class Case(Generic[P]):
    """What `tally` sees. `votes` are the answered ballots; blank ones stand apart, since most rules
    ignore them.
    """

    poll: Poll
    params: P
    options: tuple[str, ...]
    votes: tuple[Vote, ...]
    blanks: tuple[Vote, ...] = ()
    invalid: tuple[dict[str, Any], ...] = field(default=())

    def answers(self, shape: type[B]) -> Iterator[tuple[B, Power]]:
        """Every answered body of a shape with its power."""
        return ((body, vote.power) for body, vote in self.said(shape))

    def heads(self, shape: type[B]) -> Iterator[tuple[B, int]]:
        """Every answered body of a shape with its count: statistics count people, not weights."""
        return ((body, vote.count) for body, vote in self.said(shape))

    def said(self, shape: type[B]) -> Iterator[tuple[B, Vote]]:
        """Every answered body of a shape with its ballot."""
        return ((vote.body, vote) for vote in self.votes if isinstance(vote.body, shape))

    @cached_property
    def power(self) -> Power:
        """All that was cast and is valid, the blank included."""
        return sum((vote.power for vote in (*self.votes, *self.blanks)), start=0)

    @property
    def turnout(self) -> Turnout:
        """Units, not rows: who judged many pairs is one voice, and blank only if all are."""
        invalid = sum(fault["count"] for fault in self.invalid)
        answered, blank = self.voices(self.votes), self.voices(self.blanks)
        if not self.poll.shared:
            blank = units((*self.votes, *self.blanks)) - answered
        return Turnout(
            eligible=self.poll.eligible,
            cast=answered + blank + invalid,
            blank=blank,
            invalid=invalid,
        )

    def voices(self, votes: Iterable[Vote]) -> int:
        """How many voices some ballots are: one each, unless the poll's voices are shared."""
        if self.poll.shared:
            return ceil(sum((vote.power for vote in votes), start=0))
        return units(votes)

    @property
    def quorum_met(self) -> bool:
        """True where no quorum was asked for."""
        if self.poll.quorum is None or self.poll.eligible is None:
            return True
        return self.turnout.cast >= self.poll.quorum * self.poll.eligible
