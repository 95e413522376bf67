"""Who has left, and who votes for them."""

from typing import Any

from sqlalchemy import Connection
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from app.activities.sentences import Sentence
from app.errors import N_
from app.models import Ballot, Delegation, Participant, Proxy, RegisterEntry
from app.policy import Actor, may_be_proxy
from app.queries.step import workshop_row


def live_proxies(conn: Connection, workshop_id: str) -> list[Any]:
    """The proxies that stand, in the order in which they were named."""
    standing = select(Proxy).where(Proxy.workshop_id == workshop_id, col(Proxy.ended_at).is_(None))
    return list(conn.execute(standing.order_by(col(Proxy.number))))


def proxies_of(conn: Connection, workshop_id: str) -> dict[str, str]:
    """Who votes for whom from the next round on: the holder's id by the principal's. A holder who
    has left, or votes no more, casts for nobody; nor does anybody where the policy is none."""
    if workshop_row(conn, workshop_id).proxies == "none":
        return {}
    people = {row.id: row for row in _people(conn, workshop_id)}
    found = {}
    for row in live_proxies(conn, workshop_id):
        holder = people[row.holder_id]
        if holder.left_at is None and "participant" in holder.roles:
            found[row.principal_id] = row.holder_id
    return found


def candidates(conn: Connection, workshop_id: str, principal_id: str) -> list[Any]:
    """Whom somebody may name as their proxy under the meeting's policy."""
    people = _people(conn, workshop_id)
    principal = next((one for one in people if one.id == principal_id), None)
    if principal is None:
        return []
    policy = workshop_row(conn, workshop_id).proxies
    busy = {row.holder_id for row in live_proxies(conn, workshop_id)
            if row.principal_id != principal_id}  # fmt: skip
    return [one for one in people if one.id not in busy and may_be_proxy(policy, principal, one)]


def held_in(conn: Connection, round_id: str, actor: Actor) -> list[Any]:
    """The voices for which somebody casts as a proxy in a round: id and label of each principal."""
    if actor.participant_id is None:
        return []
    principal = aliased(Participant)
    rows = conn.execute(
        select(col(principal.id), col(principal.label))
        .join(Proxy, col(Proxy.principal_id) == col(principal.id))
        .join(
            RegisterEntry,
            (col(RegisterEntry.participant_id) == col(principal.id))
            | (col(RegisterEntry.delegation_id) == col(principal.delegation_id)),
        )
        .where(
            RegisterEntry.round_id == round_id,
            RegisterEntry.proxy_id == actor.participant_id,
            Proxy.holder_id == actor.participant_id,
            col(Proxy.ended_at).is_(None),
        )
        .order_by(col(principal.label))
    )
    return list(rows)


def sent_for_others(conn: Connection, round_: Any) -> list[Sentence]:
    """The ballots of a round that somebody else sent: how many were entered by those who run the
    meeting, and who cast for whom, where names may be shown with answers."""
    if round_.secrecy == "secret":
        return []
    holder: Any = aliased(Participant)
    principal: Any = aliased(Participant)
    rows: Any = conn.execute(
        columns(
            col(RegisterEntry.id),
            col(Ballot.how).label("how"),
            col(holder.label).label("holder"),
            col(principal.label).label("principal"),
            col(Delegation.name).label("delegation"),
        )
        .join(RegisterEntry, col(RegisterEntry.id) == col(Ballot.entry_id))
        .join(holder, col(holder.id) == col(Ballot.entered_by), isouter=True)
        .join(principal, col(principal.id) == col(RegisterEntry.participant_id), isouter=True)
        .join(Delegation, col(Delegation.id) == col(RegisterEntry.delegation_id), isouter=True)
        .where(
            Ballot.round_id == round_.id,
            col(Ballot.superseded_by).is_(None),
            col(Ballot.how).is_not(None),
        )
        .order_by(col(RegisterEntry.id))
    )
    one_each = list({row.id: row for row in rows}.values())
    by_proxy = [row for row in one_each if row.how == "proxy"]
    entered = len(one_each) - len(by_proxy)
    told = [Sentence(N_("Entered by a facilitator: {n}"), {"n": entered})] if entered else []
    rule = workshop_row(conn, round_.workshop_id).attribution
    if (rule, round_.secrecy) != ("named", "named"):
        count = Sentence(N_("Cast by a proxy: {n}"), {"n": len(by_proxy)})
        return [*told, count] if by_proxy else told
    return told + [
        Sentence(
            N_("Cast by {holder} for {principal}"),
            {"holder": row.holder or "—", "principal": row.principal or row.delegation},
        )
        for row in by_proxy
    ]


def leavers(conn: Connection, workshop_id: str) -> dict[str, dict[str, Any]]:
    """By person: when they left, if they did, and who votes for them since."""
    holders = {one.principal_id: one.holder_id for one in live_proxies(conn, workshop_id)}
    return {
        row.id: {"id": row.id, "left_at": row.left_at, "proxy": holders.get(row.id)}
        for row in _people(conn, workshop_id)
    }


def leaver(conn: Connection, workshop_id: str, participant_id: str) -> dict[str, Any]:
    """The same of one person."""
    return leavers(conn, workshop_id)[participant_id]


def _people(conn: Connection, workshop_id: str) -> list[Any]:
    rows = conn.execute(
        select(Participant)
        .where(Participant.workshop_id == workshop_id)
        .order_by(col(Participant.position), col(Participant.id))
    )
    return list(rows)
