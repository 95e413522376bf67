"""The record: every line of the log as a sentence that holds under the attribution rule.

A line's ids are opaque; a sentence names things (rounds, items, rows), never who contributed.
"""

from dataclasses import dataclass
from string import Formatter
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.activities.sentences import Sentence
from app.errors import N_
from app.models import Activity, AgendaItem, LogLine, Reopening, Round

SENTENCES = {
    "workshop_created": N_("The workshop was created."),
    "workshop_changed": N_("The workshop’s particulars were changed."),
    "workshop_ended": N_("The workshop was ended."),
    "item_added": N_("An item was added to the agenda."),
    "item_changed": N_("Agenda item changed: {item}."),
    "item_removed": N_("Agenda item removed: {item}."),
    "item_started": N_("Agenda item begun: {item}."),
    "item_finished": N_("Agenda item finished: {item}."),
    "agenda_imported": N_("The agenda was imported from a file."),
    "people_imported": N_("The list of people was imported from a file."),
    "participant_added": N_("A participant was added."),
    "participant_changed": N_("A participant’s particulars were changed."),
    "participant_removed": N_("A participant was taken off the list."),
    "participant_erased": N_("A participant’s particulars and words were erased."),
    "people_forgotten": N_("Who took part was erased, as the day set for it had come."),
    "participant_arrived": N_("A participant arrived."),
    "admission_asked": N_("Someone at the door asked to be admitted."),
    "admission_decided": N_("The door was answered."),
    "token_made": N_("A link was made."),
    "token_revoked": N_("A device or link was signed out."),
    "group_added": N_("A breakout group was added."),
    "group_changed": N_("A breakout group was changed."),
    "activity_given": N_("A breakout group was given {activity}."),
    "group_called_back": N_("A breakout group came back into the plenary."),
    "evidence_added": N_("An evidence item was added."),
    "evidence_changed": N_("An evidence item was changed."),
    "evidence_removed": N_("An evidence item was removed."),
    "evidence_imported": N_("Evidence items were imported from a file."),
    "components_imported": N_("Components were imported from a file."),
    "component_added": N_("A framework component was drafted."),
    "component_changed": N_("A framework component was changed."),
    "component_reworded": N_("A framework component was reworded."),
    "component_removed": N_("A framework component was taken out."),
    "conclusion_added": N_("A conclusion was drafted."),
    "conclusion_changed": N_("A conclusion was changed."),
    "conclusion_reworded": N_("A conclusion was reworded."),
    "conclusion_removed": N_("A conclusion was taken out."),
    "note_added": N_("A note was written."),
    "note_changed": N_("A note was changed."),
    "note_released": N_("A note was released."),
    "note_corrected": N_("A released note was changed."),
    "note_taken_back": N_("A released note was taken back."),
    "activity_added": N_("Activity added: {activity}."),
    "activity_changed": N_("Activity changed: {activity}."),
    "activity_staged": N_("{activity}: stage “{stage}”."),
    "activity_focused": N_("{activity}: one item was brought up for discussion."),
    "activity_removed": N_("Activity taken out: {activity}."),
    "options_sent_on": N_("The outcome was sent on to: {activity}."),
    "round_planned": N_("Round {n} of {activity} was planned."),
    "round_opened": N_("Round {n} of {activity} was opened: {options} options, {voters} voices."),
    "round_closing": N_("Round {n} of {activity} is closing in {seconds} seconds."),
    "round_kept_open": N_("Round {n} of {activity} was kept open."),
    "round_closed": N_("Round {n} of {activity} was closed."),
    "round_sealed": N_("Round {n} of {activity} was sealed: no table joins voters and ballots."),
    "outcome_recorded": N_("Outcome {outcome} of round {n} of {activity} was recorded."),
    "round_reopened": N_("Round {n} of {activity} was reopened. Reason: {reason}."),
    "round_published": N_("Round {n} of {activity}: the outcome’s publication was set."),
    "ballot_cast": N_("A ballot was recorded in round {n} of {activity}."),
    "statement_joined": N_("A statement joined round {n} of {activity}."),
    "voter_added": N_("A late voter was entered into the register of round {n} of {activity}."),
    "reason_given_late": N_("A reason was given after round {n} of {activity} had closed."),
    "reason_held": N_("A reason was held back or shown again by its author."),
    "finished_marked": N_("Someone marked round {n} of {activity} as finished."),
    "timer_changed": N_("The timer was set."),
    "screen_changed": N_("The big screen was changed."),
    "proposal_made": N_("A proposal was put forward."),
    "proposal_reworded": N_("A proposal was reworded."),
    "proposal_accepted": N_("A proposal was accepted."),
    "proposal_returned": N_("A proposal was sent back to its author."),
    "proposal_placed": N_("A proposal was placed."),
    "proposal_held": N_("A proposal’s author held back whom it is from."),
    "proposals_imported": N_("Proposals were imported from a file."),
    "proposals_merged": N_("Proposals were merged into a new one."),
    "proposal_split": N_("A proposal was split into several."),
    "proposal_split_undone": N_("The split of a proposal was undone."),
    "merge_undone": N_("A merge was undone."),
    "cell_added": N_("A row was added to the matrix."),
    "cell_changed": N_("A row of the matrix was edited."),
    "cell_removed": N_("A row was taken out of the matrix."),
    "row_put": N_("A row was put to the room."),
    "flag_raised": N_("A row was flagged."),
    "flag_changed": N_("A flag was changed."),
    "flag_withdrawn": N_("A flag was withdrawn."),
    "flag_taken_up": N_("The wording that a flag asked for was taken up."),
    "flag_set_aside": N_("The wording that a flag asked for was set aside, with a reason."),
    "decision_made": N_("The chair ruled “{ruling}” on {rows} rows."),
    "misreading_told": N_("An author said that a wording is not what they meant."),
    "misreading_answered": N_("A moderator answered what an author said of a wording."),
    "floor_asked": N_("Someone asked for the floor."),
    "floor_withdrawn": N_("A request for the floor was taken back."),
    "floor_given": N_("Someone was given the floor."),
    "floor_stopped": N_("A speaker finished."),
    "floor_ordered": N_("The speakers’ list was put in another order."),
    "floor_set": N_("The terms of the speakers’ list were set."),
    "matter_parked": N_("A matter was parked for later."),
    "matter_settled": N_("A parked matter was changed."),
    "day_moved": N_("The rest of the day was moved by {minutes} minutes."),
    "day_moved_back": N_("The move of the day was taken back."),
    "device_asked": N_("A personal link was opened on another device, which waits."),
    "device_answered": N_("A device that waited with a personal link was answered."),
    "ballot_entered": N_(
        "The ballot before was entered by a facilitator for someone present, in round {n} of "
        "{activity}."
    ),
    "ballot_by_proxy": N_("The ballot before was cast by a proxy, in round {n} of {activity}."),
    "participant_left": N_("A participant left the meeting."),
    "participant_returned": N_("A participant came back into the meeting."),
    "proxy_named": N_("A participant who left named who votes for them."),
    "proxy_ended": N_("A proxy ended."),
    "lesson_told": N_("A lesson learned was told."),
    "lesson_reworded": N_("A lesson learned was reworded."),
    "lesson_released": N_("A lesson learned was released."),
    "lesson_taken_back": N_("A lesson learned was taken back."),
    "lesson_removed": N_("A lesson learned was taken out."),
    "turns_begun": N_("{activity}: a round robin began."),
    "turn_given": N_("{activity}: the next one’s turn in the round robin."),
    "turn_passed": N_("{activity}: someone passed in the round robin."),
    "turns_ended": N_("{activity}: the round robin was ended."),
    "private": N_("Something was recorded."),
}

# Where a fact in the line says more than its kind: the kind, the fact's name, its value.
CLOSER = {
    ("activity_staged", "stage", "planned"): N_("{activity}: set back to planned."),
    ("activity_staged", "stage", "writing"): N_("{activity}: everyone writes alone."),
    ("activity_staged", "stage", "revealed"): N_("{activity}: the proposals were revealed."),
    ("activity_staged", "stage", "running"): N_("{activity}: begun."),
    ("activity_staged", "stage", "discussing"): N_("{activity}: opened for discussion."),
    ("activity_staged", "stage", "reading"): N_("{activity}: the draft was opened for reading."),
    ("activity_staged", "stage", "deciding"): N_("{activity}: the rows came before the chair."),
    ("activity_staged", "stage", "done"): N_("{activity}: finished."),
    ("outcome_recorded", "how", "chair"): N_(
        "Outcome {outcome} of round {n} of {activity}: the chair settled the tie."
    ),
    ("outcome_recorded", "how", "runoff"): N_(
        "Outcome {outcome} of round {n} of {activity}: a run-off settled the tie."
    ),
    ("outcome_recorded", "how", "earlier_stage"): N_(
        "Outcome {outcome} of round {n} of {activity}: an earlier round settled the tie."
    ),
    ("outcome_recorded", "how", "lot"): N_(
        "Outcome {outcome} of round {n} of {activity}: a lot settled the tie. Seed: {seed}."
    ),
    ("decision_made", "ruling", "consensus"): N_("The chair ruled: {rows} rows by consensus."),
    ("decision_made", "ruling", "no_objection"): N_(
        "The chair ruled: {rows} rows adopted, no objection."
    ),
    ("decision_made", "ruling", "with_reservations"): N_(
        "The chair ruled: {rows} rows adopted with reservations."
    ),
    ("decision_made", "ruling", "not_agreed"): N_("The chair ruled: {rows} rows not agreed."),
    ("proposal_made", "of", "priority_area"): N_("A priority area was proposed."),
    ("day_moved", "how", "shortened"): N_(
        "The rest of the day was shortened by {minutes} minutes."
    ),
    ("matter_settled", "status", "resolved"): N_("A parked matter was resolved."),
    ("matter_settled", "status", "dropped"): N_("A parked matter was dropped."),
    ("proposal_made", "of", "response"): N_("A programmatic response was proposed."),
    ("round_opened", "weighed", "points"): N_(
        "Round {n} of {activity} was opened: {options} options, {voters} voices. Its weights are "
        "the group’s, from points: no. {weights}."
    ),
    ("round_opened", "weighed", "swings"): N_(
        "Round {n} of {activity} was opened: {options} options, {voters} voices. Its weights are "
        "the group’s, from swings: no. {weights}."
    ),
}


@dataclass(frozen=True)
class Line:
    """One line of the record: its number, moment, kind, and sentence."""

    number: int
    at: str
    kind: str
    sentence: Sentence
    hash: str


def record(
    conn: Connection, workshop_id: str, after: int = 0, limit: int | None = None
) -> list[Line]:
    """The log as sentences, from the line after a number on."""
    known = _names(conn, workshop_id)
    rows = conn.execute(
        select(LogLine)
        .where(LogLine.workshop_id == workshop_id, LogLine.number > after)
        .order_by(col(LogLine.number))
        .limit(limit)
    )
    return [Line(r.number, r.at, r.kind, _sentence(r, known), r.hash) for r in rows]


@dataclass(frozen=True)
class _Names:
    """Titles by id, fetched once for the whole record."""

    activities: dict[str, str]
    items: dict[str, str]
    rounds: dict[str, Any]
    reasons: dict[int, str]


def _names(conn: Connection, workshop_id: str) -> _Names:
    activities: Any = conn.execute(
        select(Activity.id, Activity.title).where(Activity.workshop_id == workshop_id)
    )
    items: Any = conn.execute(
        select(AgendaItem.id, AgendaItem.title).where(AgendaItem.workshop_id == workshop_id)
    )
    rounds = conn.execute(
        select(Round.id, Round.n, Round.activity_id).where(Round.workshop_id == workshop_id)
    )
    reasons: Any = conn.execute(
        select(Reopening.number, Reopening.reason)
        .join(Round, col(Round.id) == col(Reopening.round_id))
        .where(Round.workshop_id == workshop_id)
    )
    return _Names(
        {row.id: row.title for row in activities},
        {row.id: row.title for row in items},
        {row.id: row for row in rounds},
        {row.number: row.reason for row in reasons},
    )


def _sentence(line: Any, known: _Names) -> Sentence:
    ids = line.ids
    round_ = known.rounds.get(ids.get("round", ""))
    activity_id = ids.get("activity") or (round_.activity_id if round_ else "")
    values = {
        **{name: value for name, value in ids.items() if isinstance(value, int | str)},
        "activity": known.activities.get(activity_id, ""),
        "item": known.items.get(ids.get("item", ""), ""),
        "n": round_.n if round_ else "",
        "rows": len(ids.get("rows", [])),
        "reason": known.reasons.get(line.number, ""),
    }
    message = _message(line)
    return Sentence(message, {name: values.get(name, "") for name in _wanted(message)})


def _message(line: Any) -> str:
    closer = (
        CLOSER.get((line.kind, name, value))
        for name, value in line.ids.items()
        if isinstance(value, str)
    )
    known = SENTENCES.get(line.kind, SENTENCES["private"])
    return next((message for message in closer if message), known)


def _wanted(message: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(message) if name]
