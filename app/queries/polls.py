"""A round's ballots as the poll that a method counts."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import rfc8785
from sqlalchemy import Connection
from sqlmodel import col, func, select

from app.ballots import ITEMWISE, Terms, merge_items
from app.methods import METHODS, Poll
from app.methods.digest import digest_of
from app.models import Ballot, RegisterEntry, Round, RoundOption, SealedBallot

APART = {"state_representative": "States", "expert": "experts", "": "others"}


def poll_of(conn: Connection, round_id: str) -> Poll:
    """The round's live ballots with everything its method may read; reasons are left out."""
    round_ = conn.execute(select(Round).where(Round.id == round_id)).one()
    return _poll(
        conn,
        round_,
        eligible=eligible(conn, round_id),
        ballots=[
            {
                "weight": one.weight,
                "body": one.body,
                **({"groups": {"capacity": one.kind}} if one.kind else {}),
            }
            for one in counted_ballots(conn, round_)
        ],
    )


@dataclass(frozen=True)
class Counted:
    """One voting unit's ballot as it counts: without the unit. `kind` is States, experts or others,
    and empty where the round does not show them apart."""

    body: dict[str, Any]
    kind: str = ""
    weight: str = "1"


def counted_ballots(conn: Connection, round_: Any) -> list[Counted]:
    """A round's live ballots, one for each unit that voted, never in the order of arrival. A secret
    round has none before its close."""
    if round_.secrecy == "secret":
        rows = conn.execute(
            select(SealedBallot)
            .where(SealedBallot.round_id == round_.id)
            .order_by(col(SealedBallot.id))
        )
        return [Counted(row.body, APART[row.capacity] if row.capacity else "") for row in rows]
    bodies = bodies_by_entry(conn, round_)
    entries = conn.execute(
        select(RegisterEntry)
        .where(RegisterEntry.round_id == round_.id)
        .order_by(col(RegisterEntry.id))
    )
    return [
        Counted(bodies[entry.id], APART[entry.capacity] if round_.apart else "", entry.weight)
        for entry in entries
        if entry.id in bodies
    ]


def eligible(conn: Connection, round_id: str) -> int:
    """How many voices the electoral register has."""
    return int(
        conn.execute(
            select(func.count())
            .select_from(RegisterEntry)
            .where(RegisterEntry.round_id == round_id)
        ).scalar_one()
    )


def terms_of(conn: Connection, round_: Any) -> Terms:
    """What ballots of an opened round are checked against, by the method itself."""
    return METHODS[round_.method].terms(_poll(conn, round_, eligible=None, ballots=[]))


def frozen(poll: Poll) -> bytes:
    """All that a poll's own method may read of it: the file whose SHA-256 is the input digest."""
    method = METHODS[poll.method or ""]
    return method.input(method.prepare(poll))


def frozen_digest(poll: Poll) -> str:
    """The input digest of a poll under its own method, without counting it."""
    return digest_of(frozen(poll))


def _poll(
    conn: Connection, round_: Any, *, eligible: int | None, ballots: list[dict[str, Any]]
) -> Poll:
    options = conn.execute(
        select(RoundOption.id)
        .where(RoundOption.round_id == round_.id)
        .order_by(col(RoundOption.position))
    ).scalars()
    return Poll.model_validate(
        {
            "method": round_.method,
            "params": round_.params,
            "options": list(options),
            "eligible": eligible,
            "scale": bare_scale(round_.scale) if round_.scale else None,
            "threshold": round_.threshold,
            "seats": round_.keep,
            "tie": round_.tie,
            "ballots": ballots,
        }
    )


def bare_scale(scale: dict[str, Any]) -> dict[str, Any]:
    """The numbers of a scale without the labels of its ends."""
    return {name: scale[name] for name in ("min", "max", "step") if name in scale}


def bodies_by_entry(conn: Connection, round_: Any) -> dict[str, dict[str, Any]]:
    """Register entry id to the one ballot counted for it; itemwise answers are joined."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for ballot in conn.execute(
        select(Ballot.entry_id, Ballot.body)
        .where(Ballot.round_id == round_.id, col(Ballot.superseded_by).is_(None))
        .order_by(col(Ballot.item))
    ):
        found[ballot.entry_id].append(ballot.body)
    if round_.shape in ITEMWISE:
        return {entry: merge_items(bodies) for entry, bodies in found.items()}
    return {entry: bodies[0] for entry, bodies in found.items()}


def register_digest(conn: Connection, round_id: str) -> str:
    """SHA-256 over the electoral register: units, weights, capacities, in a fixed order."""
    entries = conn.execute(select(RegisterEntry).where(RegisterEntry.round_id == round_id)).all()
    units = sorted(
        [entry.id, entry.weight, entry.capacity, sorted(entry.regions)] for entry in entries
    )
    return hashlib.sha256(rfc8785.dumps(units)).hexdigest()
