"""Who casts a delegation's one voice where a round lets only its head do so."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.models import Participant


def heads_of(conn: Connection, delegations: Collection[str]) -> dict[str, frozenset[str]]:
    """Delegation → its head as of now: whoever has the role, otherwise the first listed of its
    members who vote and are here. Where all have left, each of them: their proxies cast."""
    rows = conn.execute(
        select(Participant)
        .where(col(Participant.delegation_id).in_(delegations))
        .order_by(col(Participant.position), col(Participant.id))
    )
    voting: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        if "participant" in row.roles:
            voting[row.delegation_id].append(row)
    return {delegation: _heads(members) for delegation, members in voting.items()}


def _heads(members: list[Any]) -> frozenset[str]:
    here = [one for one in members if one.left_at is None]
    if not here:
        return frozenset(one.id for one in members)
    marked = [one for one in here if "head" in one.roles]
    return frozenset({(marked or here)[0].id})


def heads_besides(conn: Connection, round_: Any, person: Any) -> frozenset[str]:
    """Who casts this person's voice in their place; empty where they cast it themselves."""
    if round_.casts != "head" or person.delegation_id is None:
        return frozenset()
    heads = heads_of(conn, {person.delegation_id}).get(person.delegation_id, frozenset())
    return frozenset() if person.id in heads else heads
