"""From what arrived to a checked ballot: the same code at the socket and at a recount."""

from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError

from app.ballots.body import Body
from app.ballots.errors import BallotError
from app.ballots.faults import plainly
from app.ballots.shapes import ITEMWISE, REPEATED, SHAPES
from app.ballots.terms import Terms
from app.errors import N_


def parse_body(body: Any) -> Body:
    """The typed body of exactly one shape; strict, unknown fields refused. Raises BallotError."""
    shapes = [shape for shape in body if shape in SHAPES] if isinstance(body, dict) else []
    if len(shapes) != 1:
        raise BallotError(
            "bad_shape",
            N_("A ballot is an object with exactly one of: {shapes}."),
            shapes=", ".join(SHAPES),
        )
    try:
        return SHAPES[shapes[0]].model_validate(body)
    except ValidationError as error:
        raise plainly(error.errors()[0]) from None


def checked(body: Any, terms: Terms) -> Body:
    """The typed body in its normal form; raises BallotError if the terms of the round refuse it."""
    parsed = parse_body(body)
    if parsed.shape != terms.shape:
        raise BallotError(
            "bad_shape",
            N_("This round takes ballots of the shape “{wanted}”, not “{given}”."),
            wanted=terms.shape,
            given=parsed.shape,
        )
    return parsed.check(terms)


def check(body: Any, terms: Terms) -> dict[str, Any]:
    """Like `checked`, as a plain object fit to be stored."""
    return checked(body, terms).dump()


def item_of(parsed: Body) -> str:
    """What a revision belongs to: the one item an itemwise body names, the set that a pair or a
    best and worst was judged in; empty for whole shapes.
    """
    if parsed.shape in REPEATED:
        return set_of(parsed.named())
    if parsed.shape not in ITEMWISE:
        return ""
    items = list(parsed.named())
    if len(items) != 1:
        raise BallotError("one_item", N_("Please answer one item at a time."), field=parsed.shape)
    return items[0]


def set_of(options: Iterable[str]) -> str:
    """The name of a set of options that are judged together, whatever order they stood in."""
    return " ".join(sorted(options))


def merge_items(bodies: list[dict[str, Any]]) -> dict[str, Any]:
    """The itemwise bodies of one voting unit as the one ballot that is counted; a later body wins
    over an earlier.
    """
    merged: dict[str, Any] = {}
    for body in bodies:
        for field, answers in body.items():
            merged.setdefault(field, {}).update(answers or {})
    return merged
