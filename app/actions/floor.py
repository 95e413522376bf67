"""The floor: asked for, taken back, given, taken again. The list is that of the present item."""

from typing import Any

from sqlmodel import col, func, select

from app.actions.base import Done, Tx, add, change, load, meeting
from app.activities.floor import Terms
from app.errors import N_, Conflict
from app.models import Participant, Speaker, Workshop
from app.policy import Actor, may_ask_for_floor, may_leave_list, may_run_floor, require
from app.queries.floor import speaking_now, waiting_in_order

NOT_WAITING = N_("This turn is not waiting any more: it was taken, or taken back.")
NOT_SPEAKING = N_("Nobody speaks under this turn now.")


def ask_for_floor(tx: Tx, actor: Actor) -> Done:
    """Put oneself on the list. Who is on it already stays where they are."""
    require(may_ask_for_floor(actor, Terms.of(meeting(tx).floor).open))
    return _enter(tx, actor, str(actor.participant_id))


def enter_speaker(tx: Tx, actor: Actor, participant_id: str) -> Done:
    """Put somebody on the list who raised a hand, also once it is closed."""
    require(may_run_floor(actor))
    return _enter(tx, actor, load(tx, Participant, participant_id).id)


def leave_list(tx: Tx, actor: Actor, speaker_id: str) -> Done:
    """Take a request back: one's own, or anybody's for those who run the floor."""
    speaker = load(tx, Speaker, speaker_id)
    require(may_leave_list(actor, speaker))
    _expect_waiting(speaker)
    change(tx, Speaker, speaker_id, status="withdrawn", stopped_at=tx.now)
    return Done(speaker_id, tx.log("floor_withdrawn", speaker=speaker_id))


def give_floor(tx: Tx, actor: Actor, speaker_id: str) -> Done:
    """Let somebody speak; whoever spoke before has finished."""
    require(may_run_floor(actor))
    _expect_waiting(load(tx, Speaker, speaker_id))
    end_turn(tx)
    seconds = Terms.of(meeting(tx).floor).seconds
    change(tx, Speaker, speaker_id, status="speaking", given_at=tx.now, seconds=seconds)
    return Done(speaker_id, tx.log("floor_given", speaker=speaker_id))


def stop_speaker(tx: Tx, actor: Actor, speaker_id: str) -> Done:
    """The turn is over."""
    require(may_run_floor(actor))
    if load(tx, Speaker, speaker_id).status != "speaking":
        raise Conflict("not_speaking", NOT_SPEAKING)
    return Done(speaker_id, end_turn(tx))


def end_turn(tx: Tx) -> int:
    """Whoever speaks has finished; the number of the line, or the last one if nobody does."""
    speaker = speaking_now(tx.conn, tx.workshop_id)
    if speaker is None:
        return tx.seq
    change(tx, Speaker, speaker.id, status="done", stopped_at=tx.now)
    return tx.log("floor_stopped", speaker=speaker.id)


def move_speaker(tx: Tx, actor: Actor, speaker_id: str, by: int) -> Done:
    """Let somebody speak one place earlier (-1) or later (1)."""
    require(may_run_floor(actor))
    _expect_waiting(load(tx, Speaker, speaker_id))
    listed = waiting_in_order(tx.conn, tx.workshop_id)
    at = next((n for n, one in enumerate(listed) if one.id == speaker_id), None)
    if at is None or not 0 <= at + by < len(listed):
        return Done(speaker_id, tx.seq)
    one, other = listed[at], listed[at + by]
    change(tx, Speaker, one.id, position=other.position)
    change(tx, Speaker, other.id, position=one.position)
    return Done(speaker_id, tx.log("floor_ordered", speaker=speaker_id))


def set_floor(tx: Tx, actor: Actor, fields: dict[str, Any]) -> Done:
    """Open or close the list, and set its terms; the last one wins."""
    require(may_run_floor(actor))
    now = meeting(tx)
    terms = {**vars(Terms.of(now.floor)), **fields}
    change(tx, Workshop, tx.workshop_id, floor=terms, version=now.version + 1)
    return Done(tx.workshop_id, tx.log("floor_set", **terms))


def _enter(tx: Tx, actor: Actor, participant_id: str) -> Done:
    item_id = meeting(tx).current_item_id
    waiting = tx.conn.execute(
        select(Speaker.id).where(
            Speaker.workshop_id == tx.workshop_id,
            Speaker.participant_id == participant_id,
            Speaker.agenda_item_id == item_id,
            Speaker.status == "waiting",
        )
    ).scalar()
    if waiting:
        return Done(waiting, tx.seq)
    speaker = Speaker(
        workshop_id=tx.workshop_id,
        agenda_item_id=item_id,
        participant_id=participant_id,
        position=_last_position(tx) + 1,
        asked_at=tx.now,
    )
    add(tx, speaker)
    line = tx.log("floor_asked", salted={"by": actor.identity}, speaker=speaker.id)
    return Done(speaker.id, line)


def _expect_waiting(speaker: Any) -> None:
    if speaker.status != "waiting":
        raise Conflict("not_waiting", NOT_WAITING)


def _last_position(tx: Tx) -> int:
    last = tx.conn.execute(
        select(func.max(col(Speaker.position))).where(Speaker.workshop_id == tx.workshop_id)
    ).scalar_one()
    return last or 0
