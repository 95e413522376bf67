"""A quantity given by values at stated probabilities."""

import re
from fractions import Fraction
from itertools import pairwise
from typing import ClassVar, Self

from app.ballots.body import Body
from app.ballots.errors import BallotError
from app.ballots.numbers import Number
from app.ballots.terms import Terms
from app.errors import N_

DECIMAL = re.compile(r"^0?\.\d{1,20}$")


class Quantiles(Body):
    """`{"quantiles": {"Q1": {"0.05": 1, "0.5": 4, "0.95": 9}}}`: any probabilities."""

    shape: ClassVar[str] = "quantiles"
    quantiles: dict[str, dict[str, Number]]

    def named(self) -> list[str]:
        return list(self.quantiles)

    def check(self, terms: Terms) -> Self:
        self.know_options(terms)
        for question, values in self.quantiles.items():
            field = f"quantiles.{question}"
            rising(values, field)
            if terms.probabilities and set(values) != set(terms.probabilities):
                raise BallotError(
                    "interval_order",
                    N_("Please give a value at each of these probabilities: {wanted}."),
                    field=field,
                    wanted=", ".join(terms.probabilities),
                )
            within(values, terms, field)
        return self


def within(values: dict[str, int | float], terms: Terms, field: str) -> None:
    """Raise `score_range` for a value beyond the ends of the scale, where there is one."""
    scale = terms.scale
    if scale and not all(scale.min <= value <= scale.max for value in values.values()):
        raise BallotError(
            "score_range",
            N_("The answer lies between {low} and {high}."),
            field=field,
            low=scale.min,
            high=scale.max,
        )


def rising(values: dict[str, int | float], field: str) -> list[tuple[Fraction, int | float]]:
    """Probabilities with their values, by probability; raises `interval_order` unless the values
    rise too.
    """
    for key in values:
        if not DECIMAL.match(key) or Fraction(key) == 0:
            raise BallotError(
                "interval_order",
                N_("“{key}” is not a probability between 0 and 1."),
                field=field,
                key=key,
            )
    points = sorted((Fraction(key), value) for key, value in values.items())
    for (p, x), (q, y) in pairwise(points):
        if p == q or x >= y:
            raise BallotError(
                "interval_order",
                N_("A higher probability needs a higher value: {x} and {y} do not rise."),
                field=field,
                x=x,
                y=y,
            )
    return points
