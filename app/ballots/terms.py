"""What a ballot of one round or poll is checked against; frozen when the round opens."""

from collections.abc import Collection
from functools import cached_property

from pydantic import BaseModel, ConfigDict

from app.ballots.errors import BallotError
from app.ballots.numbers import Number, exact, text
from app.errors import N_


class Scale(BaseModel):
    """The values an answer may take: from min to max in steps."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)

    min: Number
    max: Number
    step: Number = 1

    @cached_property
    def whole(self) -> bool:
        """Whether all values on it are whole numbers."""
        return all(type(number) is int for number in (self.min, self.max, self.step))

    def holds(self, value: float) -> bool:
        """True for the values on the scale; whole numbers, the usual ones, are compared as such."""
        if self.whole and type(value) is int:
            return self.min <= value <= self.max and (value - self.min) % self.step == 0
        low, step = exact(self.min), exact(self.step)
        return self.min <= value <= self.max and (exact(value) - low) % step == 0

    def check(self, value: float, field: str) -> None:
        """Raise `score_range` if the value is beside the scale or between two of its steps."""
        if self.holds(value):
            return
        low, high, step = exact(self.min), exact(self.max), exact(self.step)
        raise BallotError(
            "score_range",
            N_("{value} is not on the scale from {low} to {high} in steps of {step}."),
            field=field,
            value=text(value),
            low=text(low),
            high=text(high),
            step=text(step),
        )


class Terms(BaseModel):
    """Shape, options and limits. Without a list of options (None) they are not checked."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    shape: str
    options: tuple[str, ...] | None = None
    scale: Scale | None = None
    criteria: tuple[str, ...] = ()
    budget: int | None = None
    spend_all: bool = False
    negative: bool = False
    squared: bool = False
    per_option: int | None = None
    least: int = 0
    most: int | None = None
    ties: bool = True
    complete: bool = False
    objection_needs_reason: bool = False
    probabilities: tuple[str, ...] = ()
    least_confidence: int = 0
    asks_confidence: bool = False

    @cached_property
    def known(self) -> frozenset[str] | None:
        """The options, to look a name up in: asked for with every ballot."""
        return None if self.options is None else frozenset(self.options)

    def know(self, named: Collection[str], field: str) -> None:
        """Raise `unknown_option` for the first name that is not an option of this round."""
        if self.known is None or self.known.issuperset(named):
            return
        first, *_ = [option for option in named if option not in self.known]
        raise BallotError(
            "unknown_option",
            N_("“{option}” is not an option of this round."),
            field=field,
            option=first,
        )

    def picks(self, number: int, field: str) -> None:
        """Raise `budget` if fewer or more options are picked than the round allows."""
        if self.most is not None and number > self.most:
            raise BallotError(
                "budget",
                N_("You picked {number}; at most {most} may be picked."),
                field=field,
                number=number,
                most=self.most,
            )
        if 0 < number < self.least:
            raise BallotError(
                "budget",
                N_("You picked {number}; please pick at least {least}."),
                field=field,
                number=number,
                least=self.least,
            )
