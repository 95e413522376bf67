"""Forgetting who took part once the day is over that the organiser has set."""

from typing import Any

from sqlalchemy import delete, update
from sqlmodel import col, select

from app.actions.base import Done, Tx, change, goes_on, meeting
from app.actions.people_erasing import NOBODY, forget
from app.models import (
    Admission,
    LogSalt,
    MadeExport,
    Participant,
    PrivateNote,
    Task,
    Token,
    Workshop,
)
from app.policy import Actor, may_work, require
from app.queries.retention import is_over


@goes_on
def forget_people(tx: Tx, actor: Actor) -> Done:
    """Erase everybody's particulars as one person's are erased, and what was made for anybody:
    files, mail, private notes, and the doors of people; links for roles go on opening the record.

    Under the lock the first process finds it due, and the others nothing to do.
    """
    require(may_work(actor))
    now = meeting(tx)
    day = now.retain_until
    if now.forgotten_at or day is None or not is_over(day, now.time_zone, tx.now):
        return Done()
    for person in _remembered(tx):
        forget(tx, person)
    _forget_the_rest(tx)
    change(tx, Workshop, now.id, forgotten_at=tx.now, version=now.version + 1)
    return Done(now.id, tx.log("people_forgotten"))


def _remembered(tx: Tx) -> Any:
    here = select(Participant).where(Participant.workshop_id == tx.workshop_id)
    return tx.conn.execute(here.where(Participant.label != NOBODY)).all()


def _forget_the_rest(tx: Tx) -> None:
    """What names nobody on the list, or everybody: those at the door, salts, files, mail."""
    for model in (MadeExport, Task, PrivateNote, LogSalt):
        tx.conn.execute(delete(model).where(col(model.workshop_id) == tx.workshop_id))
    knocked = update(Admission).where(col(Admission.workshop_id) == tx.workshop_id)
    tx.conn.execute(knocked.values(label=""))
    doors = update(Token).where(col(Token.workshop_id) == tx.workshop_id)
    tx.conn.execute(doors.values(email=None))
    still_open = doors.where(col(Token.kind) == "admission", col(Token.revoked_at).is_(None))
    tx.conn.execute(still_open.values(revoked_at=tx.now))
