"""Who someone is in a workshop, by the tokens they hold."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, func, select

from app import clock
from app.models import Group, Participant, Token
from app.policy import Actor
from app.queries.tokens import valid_tokens

# An identity provider is asked again after this: who may no longer sign in there is out here too.
MAKER_FOR = timedelta(hours=12)
# As long as a browser keeps its cookie.
DEVICE_FOR = timedelta(days=60)


def actor_of(
    conn: Connection, tokens: Sequence[str], workshop_id: str | None
) -> tuple[Actor | None, bool]:
    """The actor that these tokens make in one workshop (or on the server, for None), and whether
    any of them was valid at all."""
    rows = [row for row in valid_tokens(conn, tokens) if not _worn_out(row)]
    return _actor_by(conn, rows, workshop_id), bool(rows)


def actor_again(conn: Connection, actor: Actor) -> Actor | None:
    """What the tokens by which somebody was known make of them now; nobody, if none is left."""
    found = conn.execute(
        select(Token).where(col(Token.id).in_(actor.held), col(Token.revoked_at).is_(None))
    )
    rows = sorted(found, key=lambda row: actor.held.index(row.id))
    return _actor_by(conn, [row for row in rows if not _worn_out(row)], actor.workshop_id)


def organises(conn: Connection, email: str | None, workshop_id: str | None) -> list[Any]:
    """The organisers with this address: in one workshop, or in each (for None)."""
    if not email:
        return []
    query = select(Participant).where(func.lower(col(Participant.email)) == email)
    if workshop_id is not None:
        query = query.where(Participant.workshop_id == workshop_id)
    return [person for person in conn.execute(query) if "organiser" in person.roles]


def _worn_out(row: Any) -> bool:
    """Whether a device has to sign in anew."""
    long = MAKER_FOR if row.role == "maker" else DEVICE_FOR
    return row.kind == "device" and bool(row.created_at + long < clock.now())


def _actor_by(conn: Connection, rows: Sequence[Any], workshop_id: str | None) -> Actor | None:
    """Roles add up, because one laptop may hold several; the newest person wins. A token for the
    big screen takes nothing away from the others. A maker is an organiser where the list of people
    says so, and a stranger elsewhere."""
    people = {row.id: _person_of(conn, row, workshop_id) for row in rows}
    here = [
        row
        for row in rows
        if row.role == "owner" or row.workshop_id == workshop_id or people[row.id] is not None
    ]
    if not here:
        return None
    person = next((people[row.id] for row in here if people[row.id]), None)
    roles = {row.role for row in here if row.role} | (set(person.roles) if person else set())
    if workshop_id is not None:
        roles.discard("maker")
    if not roles:
        roles = {"waiting"} if not person else {"participant"}
    if len(roles) > 1:
        roles.discard("screen")
    return _actor(workshop_id, here, person, roles, _led_by(conn, person))


def _led_by(conn: Connection, person: Any) -> str | None:
    """The group that a person leads: their own."""
    if person is None or person.group_id is None:
        return None
    return conn.execute(
        select(Group.id).where(Group.id == person.group_id, Group.lead_id == person.id)
    ).scalar_one_or_none()


def _person_of(conn: Connection, row: Any, workshop_id: str | None) -> Any:
    """Whom a token stands for in a workshop, if anybody."""
    if workshop_id is None:
        return None
    if row.role == "maker":
        return next(iter(organises(conn, row.email, workshop_id)), None)
    if row.workshop_id != workshop_id or not row.participant_id:
        return None
    return conn.execute(
        select(Participant).where(Participant.id == row.participant_id)
    ).one_or_none()


def _actor(
    workshop_id: str | None, rows: Sequence[Any], person: Any, roles: set[str], leads: str | None
) -> Actor:
    known = {
        "workshop_id": workshop_id,
        "roles": frozenset(roles),
        "token_id": rows[0].id,
        "held": tuple(row.id for row in rows),
        "email": next((row.email for row in rows if row.email), ""),
    }
    if person is None:
        return Actor(**known)
    return Actor(
        **known,
        participant_id=person.id,
        label=person.label,
        capacity=person.capacity,
        delegation_id=person.delegation_id,
        regions=tuple(person.regions),
        group_id=person.group_id,
        leads=leads,
        language=person.language,
    )
