"""Who someone is, by the tokens they hold."""

import hashlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.errors import N_, NotFound
from app.models import Participant, Token
from app.policy import Actor

NO_LINK = N_("This link does not lead anywhere. Ask for a new one.")


def token_hash(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def valid_tokens(conn: Connection, tokens: Sequence[str]) -> list[Any]:
    """The rows of those tokens that open something, in the order they were given.

    A one-time link opens nothing but /enter.
    """
    hashes = [token_hash(token) for token in tokens]
    rows = conn.execute(
        select(Token).where(
            col(Token.hash).in_(hashes), col(Token.revoked_at).is_(None), Token.kind != "link"
        )
    )
    return sorted(rows, key=lambda row: hashes.index(row.hash))


def actor_of(
    conn: Connection, tokens: Sequence[str], workshop_id: str | None
) -> tuple[Actor | None, bool]:
    """The actor that these tokens make in one workshop (or on the server, for None), and whether
    any of them was valid at all.

    Roles add up, because one laptop may hold several; the newest person wins. A token for the big
    screen takes nothing away from the others.
    """
    rows = valid_tokens(conn, tokens)
    here = [row for row in rows if row.role == "owner" or row.workshop_id == workshop_id]
    if not here:
        return None, bool(rows)
    person = _first_person(conn, here)
    roles = {row.role for row in here if row.role} | (set(person.roles) if person else set())
    if not roles:
        roles = {"waiting"} if not person else {"participant"}
    if len(roles) > 1:
        roles.discard("screen")
    return _actor(workshop_id, here[0].id, person, roles), True


def _first_person(conn: Connection, rows: Sequence[Any]) -> Any:
    ids = [row.participant_id for row in rows if row.participant_id]
    if not ids:
        return None
    return conn.execute(select(Participant).where(Participant.id == ids[0])).one_or_none()


def _actor(workshop_id: str | None, token_id: str, person: Any, roles: set[str]) -> Actor:
    if person is None:
        return Actor(workshop_id, roles=frozenset(roles), token_id=token_id)
    return Actor(
        workshop_id=workshop_id,
        participant_id=person.id,
        roles=frozenset(roles),
        label=person.label,
        capacity=person.capacity,
        delegation_id=person.delegation_id,
        regions=tuple(person.regions),
        group_id=person.group_id,
        token_id=token_id,
        language=person.language,
    )


def link_of(conn: Connection, secret: str) -> Any:
    """The row behind a link's secret. Raises NotFound if it leads nowhere."""
    found = conn.execute(
        select(Token).where(
            Token.hash == token_hash(secret),
            col(Token.revoked_at).is_(None),
            Token.kind != "device",
        )
    ).one_or_none()
    if found is None:
        raise NotFound(NO_LINK)
    return found


def held_beside(conn: Connection, held: Sequence[str], new: str) -> list[str]:
    """The tokens that a browser keeps beside a new one: valid, and not of the same door."""
    rows = {row.hash: row for row in valid_tokens(conn, [new, *held])}
    door = _door(rows.pop(token_hash(new)))
    return [
        secret
        for secret in held
        if (row := rows.get(token_hash(secret))) is not None and _door(row) != door
    ]


def _door(token: Any) -> tuple[str | None, str | None, str | None]:
    return token.workshop_id, token.participant_id, token.role


def tokens_of(conn: Connection, workshop_id: str) -> list[Any]:
    """The tokens of a workshop that open something, oldest first."""
    return list(
        conn.execute(
            select(Token)
            .where(Token.workshop_id == workshop_id, col(Token.revoked_at).is_(None))
            .order_by(col(Token.created_at), col(Token.id))
        )
    )


def tokens_by_id(conn: Connection, ids: Sequence[str]) -> list[Any]:
    """Tokens in the order of their ids."""
    rows = conn.execute(select(Token).where(col(Token.id).in_(ids)))
    return sorted(rows, key=lambda row: list(ids).index(row.id))


def workshop_of_token(conn: Connection, token_id: str) -> str | None:
    """The workshop a token opens, None for the whole server. NotFound if there is no such token."""
    found = conn.execute(select(Token.workshop_id).where(Token.id == token_id)).first()
    if found is None:
        raise NotFound
    return str(found[0]) if found[0] else None


def first_place(conn: Connection, tokens: Sequence[str]) -> str | None:
    """The page that the newest of these tokens leads to."""
    pages = {"facilitator": "control", "organiser": "desk", "screen": "screen"}
    for row in valid_tokens(conn, tokens):
        if row.workshop_id:
            return f"/w/{row.workshop_id}/{pages.get(row.role or '', 'room')}"
    return None
