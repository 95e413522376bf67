"""New since you left, waiting for you: one person's morning, from the record of the evening."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection
from sqlmodel import col, func, select

from app import clock
from app.activities.sentences import Sentence
from app.errors import N_
from app.models import (
    Decision,
    DecisionRow,
    LogLine,
    MatrixCell,
    Round,
    Token,
    WordingVersion,
)
from app.policy import Actor
from app.queries.duties import Duty, own_duties
from app.queries.mentions import result_words
from app.queries.step import step_now, workshop_row

RULED = {
    "consensus": N_("Adopted by consensus: “{text}”"),
    "no_objection": N_("Adopted, no objection: “{text}”"),
    "with_reservations": N_("Adopted with reservations: “{text}”"),
    "not_agreed": N_("Not agreed: “{text}”"),
}
RESULT = N_("Result published: {text}")
REWORDED = N_("Reworded: “{text}”")
# What is only counted: the kinds of lines, and what is said of how many there were.
COUNTED = (
    (("item_changed", "item_added", "item_removed", "day_moved", "day_moved_back",
      "agenda_imported"), N_("Changes of the agenda: {n}")),
    (("proposals_merged",), N_("Proposals merged: {n}")),
    (("cell_added", "component_added", "conclusion_added"), N_("New rows: {n}")),
    (("flag_raised", "flag_changed", "flag_withdrawn"),
     N_("Flags raised, changed or withdrawn: {n}")),
    (("note_released",), N_("Notes released: {n}")),
    (("lesson_released",), N_("Lessons released: {n}")),
)  # fmt: skip


@dataclass(frozen=True)
class Morning:
    """What a person finds: since when, what is new, what waits for them."""

    since: datetime
    news: list[Sentence]
    duties: list[Duty]


def morning(conn: Connection, workshop_id: str, actor: Actor) -> Morning | None:
    """None for who was not here on an earlier day, and where there is nothing to tell."""
    since = left_at(conn, workshop_id, actor, clock.now())
    if since is None:
        return None
    round_ = step_now(conn, workshop_id, actor.group_id).round
    here = round_.id if round_ else ""  # its form stands before them already
    duties = [one for one in own_duties(conn, workshop_id, actor) if one.about != here or not here]
    news = _news(conn, workshop_id, actor, since)
    return Morning(since, news, duties) if news or duties else None


def left_at(conn: Connection, workshop_id: str, actor: Actor, now: datetime) -> datetime | None:
    """When this person was last seen, by any of their devices, on an earlier day of the venue: on
    its clocks."""
    if actor.participant_id is None:
        return None
    zone = ZoneInfo(workshop_row(conn, workshop_id).time_zone)
    today = now.astimezone(zone).date()
    rows: Any = conn.execute(
        select(Token.seen_at, Token.left_at).where(Token.participant_id == actor.participant_id)
    )
    seen = [at.astimezone(zone) for row in rows for at in row if at]
    return max((at for at in seen if at.date() < today), default=None)


def _news(conn: Connection, workshop_id: str, actor: Actor, since: datetime) -> list[Sentence]:
    """Every room asks for it, so nothing is laid out here that need not be."""
    later = (LogLine.workshop_id == workshop_id, LogLine.at > clock.stamp(since))
    tally = select(LogLine.kind, func.count()).where(*later).group_by(col(LogLine.kind))
    told: Any = conn.execute(tally).all()
    kinds = Counter(dict(told))
    number = int(conn.execute(select(func.min(LogLine.number)).where(*later)).scalar() or 0)
    if not number:
        return []
    counted = ((said, sum(kinds[kind] for kind in some)) for some, said in COUNTED)
    return [
        *_rulings(conn, workshop_id, number),
        *_published(conn, workshop_id, actor, number),
        *_reworded(conn, workshop_id, number),
        *(Sentence(said, {"n": n}) for said, n in counted if n),
    ]


def _rulings(conn: Connection, workshop_id: str, number: int) -> Iterator[Sentence]:
    rows = conn.execute(
        select(Decision.ruling, col(DecisionRow.pinned))
        .join(DecisionRow, col(DecisionRow.decision_id) == col(Decision.id))
        .where(Decision.workshop_id == workshop_id, Decision.number >= number)
        .order_by(col(Decision.number), col(DecisionRow.position))
    )
    for row in rows:
        yield Sentence(RULED[row.ruling], {"text": row.pinned["text"]})


def _published(conn: Connection, workshop_id: str, actor: Actor, number: int) -> Iterator[Sentence]:
    """The results that were published since, as far as they still are."""
    lines: Any = conn.execute(
        select(LogLine.ids).where(
            LogLine.workshop_id == workshop_id,
            LogLine.number >= number,
            LogLine.kind == "round_published",
        )
    ).scalars()
    ids = {ids["round"] for ids in lines}
    rounds = conn.execute(
        select(Round).where(col(Round.id).in_(ids)).order_by(col(Round.closed_number))
    ).all()
    for round_ in rounds:
        if words := result_words(conn, actor, round_):
            yield Sentence(RESULT, {"text": words})


def _reworded(conn: Connection, workshop_id: str, number: int) -> Iterator[Sentence]:
    """The rows of the draft that read otherwise now, as they read."""
    in_rows = select(MatrixCell.response_id).where(
        MatrixCell.workshop_id == workshop_id, col(MatrixCell.removed_at).is_(None)
    )
    rows = conn.execute(
        select(WordingVersion.subject_id, WordingVersion.text)
        .where(
            WordingVersion.workshop_id == workshop_id,
            WordingVersion.number >= number,
            WordingVersion.n > 1,
            (col(WordingVersion.subject_kind) != "proposal")
            | col(WordingVersion.subject_id).in_(in_rows),
        )
        .order_by(col(WordingVersion.number))
    )
    for text in {row.subject_id: row.text for row in rows}.values():
        yield Sentence(REWORDED, {"text": text})
