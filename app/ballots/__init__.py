"""The shapes of what is submitted: one file per shape, pydantic only."""

from app.ballots.body import Body
from app.ballots.errors import BallotError
from app.ballots.parse import check, checked, item_of, merge_items, parse_body, set_of
from app.ballots.shapes import ITEMWISE, REPEATED, SHAPES
from app.ballots.terms import Scale, Terms

__all__ = [
    "ITEMWISE",
    "REPEATED",
    "SHAPES",
    "BallotError",
    "Body",
    "Scale",
    "Terms",
    "check",
    "checked",
    "item_of",
    "merge_items",
    "parse_body",
    "set_of",
]
