"""Tokens: the secrets that open a door. Only their hash is stored."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import update
from sqlmodel import col, select

from app.actions.base import Done, Tx, add, goes_on, load
from app.errors import N_, Conflict, NotFound
from app.models import Participant, Token
from app.policy import Actor, may_make_token, may_revoke_token, require
from app.queries.tokens import token_hash

CLOSED = N_("This link is closed already. Make a new one.")
WAITS = N_("Someone waits at the door with this. Answer the door first.")


@goes_on
def make_token(
    tx: Tx,
    actor: Actor,
    role: str | None = None,
    participant_id: str | None = None,
    *,
    once: bool = False,
) -> Done:
    """A new token for a role or a person; its secret is `tx.token(id, role)`.

    One made `once` is a link that signs in a single device; others open again and again.
    """
    require(may_make_token(actor, role))
    if participant_id:
        load(tx, Participant, participant_id)
    token = Token(
        hash="",
        kind="link" if once else "owner" if role == "owner" else "access",
        workshop_id=tx.workshop_id or None,
        participant_id=participant_id,
        role=role,
        once=once,
        created_at=tx.now,
    )
    token.hash = token_hash(tx.token(token.id, role or "participant"))
    add(tx, token)
    return Done(token.id, _logged(tx, token))


@goes_on
def make_tokens(tx: Tx, actor: Actor, doors: Sequence[tuple[str | None, str | None]]) -> Done:
    """A token for each (role, participant id); their ids stand in the same order."""
    made = [make_token(tx, actor, role, participant_id) for role, participant_id in doors]
    return Done(" ".join(done.id for done in made), made[-1].number)


def _logged(tx: Tx, token: Token) -> int:
    """A workshop's log tells of its own tokens; the server's owner stands outside it."""
    if not tx.workshop_id:
        return 0
    if token.participant_id:
        return tx.log("token_made", token=token.id, participant=token.participant_id)
    return tx.log("token_made", token=token.id, role=token.role)


@goes_on
def revoke_token(tx: Tx, actor: Actor, token_id: str) -> Done:
    """Close a door for good, and the devices that came in by it are out with their next step."""
    token = _within_reach(tx, actor, token_id)
    if token.revoked_at:
        return Done(token_id)
    return Done(token_id, _shut(tx, token))


@goes_on
def rotate_token(tx: Tx, actor: Actor, token_id: str) -> Done:
    """Change the lock of a door: the old secret and the devices that came in by it open nothing
    any more; the new one is `tx.token(new id, role or "participant")`.

    Raises Conflict `revoked` where the door was closed for good, or `at_the_door` where somebody
    still waits with it.
    """
    old = _within_reach(tx, actor, token_id)
    if old.revoked_at:
        raise Conflict("revoked", CLOSED)
    if old.kind == "admission" and not old.participant_id:
        raise Conflict("at_the_door", WAITS)
    new = Token(
        hash="",
        kind="access" if old.kind == "admission" else old.kind,
        workshop_id=old.workshop_id,
        participant_id=old.participant_id,
        role=old.role,
        once=old.once,
        opened_by=old.opened_by,
        email=old.email,
        created_at=tx.now,
    )
    new.hash = token_hash(tx.token(new.id, new.role or "participant"))
    add(tx, new)
    _logged(tx, new)
    return Done(new.id, _shut(tx, old))


def _within_reach(tx: Tx, actor: Actor, token_id: str) -> Any:
    token = tx.conn.execute(select(Token).where(Token.id == token_id)).one_or_none()
    if token is None or (token.workshop_id or "") != tx.workshop_id:
        raise NotFound
    require(may_revoke_token(actor, token))
    return token


def _shut(tx: Tx, token: Any) -> int:
    tx.conn.execute(
        update(Token)
        .where(
            (col(Token.id) == token.id) | (col(Token.opened_by) == token.id),
            col(Token.revoked_at).is_(None),
        )
        .values(revoked_at=tx.now)
    )
    return tx.log("token_revoked", token=token.id) if tx.workshop_id else 0
