"""Who leaves the meeting and who comes back. What they cast stays; registers of rounds that open
from then on are without them, or name the proxy who votes for them, as the policy of the meeting
states it."""

from typing import Any

from sqlalchemy import update
from sqlmodel import col, select

from app.actions.base import Done, Tx, add, change, load, meeting, new_id
from app.errors import N_, Conflict
from app.models import Participant, Proxy, RegisterEntry, Round
from app.policy import Actor, may_be_proxy, may_leave, require
from app.queries.proxies import live_proxies

HOLDS_ONE = N_("“{label}” votes for somebody else already. One person holds one proxy.")


def leave_meeting(tx: Tx, actor: Actor, participant_id: str, proxy_id: str | None = None) -> Done:
    """Note that somebody has left, and who votes for them, if anybody: from the next round that
    opens, never in a secret one. Said again, it names another proxy or none.

    Raises what the policy says against the proxy, and Conflict `holds_one`.
    """
    person = load(tx, Participant, participant_id)
    require(may_leave(actor, person.id))
    number = tx.seq
    if person.left_at is None:
        change(tx, Participant, person.id, left_at=tx.now)
        number = tx.log("participant_left", participant=person.id)
    before = _standing(tx, person.id)
    if [row.holder_id for row in before] == ([proxy_id] if proxy_id else []):
        return Done(person.id, number)
    _end(tx, before)
    return Done(person.id, _name(tx, person, proxy_id) if proxy_id else number)


def _name(tx: Tx, principal: Any, holder_id: str) -> int:
    holder = load(tx, Participant, holder_id)
    require(may_be_proxy(meeting(tx).proxies, principal, holder))
    if any(row.holder_id == holder.id for row in live_proxies(tx.conn, tx.workshop_id)):
        raise Conflict("holds_one", HOLDS_ONE, field="proxy", label=holder.label)
    number = tx.log("proxy_named", participant=holder.id)
    add(
        tx,
        Proxy(
            id=new_id(),
            workshop_id=tx.workshop_id,
            principal_id=principal.id,
            holder_id=holder.id,
            number=number,
            at=tx.now,
        ),
    )
    return number


def return_to_meeting(tx: Tx, actor: Actor, participant_id: str) -> Done:
    """Note that somebody is back: they vote themselves again, at once in rounds in which a proxy
    stood in the register for them, and their proxy ends."""
    person = load(tx, Participant, participant_id)
    require(may_leave(actor, person.id))
    if person.left_at is None:
        return Done(person.id)
    change(tx, Participant, person.id, left_at=None)
    _end(tx, _standing(tx, person.id))
    running = select(Round.id).where(
        Round.workshop_id == tx.workshop_id, col(Round.status).in_(("open", "closing"))
    )
    own = col(RegisterEntry.participant_id) == person.id
    if person.delegation_id:
        own = own | (col(RegisterEntry.delegation_id) == person.delegation_id)
    tx.conn.execute(
        update(RegisterEntry)
        .where(own, col(RegisterEntry.round_id).in_(running))
        .values(proxy_id=None)
    )
    return Done(person.id, tx.log("participant_returned", participant=person.id))


def _standing(tx: Tx, principal_id: str) -> list[Any]:
    return [r for r in live_proxies(tx.conn, tx.workshop_id) if r.principal_id == principal_id]


def _end(tx: Tx, rows: list[Any]) -> None:
    for row in rows:
        change(tx, Proxy, row.id, ended_at=tx.now)
        tx.log("proxy_ended", participant=row.holder_id)
