"""Taking somebody off the list: only one who has left no trace in the meeting's work."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, delete, update
from sqlmodel import SQLModel, col, select

from app.actions.base import Done, Tx, expect_version, load
from app.errors import N_, Conflict
from app.models import Admission, Participant, RegisterEntry, Token
from app.policy import Actor, may_organise, require

DID = N_(
    "“{label}” has taken part already and stays on the list. Change the roles instead, for example "
    "to observer."
)
ENTERED = N_(
    "“{label}” stands in the electoral register of a round and stays on the list. Change the roles "
    "instead, for example to observer."
)
WAITS = N_("Someone waits at the door as “{label}”. Answer the door first.")
OWN = N_("You can’t take yourself off the list. Ask another organiser.")
# What names a person without being a deed of theirs: how they came in.
DOORS = ("token", "admission")


def remove_person(tx: Tx, actor: Actor, participant_id: str, version: int | None) -> Done:
    """Take a person off the list who has done nothing yet; their links open nothing any more.

    Raises Conflict `own_self`, `in_register`, `has_taken_part` or `at_the_door`; then nothing was
    changed.
    """
    require(may_organise(actor))
    person = load(tx, Participant, participant_id)
    expect_version(person, version, {"label": person.label, "roles": person.roles})
    _refuse_whom_the_meeting_needs(tx, actor, person)
    # The log names tokens and knocks: they stay, shut and nobody's.
    tx.conn.execute(
        update(Token)
        .where(col(Token.participant_id) == person.id)
        .values(participant_id=None, revoked_at=tx.now)
    )
    tx.conn.execute(
        update(Admission)
        .where(col(Admission.participant_id) == person.id)
        .values(participant_id=None, label="")
    )
    tx.conn.execute(delete(Participant).where(col(Participant.id) == person.id))
    return Done(person.id, tx.log("participant_removed", participant=person.id))


def _refuse_whom_the_meeting_needs(tx: Tx, actor: Actor, person: Any) -> None:
    if person.id == actor.participant_id:
        raise Conflict("own_self", OWN)
    voices = {RegisterEntry.participant_id: person.id}
    if person.delegation_id:
        voices[RegisterEntry.delegation_id] = person.delegation_id
    if any(_found(tx, column == one) for column, one in voices.items()):
        raise Conflict("in_register", ENTERED, label=person.label)
    if any(_found(tx, column == person.id) for column in _deeds()):
        raise Conflict("has_taken_part", DID, label=person.label)
    if _found(tx, Admission.participant_id == person.id, Admission.status == "waiting"):
        raise Conflict("at_the_door", WAITS, label=person.label)


def _deeds() -> Iterator[Column[Any]]:
    """Every column that names who did or said something."""
    for table in SQLModel.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table.name == "participant" and table.name not in DOORS:
                yield key.parent


def _found(tx: Tx, *conditions: Any) -> bool:
    return tx.conn.execute(select(1).where(*conditions)).first() is not None
