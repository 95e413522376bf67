"""Who is in the room: known, connected, and through which voice."""

from dataclasses import dataclass

from sqlalchemy import Connection
from sqlmodel import col, select

from app.models import Participant


@dataclass(frozen=True)
class Person:
    """One participant as those who run the meeting see them."""

    id: str
    label: str
    capacity: str
    roles: tuple[str, ...]
    here: bool
    arrived: bool


@dataclass(frozen=True)
class Presence:
    """Everyone on the list. People are counted, never their devices."""

    people: list[Person]

    @property
    def known(self) -> int:
        return len(self.people)

    @property
    def here(self) -> int:
        return sum(person.here for person in self.people)

    @property
    def away(self) -> list[Person]:
        return [person for person in self.people if not person.here]


def presence(conn: Connection, workshop_id: str, connected: frozenset[str]) -> Presence:
    """The participants of a workshop in their order; `connected` are the ids with a socket."""
    rows = conn.execute(
        select(Participant)
        .where(Participant.workshop_id == workshop_id)
        .order_by(col(Participant.position), col(Participant.label))
    )
    return Presence(
        [
            Person(
                row.id,
                row.label,
                row.capacity,
                tuple(row.roles),
                here=row.id in connected,
                arrived=row.arrived_at is not None,
            )
            for row in rows
        ]
    )
