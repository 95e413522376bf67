"""Devices: a browser signs in, is seen, and leaves. Its secret is new whenever it signs in."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import update
from sqlmodel import col, select

from app.actions.base import Done, Tx, add, change, goes_on, load, meeting
from app.errors import N_, Conflict, Refused
from app.models import Participant, Token, Workshop
from app.policy import Actor, asks_first, may_knock, may_see_meeting, require
from app.queries.tokens import guarded, held_at_door, link_of, token_hash, valid_tokens

USED = N_("This link was opened before. Ask for a new one; `consilience links` prints it.")
IS_THIS_YOU = N_("Your other device asks whether this is you. The facilitator can let you in too.")
# Seen to the quarter of an hour: enough to tell a device by, too coarse to follow anybody.
QUARTER = 15
OF_ONE_BROWSER = ("device", "owner", "admission")


@goes_on
def sign_in(
    tx: Tx,
    actor: Actor,
    secret: str,
    device_secret: str,
    held: Sequence[str] = (),
    here: Collection[str] = (),
    elsewhere: bool = False,
) -> Done:
    """Open a link on a device, which from now on is known by `device_secret`.

    A device that holds a token of the same door keeps its row, and what it was known by before
    opens nothing any more. Returns the ids of the device's token and of the link. Raises NotFound
    for an unknown link, Refused `link_used` for a one-time link that was opened before, and
    Conflict `is_this_you` for a personal link whose person is connected by another device: by one
    of the tokens in `here`, or `elsewhere`.
    """
    require(may_knock(actor))
    link = link_of(tx.conn, secret)
    if link.once and link.used_at:
        raise Refused("link_used", USED)
    known = held_at_door(tx.conn, held, link)
    if known is None and _asks_first(tx, link, here, elsewhere):
        raise Conflict("is_this_you", IS_THIS_YOU)
    if known is not None:
        device_id = known.id
        change(
            tx,
            Token,
            device_id,
            hash=token_hash(device_secret),
            opened_by=link.id,
            created_at=tx.now,
        )
    else:
        device_id = _device(
            tx,
            device_secret,
            workshop_id=link.workshop_id,
            participant_id=link.participant_id,
            role=link.role,
            opened_by=link.id,
        )
    change(tx, Token, link.id, used_at=tx.now)
    number = _arrived(tx, link.participant_id) if link.participant_id else 0
    return Done(f"{device_id} {link.id}", number)


def _asks_first(tx: Tx, link: Any, here: Collection[str], elsewhere: bool) -> bool:
    if not guarded(tx.conn, link, here, elsewhere):
        return False
    person = load(tx, Participant, link.participant_id)
    return asks_first(person.roles, meeting(tx).ended_at is not None)


def sign_in_maker(tx: Tx, actor: Actor, email: str, device_secret: str) -> Done:
    """Sign in somebody for whom an identity provider vouched and whom the owner lets make
    workshops."""
    require(may_knock(actor))
    return Done(_device(tx, device_secret, role="maker", email=email))


def _device(tx: Tx, secret: str, **door: Any) -> str:
    row = Token(hash=token_hash(secret), kind="device", created_at=tx.now, seen_at=tx.now, **door)
    return add(tx, row)


def _arrived(tx: Tx, participant_id: str) -> int:
    """The first sign-in of a person is their arrival."""
    here = tx.conn.execute(
        update(Participant)
        .where(col(Participant.id) == participant_id, col(Participant.arrived_at).is_(None))
        .values(arrived_at=tx.now)
    )
    return tx.log("participant_arrived", participant=participant_id) if here.rowcount else 0


@goes_on
def renew_secret(tx: Tx, actor: Actor, secret: str, new_secret: str) -> Done:
    """What waited at the door is somebody now: the device is known by a new secret."""
    require(may_see_meeting(actor))
    (row,) = valid_tokens(tx.conn, [secret])
    change(tx, Token, row.id, hash=token_hash(new_secret))
    return Done(row.id)


def see_devices(tx: Tx, actor: Actor) -> Done:
    """Remember that the devices by which somebody is known were here; and, on the first time in a
    day of the venue, when they were last here before. Not logged."""
    require(may_see_meeting(actor))
    seen = tx.now.replace(minute=tx.now.minute // QUARTER * QUARTER, second=0, microsecond=0)
    rows: Any = tx.conn.execute(
        select(Token.id, Token.seen_at, Workshop.time_zone)
        .join(Workshop, col(Workshop.id) == col(Token.workshop_id), isouter=True)
        .where(
            col(Token.id).in_(actor.held),
            col(Token.seen_at).is_(None) | (col(Token.seen_at) < seen),
        )
    ).all()
    for row in rows:
        left = _day_before(row.seen_at, seen, row.time_zone or "UTC")
        change(tx, Token, row.id, seen_at=seen, **({"left_at": left} if left else {}))
    return Done()


def _day_before(before: datetime | None, now: datetime, zone: str) -> datetime | None:
    """When a device was last seen, if that was on an earlier day."""
    if before is None:
        return None
    days = [moment.astimezone(ZoneInfo(zone)).date() for moment in (before, now)]
    return before if days[0] < days[1] else None


@goes_on
def leave_device(tx: Tx, actor: Actor, secrets: Sequence[str]) -> Done:
    """Sign a browser out of one place: the tokens made for it alone open nothing any more."""
    require(may_knock(actor))
    number = 0
    for row in valid_tokens(tx.conn, secrets):
        if row.kind in OF_ONE_BROWSER and (row.workshop_id or "") == tx.workshop_id:
            change(tx, Token, row.id, revoked_at=tx.now, email=None)
            number = tx.log("token_revoked", token=row.id) if tx.workshop_id else 0
    return Done("", number)
