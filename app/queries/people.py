"""People as those who run the meeting see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.errors import NotFound
from app.models import Delegation, Group, Participant


@dataclass(frozen=True)
class Person:
    """One participant with the names of delegation and group. `own_key` is the organiser's id."""

    id: str
    own_key: str | None
    label: str
    roles: list[str]
    capacity: str
    delegation: str
    region: list[str]
    group: str
    institution_type: str
    email: str
    language: str
    arrived_at: datetime | None
    version: int


def people(conn: Connection, workshop_id: str) -> list[Person]:
    """Everyone on the list, in its order."""
    query: Any = (
        select(
            Participant,
            col(Delegation.name).label("delegation"),
            col(Group.name).label("group_name"),
        )
        .join(Delegation, col(Delegation.id) == col(Participant.delegation_id), isouter=True)
        .join(Group, col(Group.id) == col(Participant.group_id), isouter=True)
        .where(Participant.workshop_id == workshop_id)
        .order_by(col(Participant.position), col(Participant.id))
    )
    return [_person(row) for row in conn.execute(query)]


def people_by_id(conn: Connection, workshop_id: str, ids: Sequence[str]) -> list[Person]:
    """These people, in the order of the ids. Raises NotFound where one was taken off the list."""
    found = {person.id: person for person in people(conn, workshop_id)}
    if set(ids) - found.keys():
        raise NotFound
    return [found[one] for one in ids]


def person(conn: Connection, workshop_id: str, participant_id: str) -> Person:
    """One of them, or NotFound."""
    for found in people(conn, workshop_id):
        if found.id == participant_id:
            return found
    raise NotFound


def not_yet_here(conn: Connection, workshop_id: str) -> list[Any]:
    """Whose names may be picked at the door: those on the list who have not arrived."""
    return list(
        conn.execute(
            select(Participant.id, Participant.label)
            .where(Participant.workshop_id == workshop_id, col(Participant.arrived_at).is_(None))
            .order_by(col(Participant.position), col(Participant.id))
        )
    )


def _person(row: Any) -> Person:
    return Person(
        id=row.id,
        own_key=row.own_key,
        label=row.label,
        roles=row.roles,
        capacity=row.capacity,
        delegation=row.delegation or "",
        region=row.regions,
        group=row.group_name or "",
        institution_type=row.institution_type,
        email=row.email,
        language=row.language,
        arrived_at=row.arrived_at,
        version=row.version,
    )
