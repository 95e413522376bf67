"""Sorting the ballots of a poll into answered, blank and invalid."""

from collections.abc import Iterable, Sequence
from typing import Any

from app.ballots import (
    ITEMWISE,
    REPEATED,
    SHAPES,
    BallotError,
    Body,
    Terms,
    checked,
    merge_items,
    parse_body,
)
from app.errors import N_, Refused
from app.methods.case import Vote
from app.methods.poll import Ballot


def shapes_of(ballots: Iterable[Ballot]) -> set[str]:
    """The shapes that occur, as far as they can be read."""
    return {
        shape
        for ballot in ballots
        if isinstance(ballot.body, dict)
        for shape in ballot.body
        if shape in SHAPES
    }


def options_of(ballots: Iterable[Ballot], shapes: Sequence[str]) -> tuple[str, ...]:
    """The options named in the ballots that can be read, for a poll that lists none."""
    named: set[str] = set()
    for ballot in ballots:
        try:
            body = parse_body(ballot.body)
        except BallotError:
            continue
        if body.shape in shapes:
            named.update(body.named())
    return tuple(sorted(named))


def joined(ballots: Sequence[Ballot]) -> list[tuple[int, Ballot]]:
    """Ballots with their row from 1; the itemwise ones of one voter become one ballot at the first
    one's row.
    """
    rows: list[tuple[int, Ballot]] = []
    places: dict[str, int] = {}
    for row, ballot in enumerate(ballots, start=1):
        if ballot.voter is None or not itemwise(ballot):
            rows.append((row, ballot))
            continue
        if ballot.voter not in places:
            places[ballot.voter] = len(rows)
            rows.append((row, ballot))
            continue
        place = places[ballot.voter]
        first, before = rows[place]
        try:
            body = merge_items([before.body, ballot.body])
        except (AttributeError, TypeError, ValueError):
            rows.append((row, ballot))
            continue
        rows[place] = (first, before.model_copy(update={"body": body}))
    return rows


def itemwise(ballot: Ballot) -> bool:
    """True for an answer to single items, of which one voter gives many."""
    return isinstance(ballot.body, dict) and not ITEMWISE.isdisjoint(ballot.body)


def read_votes(
    ballots: Sequence[Ballot], terms: Sequence[Terms]
) -> tuple[list[Vote], list[Vote], list[dict[str, Any]]]:
    """Answered, blank, invalid. `terms`: one for each shape that the method counts.

    An invalid ballot is told by row, count, code, reason and field.
    """
    answered: list[Vote] = []
    blank: list[Vote] = []
    invalid: list[dict[str, Any]] = []
    by_shape = {one.shape: one for one in terms}
    seen: set[str] = set()
    for row, ballot in joined(ballots):
        try:
            body = read_body(ballot, by_shape, seen)
        except BallotError as fault:
            told = {"code": fault.code, "reason": fault.sentence(), "field": fault.field}
            invalid.append({"row": row, "count": ballot.count, **told})
            continue
        vote = Vote(body, ballot.count, ballot.weight, ballot.voter)
        (blank if body.blank() else answered).append(vote)
    return answered, blank, invalid


def read_body(ballot: Ballot, terms: dict[str, Terms], seen: set[str]) -> Body:
    """The checked body; a voter met before is refused unless the shape is answered many times."""
    first, *others = terms
    raw = ballot.body if isinstance(ballot.body, dict) else {}
    shape = next((other for other in others if other in raw and first not in raw), first)
    body = checked(ballot.body, terms[shape])
    if ballot.voter is not None and body.shape not in REPEATED:
        if ballot.voter in seen:
            raise BallotError(
                "already_voted", N_("“{voter}” has voted further up."), voter=ballot.voter
            )
        seen.add(ballot.voter)
    return body


def refuse_other_shapes(ballots: Sequence[Ballot], counted: Sequence[str], method: str) -> None:
    """Raise `wrong_shape` if none of the ballots is of a shape that the method counts."""
    given = shapes_of(ballots)
    if given and not given & set(counted):
        raise Refused(
            "wrong_shape",
            N_("The method “{method}” counts {wanted}; this poll holds {given}."),
            method=method,
            wanted=", ".join(counted),
            given=", ".join(sorted(given)),
        )
