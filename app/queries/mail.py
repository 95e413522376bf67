"""Mail: what a letter says, and whom one has reached."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.errors import Refused
from app.models import Participant, Task, Token, Workshop
from app.queries.tasks import REASONS, reason
from app.queries.tokens import token_hash

NO_ADDRESS = "no_address"


@dataclass(frozen=True)
class Letter:
    """What one person is told."""

    to: str
    label: str
    language: str
    title: str
    starts_on: date | None
    place: str
    link: str


@dataclass(frozen=True)
class Mailed:
    """How far one person's link has come: none, no_address, waiting, sent or failed; why it
    failed, as a sentence; whether a link was sent before."""

    id: str
    status: str
    message: str
    at: datetime | None


def letter_to(
    conn: Connection, workshop_id: str, participant_id: str, address: str, link: str
) -> Letter:
    """The letter that brings this link. Raises Refused where the person has no address any more,
    or the link would open nothing."""
    person = conn.execute(
        select(Participant).where(
            Participant.id == participant_id, Participant.workshop_id == workshop_id
        )
    ).one_or_none()
    if person is None or not person.email:
        raise Refused(NO_ADDRESS, REASONS[NO_ADDRESS])
    opens = select(1).where(Token.hash == token_hash(link), col(Token.revoked_at).is_(None))
    if conn.execute(opens).first() is None:
        raise Refused("dead_link", REASONS["dead_link"])
    workshop = conn.execute(select(Workshop).where(Workshop.id == workshop_id)).one()
    return Letter(
        to=person.email,
        label=person.label,
        language=person.language or workshop.languages[0],
        title=workshop.title,
        starts_on=workshop.starts_on,
        place=workshop.place,
        link=f"{address}/enter/{link}",
    )


def mailed(conn: Connection, workshop_id: str) -> list[Mailed]:
    """Everyone on the list, in its order."""
    letters = select(Task).where(Task.workshop_id == workshop_id, Task.kind == "mail")
    last = {row.about: row for row in conn.execute(letters.order_by(col(Task.asked_at)))}
    people = conn.execute(
        select(Participant.id, Participant.email)
        .where(Participant.workshop_id == workshop_id)
        .order_by(col(Participant.position), col(Participant.id))
    )
    return [_mailed(person.id, person.email, last.get(person.id)) for person in people]


def _mailed(participant_id: str, email: str, task: Any) -> Mailed:
    if task is None:
        return Mailed(participant_id, "none" if email else NO_ADDRESS, "", None)
    status = {"done": "sent"}.get(task.state, task.state)
    why = reason(task.last_error) if status == "failed" else ""
    return Mailed(participant_id, status, why, task.done_at)
