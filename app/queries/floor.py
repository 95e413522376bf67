"""Who speaks, who waits, and how long whom was listened to, under the present agenda item.

Those who run the floor call people by their names. Everybody else sees a speaker as the
attribution rule shows the author of anything else.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app import clock
from app.activities.floor import Asked, Terms, in_order
from app.models import Speaker
from app.policy import Actor, Verdict, may_ask_for_floor
from app.queries.attribution import Attribution, Author, authors, shown_as
from app.queries.step import workshop_row


@dataclass(frozen=True)
class Turn:
    """One turn with whose it is; `turns` and `seconds` are what their delegation, or they
    themselves, have had before."""

    row: Any
    author: Author
    turns: int = 0
    seconds: int = 0

    @property
    def id(self) -> str:
        return str(self.row.id)

    @property
    def began(self) -> str:
        """When it began, for the clock in the page to count from."""
        return clock.stamp(self.row.given_at)

    @property
    def ends(self) -> str:
        """When its time is over, for the clock to count down to; empty where it has no limit."""
        if not self.row.seconds:
            return ""
        return clock.stamp(self.row.given_at + timedelta(seconds=self.row.seconds))


@dataclass(frozen=True)
class Floor:
    """The floor as those who run it see it: who speaks, and who waits, the next one first."""

    workshop_id: str
    terms: Terms
    speaking: Turn | None
    waiting: list[Turn]


def floor(conn: Connection, workshop_id: str) -> Floor:
    """The list of the present item."""
    workshop = workshop_row(conn, workshop_id)
    people = authors(conn, workshop_id)
    rows = _rows(conn, workshop)
    had, heard = _spoken(rows, people)

    def turn(row: Any) -> Turn:
        voice = _voice(people[row.participant_id])
        return Turn(row, people[row.participant_id], had[voice], heard[voice])

    now = next((row for row in rows if row.status == "speaking"), None)
    return Floor(
        workshop_id,
        Terms.of(workshop.floor),
        turn(now) if now else None,
        [turn(row) for row in _ordered(rows, people, had, workshop)],
    )


def waiting_in_order(conn: Connection, workshop_id: str) -> list[Any]:
    """The rows of those who wait, the next one first."""
    return [turn.row for turn in floor(conn, workshop_id).waiting]


def speaking_now(conn: Connection, workshop_id: str) -> Any:
    """The turn that runs, under whatever item, or None."""
    return conn.execute(
        select(Speaker).where(Speaker.workshop_id == workshop_id, Speaker.status == "speaking")
    ).first()


@dataclass(frozen=True)
class OwnFloor:
    """The floor as one person in the room sees it: who speaks, and where they are on the list."""

    begun: bool
    terms: Terms
    speaking: Turn | None
    shown: Attribution
    own: Turn | None
    place: int
    may_ask: Verdict


def own_floor(conn: Connection, workshop_id: str, actor: Actor) -> OwnFloor:
    """What stands before this person."""
    workshop = workshop_row(conn, workshop_id)
    found = floor(conn, workshop_id)
    own = [n for n, one in enumerate(found.waiting) if one.author.id == actor.participant_id]
    return OwnFloor(
        begun=workshop.current_item_id is not None,
        terms=found.terms,
        speaking=found.speaking,
        shown=_shown(found, actor, workshop.attribution),
        own=found.waiting[own[0]] if own else None,
        place=own[0] + 1 if own else 0,
        may_ask=may_ask_for_floor(actor, found.terms.open),
    )


def floor_on_screen(conn: Connection, workshop_id: str) -> dict[str, Any]:
    """Who has the floor, as the big screen may say it, and how many wait."""
    found = floor(conn, workshop_id)
    rule = workshop_row(conn, workshop_id).attribution
    return {"floor": found, "speaker": _shown(found, None, rule)}


def _shown(found: Floor, viewer: Actor | None, rule: str) -> Attribution:
    return shown_as(found.speaking.author if found.speaking else None, viewer, rule)


def _rows(conn: Connection, workshop: Any) -> list[Any]:
    return list(
        conn.execute(
            select(Speaker)
            .where(
                Speaker.workshop_id == workshop.id,
                Speaker.agenda_item_id == workshop.current_item_id,
                Speaker.status != "withdrawn",
            )
            .order_by(col(Speaker.position), col(Speaker.id))
        )
    )


def _spoken(rows: list[Any], people: Mapping[str, Author]) -> tuple[Counter[str], Counter[str]]:
    """Turns and seconds that each voice has had; whoever speaks now is having a turn."""
    had, heard = Counter[str](), Counter[str]()
    for row in rows:
        if row.status == "waiting":
            continue
        voice = _voice(people[row.participant_id])
        had[voice] += 1
        if row.stopped_at:
            heard[voice] += round((row.stopped_at - row.given_at).total_seconds())
    return had, heard


def _ordered(
    rows: list[Any], people: Mapping[str, Author], had: Counter[str], workshop: Any
) -> list[Any]:
    waiting = {row.id: row for row in rows if row.status == "waiting"}
    asked = [
        Asked(row.id, _voice(people[row.participant_id]), row.position) for row in waiting.values()
    ]
    return [waiting[one.id] for one in in_order(asked, had, Terms.of(workshop.floor))]


def _voice(author: Author) -> str:
    return author.delegation or author.id
