"""Tokens: links, devices, and what a browser holds."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.errors import N_, NotFound
from app.models import Token

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


def held_at_door(conn: Connection, held: Sequence[str], link: Any) -> Any:
    """The device's token that a browser holds already of the door which a link opens, or None."""
    rows = valid_tokens(conn, held)
    devices = (row for row in rows if row.kind in ("device", "admission"))
    return next((row for row in devices if _door(row) == _door(link)), None)


def guarded(conn: Connection, link: Any, here: Collection[str], elsewhere: bool) -> bool:
    """Whether whom a link stands for is connected by another device: by one of the tokens in
    `here`, or by whichever it is at another process. A program's own token is no device."""
    if not link.participant_id:
        return False
    devices = conn.execute(
        select(Token.id).where(
            Token.participant_id == link.participant_id,
            col(Token.kind).in_(("device", "admission")),
            col(Token.revoked_at).is_(None),
        )
    ).scalars()
    return any(elsewhere or device in here for device in devices)


def places_of(conn: Connection, held: Sequence[str]) -> list[str | None]:
    """The workshops that a browser's tokens open; None for the server itself."""
    return list(dict.fromkeys(row.workshop_id for row in valid_tokens(conn, held)))


def by_secret(conn: Connection, secrets: Sequence[str]) -> dict[str, str]:
    """The ids of tokens, open or closed, by their secrets."""
    secret_of = {token_hash(secret): secret for secret in secrets}
    rows = conn.execute(select(Token.id, Token.hash).where(col(Token.hash).in_(list(secret_of))))
    return {secret_of[row.hash]: row.id for row in rows}


def devices_of(conn: Connection, workshop_id: str) -> dict[str, list[Any]]:
    """By person, their open links and devices, the newest first."""
    found: dict[str, list[Any]] = {}
    for row in reversed(tokens_of(conn, workshop_id)):
        found.setdefault(row.participant_id or "", []).append(row)
    return found


def own_devices(conn: Connection, workshop_id: str, participant_id: str | None) -> list[Any]:
    """One person's devices that are signed in, the newest first."""
    mine = devices_of(conn, workshop_id).get(participant_id or "", []) if participant_id else []
    return [row for row in mine if row.kind in ("device", "admission")]


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


def long_unseen(conn: Connection, ids: Sequence[str], now: datetime) -> bool:
    """Whether one of these devices was not seen for half an hour."""
    long_ago = col(Token.seen_at).is_(None) | (col(Token.seen_at) < now - timedelta(minutes=30))
    one = select(Token.id).where(col(Token.id).in_(ids), Token.kind != "owner", long_ago)
    return conn.execute(one).first() is not None


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
