"""Erasing a person: who they were goes, what the meeting counted and agreed stays verifiable."""

import hashlib
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import col, func, select

from app.actions.base import Done, Tx, change, expect_version, goes_on, label_key, load
from app.actions.people_leaving import OWN
from app.errors import Conflict
from app.models import (
    Admission,
    Ballot,
    Delegation,
    Flag,
    Lesson,
    LessonVersion,
    LogLine,
    LogSalt,
    MadeExport,
    Misreading,
    Note,
    Participant,
    PrivateNote,
    Proposal,
    Reason,
    RegisterEntry,
    Task,
    Token,
    WordingVersion,
)
from app.policy import Actor, may_organise, require

NOBODY = "—"
SIGNED: tuple[tuple[Any, str], ...] = (
    (WordingVersion, "author_id"),
    (Proposal, "author_id"),
    (Note, "author_id"),
    (Ballot, "entered_by"),
    (Lesson, "author_id"),
    (LessonVersion, "author_id"),
)


@goes_on
def erase_person(tx: Tx, actor: Actor, participant_id: str, version: int | None) -> Done:
    """Erase a person's particulars, their own words and the proof of what they did.

    The register, the ballots and the wordings stay, and join nobody; so do the lines of the log,
    whose hashes nobody can open without the salts. Raises Conflict `own_self` or
    `edited_meanwhile`.
    """
    require(may_organise(actor))
    person = load(tx, Participant, participant_id)
    expect_version(person, version, {"label": person.label, "roles": person.roles})
    if person.id == actor.participant_id:
        raise Conflict("own_self", OWN)
    _forget_salts(tx, person.id)
    forget(tx, person)
    return Done(person.id, tx.log("participant_erased", participant=person.id))


def forget(tx: Tx, person: Any) -> None:
    """Words, doors and name go; the salts of the log are the caller's."""
    _forget_words(tx, person.id)
    _shut_doors(tx, person.id)
    _forget_name(tx, person)


def _forget_words(tx: Tx, person_id: str) -> None:
    """Reasons, private notes and what was made for them go; a flag keeps its kind, and so does what
    they said of a wording; shared wordings keep no author."""
    own = select(RegisterEntry.id).where(RegisterEntry.participant_id == person_id)
    tx.conn.execute(delete(Reason).where(col(Reason.entry_id).in_(own)))
    tx.conn.execute(delete(PrivateNote).where(col(PrivateNote.participant_id) == person_id))
    made_for = select(Task.id).where(Task.about == person_id)
    tx.conn.execute(delete(MadeExport).where(col(MadeExport.task_id).in_(made_for)))
    tx.conn.execute(delete(Task).where(col(Task.about) == person_id))
    flagged = update(Flag).where(col(Flag.participant_id) == person_id)
    tx.conn.execute(flagged.values(text="", wording="", set_aside_reason=""))
    own_proposals = select(Proposal.id).where(Proposal.author_id == person_id)
    misread = update(Misreading).where(col(Misreading.proposal_id).in_(own_proposals))
    tx.conn.execute(misread.values(text="", answer=""))
    for model, column in SIGNED:
        unsigned = update(model).where(col(getattr(model, column)) == person_id)
        tx.conn.execute(unsigned.values({column: None}))


def _forget_salts(tx: Tx, person_id: str) -> None:
    """The salts of the lines that hold this person's hash: without them it proves nothing."""
    here = col(LogSalt.workshop_id) == tx.workshop_id
    rows = tx.conn.execute(
        select(LogSalt.number, LogSalt.salt, LogLine.salted)
        .join(
            LogLine,
            (col(LogLine.workshop_id) == col(LogSalt.workshop_id))
            & (col(LogLine.number) == col(LogSalt.number)),
        )
        .where(here)
    ).all()
    theirs = [
        row.number
        for row in rows
        if hashlib.sha256(f"{row.salt}{person_id}".encode()).hexdigest() in row.salted.values()
    ]
    for number in theirs:
        tx.conn.execute(delete(LogSalt).where(here, col(LogSalt.number) == number))


def _shut_doors(tx: Tx, person_id: str) -> None:
    tx.conn.execute(
        update(Token)
        .where(col(Token.participant_id) == person_id, col(Token.revoked_at).is_(None))
        .values(revoked_at=tx.now)
    )
    tx.conn.execute(
        update(Token)
        .where(col(Token.participant_id) == person_id)
        .values(seen_at=None, left_at=None)
    )
    tx.conn.execute(
        update(Admission).where(col(Admission.participant_id) == person_id).values(label="")
    )


def _forget_name(tx: Tx, person: Any) -> None:
    """The row stays for the register that names it; a delegation that is this one person is named
    after them, and goes the same way."""
    if person.delegation_id and _named_after(tx, person):
        change(tx, Delegation, person.delegation_id, name=f"{NOBODY} {person.delegation_id}")
    change(
        tx,
        Participant,
        person.id,
        label=NOBODY,
        label_key=person.id,
        own_key=None,
        email="",
        institution_type="",
        language="",
        regions=[],
        version=person.version + 1,
    )


def _named_after(tx: Tx, person: Any) -> bool:
    delegation = tx.conn.execute(
        select(Delegation).where(Delegation.id == person.delegation_id)
    ).one()
    members = tx.conn.execute(
        select(func.count())
        .select_from(Participant)
        .where(Participant.delegation_id == person.delegation_id)
    ).scalar_one()
    return members == 1 and label_key(delegation.name) == person.label_key
