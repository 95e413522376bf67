"""Tokens: the secrets that open a door. Only their hash is stored."""

from collections.abc import Sequence

from sqlalchemy import update
from sqlmodel import col, select

from app.actions.base import Done, Tx, add, change, load
from app.errors import N_, NotFound, Refused
from app.models import Participant, Token
from app.policy import Actor, may_knock, may_make_token, may_revoke_token, require
from app.queries.tokens import link_of, token_hash, valid_tokens

USED = N_("This link was opened before. Ask for a new one; `consilience links` prints it.")


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


def sign_in(tx: Tx, actor: Actor, secret: str, device_secret: str) -> Done:
    """Open a link on a device: the device gets a token of its own, known by `device_secret`.

    Returns the ids of the device's token and of the link. Raises NotFound for an unknown link and
    Refused `link_used` for a one-time link that was opened before.
    """
    require(may_knock(actor))
    link = link_of(tx.conn, secret)
    if link.once and link.used_at:
        raise Refused("link_used", USED)
    device = Token(
        hash=token_hash(device_secret),
        kind="device",
        workshop_id=link.workshop_id,
        participant_id=link.participant_id,
        role=link.role,
        opened_by=link.id,
        created_at=tx.now,
    )
    add(tx, device)
    change(tx, Token, link.id, used_at=tx.now)
    number = _arrived(tx, link.participant_id) if link.participant_id else 0
    return Done(f"{device.id} {link.id}", number)


def _arrived(tx: Tx, participant_id: str) -> int:
    """The first sign-in of a person is their arrival."""
    here = tx.conn.execute(
        update(Participant)
        .where(col(Participant.id) == participant_id, col(Participant.arrived_at).is_(None))
        .values(arrived_at=tx.now)
    )
    return tx.log("participant_arrived", participant=participant_id) if here.rowcount else 0


def revoke_token(tx: Tx, actor: Actor, token_id: str) -> Done:
    """Close a door for good, and the devices that came in by it are out with their next step."""
    token = tx.conn.execute(select(Token).where(Token.id == token_id)).one_or_none()
    if token is None or (token.workshop_id or "") != tx.workshop_id:
        raise NotFound
    require(may_revoke_token(actor, token))
    if token.revoked_at:
        return Done(token_id)
    tx.conn.execute(
        update(Token)
        .where(
            (col(Token.id) == token_id) | (col(Token.opened_by) == token_id),
            col(Token.revoked_at).is_(None),
        )
        .values(revoked_at=tx.now)
    )
    return Done(token_id, tx.log("token_revoked", token=token_id) if tx.workshop_id else 0)


def leave_device(tx: Tx, actor: Actor, secrets: list[str]) -> Done:
    """Sign a browser out: the tokens made for it alone open nothing any more."""
    require(may_knock(actor))
    for row in valid_tokens(tx.conn, secrets):
        if row.kind in ("device", "owner"):
            change(tx, Token, row.id, revoked_at=tx.now)
    return Done()
