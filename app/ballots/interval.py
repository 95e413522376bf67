"""Lowest, best and highest guess of a quantity, and how sure one is of the range."""

from typing import ClassVar, Self

from pydantic import BaseModel, ConfigDict

from app.ballots.body import Body
from app.ballots.errors import BallotError
from app.ballots.numbers import Number, Opinion
from app.ballots.terms import Terms
from app.errors import N_


class Guess(BaseModel):
    """In the units of the question; confidence in percent where it was asked for."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)

    low: Number
    best: Number
    high: Number
    confidence: Opinion = None


class Interval(Body):
    """`{"interval": {"Q1": {"low": 20, "best": 35, "high": 60, "confidence": 80}}}`."""

    shape: ClassVar[str] = "interval"
    interval: dict[str, Guess]

    def named(self) -> list[str]:
        return list(self.interval)

    def check(self, terms: Terms) -> Self:
        self.know_options(terms)
        for question, guess in self.interval.items():
            field = f"interval.{question}"
            if not guess.low <= guess.best <= guess.high:
                raise BallotError(
                    "interval_order",
                    N_("Please give lowest, best and highest in rising order."),
                    field=field,
                )
            self.check_confidence(guess.confidence, terms, f"{field}.confidence")
            if terms.scale and not terms.scale.min <= guess.low <= guess.high <= terms.scale.max:
                raise BallotError(
                    "score_range",
                    N_("The answer lies between {low} and {high}."),
                    field=field,
                    low=terms.scale.min,
                    high=terms.scale.max,
                )
        return self

    def check_confidence(self, given: float | None, terms: Terms, field: str) -> None:
        """Raise `interval_order` for a confidence that is none, or is missing where it is asked."""
        if given is None and terms.asks_confidence:
            raise BallotError(
                "interval_order",
                N_("Please say how sure you are that the answer lies in your range."),
                field=field,
            )
        if given is not None and not 0 < given <= 100:
            raise BallotError(
                "interval_order",
                N_("Confidence lies above 0 and at most at 100 percent."),
                field=field,
            )
        if given is not None and given < terms.least_confidence:
            raise BallotError(
                "interval_order",
                N_("Below {least} percent the range is too narrow to tell: please widen it."),
                field=field,
                least=terms.least_confidence,
            )
