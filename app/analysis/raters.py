"""Answers as a table of raters by units, for the measures of agreement and stability."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from app.ballots import Body
from app.ballots.approval import Approval
from app.ballots.motion import Motion
from app.ballots.numbers import exact
from app.ballots.ranking import Ranking
from app.ballots.rating import Rating
from app.ballots.react import React
from app.methods.case import Case

Row = dict[str, Fraction]


def raters(case: Case[Any]) -> list[Row]:
    """One row for each rater: unit → value. What was not answered or has no opinion is left out."""
    rows: list[Row] = []
    for vote in case.votes:
        row = values(vote.body, case.options)
        rows += [row] * vote.count if row else []
    return rows


def values(body: Body, options: Sequence[str]) -> Row:
    """A body as values: ratings as they are, of a ranking the places, of yes and no 1 and 0."""
    match body:
        case Rating():
            rated = body.rating.items()
            return {option: exact(value) for option, value in rated if value is not None}
        case Ranking():
            return places(body, options)
        case Approval():
            return {option: Fraction(option in body.approval) for option in options}
        case React():
            sides = {"agree": Fraction(1), "disagree": Fraction(0)}
            return {o: sides[answer] for o, answer in body.react.items() if answer in sides}
        case Motion():
            return {} if body.motion == "abstain" else {"motion": Fraction(body.motion == "yes")}
    return {}


def places(body: Ranking, options: Sequence[str]) -> Row:
    """Places from 1, shared ones as their mean; what is not ranked shares the places left."""
    ranked = set(body.named())
    rest = [option for option in options if option not in ranked]
    found: Row = {}
    above = 0
    for tier in [*body.ranking, *([rest] if rest else [])]:
        found.update(dict.fromkeys(tier, above + Fraction(len(tier) + 1, 2)))
        above += len(tier)
    return found


def midranks(row: Sequence[Fraction]) -> list[Fraction]:
    """Ranks from 1 of the smallest; equal values share the mean of their ranks."""
    below = [sum(other < value for other in row) for value in row]
    equal = [sum(other == value for other in row) for value in row]
    return [before + Fraction(same + 1, 2) for before, same in zip(below, equal, strict=True)]
