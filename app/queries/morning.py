"""New since you left, waiting for you: one person's morning, from the record of the evening."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection
from sqlmodel import col, select

from app import clock
from app.activities.sentences import Sentence
from app.errors import N_
from app.models import DecisionRow, LogLine, Token
from app.policy import Actor
from app.queries.decisions import decisions
from app.queries.duties import Duty, own_duties
from app.queries.mentions import LOADERS
from app.queries.since import changes_since
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
    """When this person was last seen, by any of their devices, on an earlier day of the venue."""
    if actor.participant_id is None:
        return None
    zone = ZoneInfo(workshop_row(conn, workshop_id).time_zone)
    today = now.astimezone(zone).date()
    rows: Any = conn.execute(
        select(Token.seen_at, Token.left_at).where(Token.participant_id == actor.participant_id)
    )
    seen = [at for row in rows for at in row if at and at.astimezone(zone).date() < today]
    return max(seen, default=None)


def _news(conn: Connection, workshop_id: str, actor: Actor, since: datetime) -> list[Sentence]:
    lines = conn.execute(
        select(LogLine)
        .where(LogLine.workshop_id == workshop_id, LogLine.at > clock.stamp(since))
        .order_by(col(LogLine.number))
    ).all()
    kinds = Counter(line.kind for line in lines)
    counted = ((said, sum(kinds[kind] for kind in some)) for some, said in COUNTED)
    return [
        *_rulings(conn, workshop_id, {line.number for line in lines}),
        *_published(conn, workshop_id, actor, lines),
        *_reworded(conn, workshop_id, actor, lines),
        *(Sentence(said, {"n": n}) for said, n in counted if n),
    ]


def _rulings(conn: Connection, workshop_id: str, numbers: set[int]) -> list[Sentence]:
    ruled = [one for one in decisions(conn, workshop_id) if one.row.number in numbers]
    return [
        Sentence(RULED[one.row.ruling], {"text": _text(row)}) for one in ruled for row in one.rows
    ]


def _text(row: DecisionRow) -> str:
    return str(row.pinned["text"])


def _published(conn: Connection, workshop_id: str, actor: Actor, lines: Any) -> list[Sentence]:
    """The results that were published since, as far as they still are."""
    ids = dict.fromkeys(line.ids["round"] for line in lines if line.kind == "round_published")
    told = LOADERS["result"](conn, workshop_id, actor) if ids else {}
    return [Sentence(RESULT, {"text": told[id_]}) for id_ in ids if id_ in told]


def _reworded(conn: Connection, workshop_id: str, actor: Actor, lines: Any) -> list[Sentence]:
    """What reads otherwise now, as it reads."""
    if not lines:
        return []
    changed = changes_since(conn, workshop_id, actor, lines[0].number - 1)
    return [Sentence(REWORDED, {"text": one.text}) for one in changed if one.before is not None]
