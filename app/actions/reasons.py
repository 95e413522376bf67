"""Reasons beside ballots, the mark "I'm finished", and what a voter holds back."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import insert, update
from sqlmodel import col, select

from app.actions.base import Done, Tx, change, clean, load
from app.actions.register import speaks_for_delegation
from app.errors import N_, NotFound, Refused
from app.models import Participant, Reason, RegisterEntry, Round, RoundOption
from app.models.base import new_id
from app.policy import Actor, may_cast, may_reason_late, require
from app.queries.heads import heads_besides


@dataclass(frozen=True)
class NewReason:
    """A reason that came with a ballot; without words and kind it takes back what was said."""

    round_id: str
    entry_id: str
    option_id: str
    words: str
    number: int
    code: str | None = None


def give_reasons(tx: Tx, reasons: Sequence[NewReason]) -> None:
    """Record reasons; an earlier one on the same option is superseded, never overwritten. What its
    author held back stays held back in the new words."""
    for reason in reasons:
        new = new_id()
        before = tx.conn.execute(
            update(Reason)
            .where(
                col(Reason.entry_id) == reason.entry_id,
                col(Reason.option_id) == reason.option_id,
                col(Reason.superseded_by).is_(None),
            )
            .values(superseded_by=new)
            .returning(col(Reason.held_back))
        ).scalar()
        if reason.words or reason.code:
            held = bool(before)
            tx.conn.execute(insert(Reason).values(id=new, held_back=held, **asdict(reason)))


def give_late_reason(
    tx: Tx, actor: Actor, round_id: str, option_id: str, words: str | None
) -> Done:
    """Give a reason after the close. That it is late is told by its number, which lies beyond the
    close's. Raises NotFound for an option that the round did not put up."""
    round_ = load(tx, Round, round_id)
    entry = own_entry(tx, actor, round_)
    require(may_reason_late(actor, entry is not None, round_))
    put_up = select(RoundOption).where(
        RoundOption.round_id == round_id, RoundOption.id == option_id
    )
    if tx.conn.execute(put_up).first() is None:
        raise NotFound
    said = clean(words, "words", limit=2000)
    by = {"by": actor.participant_id or ""}
    number = tx.log("reason_given_late", salted=by, round=round_id)
    give_reasons(tx, [NewReason(round_id, entry.id, option_id, said, number)])
    return Done(entry.id, number)


def hold_back_reason(tx: Tx, actor: Actor, reason_id: str, held_back: bool) -> Done:
    """Keep one's own reason out of what others see, or let it be shown again."""
    found = tx.conn.execute(
        select(Reason, Round)
        .join(Round, col(Round.id) == col(Reason.round_id))
        .where(Reason.id == reason_id, Round.workshop_id == tx.workshop_id)
    ).one_or_none()
    if found is None:
        raise NotFound
    entry = own_entry(tx, actor, load(tx, Round, found.round_id))
    require(may_cast(actor, entry is not None, None, "open"))
    if entry.id != found.entry_id:
        raise NotFound
    number = tx.log("reason_held", round=found.round_id, held=held_back)
    change(tx, Reason, reason_id, held_back=held_back)
    return Done(reason_id, number)


def mark_finished(tx: Tx, actor: Actor, round_id: str, finished: bool = True) -> Done:
    """Say "I'm finished": a mark for the facilitator; the answers count without it."""
    round_ = load(tx, Round, round_id)
    entry = own_entry(tx, actor, round_)
    require(may_cast(actor, entry is not None, round_.closed_at, round_.status))
    if round_.secrecy == "secret":
        raise Refused("secret", N_("A secret round takes no marks."))
    by = {"by": actor.participant_id or ""}
    number = tx.log("finished_marked", salted=by, round=round_id, finished=finished)
    change(tx, RegisterEntry, entry.id, finished_at=tx.now if finished else None)
    return Done(entry.id, number)


def own_entry(tx: Tx, actor: Actor, round_: Any) -> Any:
    """The register entry by which this person speaks in the round, or None."""
    person = tx.conn.execute(
        select(Participant).where(Participant.id == actor.participant_id)
    ).one_or_none()
    if person is None:
        return None
    together = speaks_for_delegation(round_, person)
    if together and heads_besides(tx.conn, round_, person):
        return None
    unit = (
        RegisterEntry.delegation_id == person.delegation_id
        if together
        else RegisterEntry.participant_id == person.id
    )
    return tx.conn.execute(
        select(RegisterEntry).where(RegisterEntry.round_id == round_.id, unit)
    ).one_or_none()
