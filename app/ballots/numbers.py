"""Numbers as they stand in ballots and polls: exact where rules count, never NaN, never a bool."""

import math
import re
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, StrictInt

from app.ballots.errors import BallotError
from app.errors import N_

SAFE = 2**53 - 1  # beyond it JSON readers disagree about an integer
FRACTION = re.compile(r"^-?\d{1,16}(/\d{1,16})?$")


def a_number(value: Any) -> int | float:
    """The value itself if it is a finite number; raises `not_a_number` for all else, also for true
    and "5".
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BallotError("not_a_number", N_("Please give a number here, without quotes."))
    if isinstance(value, float) and not math.isfinite(value):
        raise BallotError("not_a_number", N_("Please give a finite number here."))
    if isinstance(value, int) and abs(value) > SAFE:
        raise BallotError("not_a_number", N_("This number is too large to be kept exactly."))
    return value


def a_whole_number(value: Any) -> int:
    """Like `a_number`, and whole: 3 and 3.0 pass, 3.5 does not."""
    number = a_number(value)
    if number != int(number):
        raise BallotError("not_a_number", N_("Please give a whole number here."))
    return int(number)


def a_fraction(value: Any) -> Fraction:
    """An integer, or an integer or fraction in a string ("2/3"). Decimals are refused: 0.6667 is
    not two thirds.
    """
    if isinstance(value, Fraction):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(a_number(value))
    if not isinstance(value, str) or not FRACTION.match(value) or value.endswith("/0"):
        raise BallotError(
            "not_a_number", N_("Please give an integer or a fraction in a string, such as “2/3”.")
        )
    return Fraction(value)


def exact(value: float | Fraction) -> Fraction:
    """The decimal that a person typed, exactly: 0.1 is one tenth, not the nearest binary number."""
    return Fraction(repr(value)) if isinstance(value, float) else Fraction(value)


def text(value: float | Fraction) -> str:
    """An exact number as outcomes and digests print it: "3", "83/6"."""
    return str(value) if type(value) is int else str(exact(value))


def or_none(value: Any) -> int | float | None:
    """A number, or null for “no opinion”."""
    return None if value is None else a_number(value)


Number = Annotated[int | float, BeforeValidator(a_number)]
Opinion = Annotated[int | float | None, BeforeValidator(or_none)]
Whole = Annotated[StrictInt, BeforeValidator(a_whole_number)]
Ratio = Annotated[Fraction, BeforeValidator(a_fraction), PlainSerializer(str, return_type=str)]
