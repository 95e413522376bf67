"""The shapes of what is submitted: one file per shape, pydantic only."""

from app.ballots.body import Body
from app.ballots.errors import BallotError
from app.ballots.parse import check, checked, item_of, merge_items, parse_body
from app.ballots.shapes import ITEMWISE, SHAPES
from app.ballots.terms import Scale, Terms

__all__ = [
    "ITEMWISE",
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
]
