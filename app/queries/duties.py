"""What is owed to the meeting: by one person, for their own page; by everybody, for those who run
it. Nobody is named whom the attribution rule or a round's secrecy hides."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, func, select

from app.activities.sentences import Sentence
from app.errors import N_
from app.models import Flag, Lesson, Note, Parked
from app.policy import Actor, Verdict, may_moderate, may_park, may_write
from app.queries.matrix import Row, matrix
from app.queries.misreadings import misread
from app.queries.own_proposals import own_proposals
from app.queries.proposals import proposals
from app.queries.rounds import round_view
from app.queries.turnout import turnout
from app.queries.workshops import open_rounds

MODERATORS, WRITERS, CHAIR = N_("Moderators"), N_("Rapporteurs"), N_("Chair")
NOT_NAMED = N_("Somebody who is not named")
AWAITED = N_("An answer is awaited: “{text}”")
SENT_BACK = N_("Sent back, to be worded anew: “{text}”")
HELD = {
    "pending": N_("Position reserved pending instructions: “{text}”"),
    "objection": N_("An objection stands: “{text}”"),
    "another_wording": N_("Another wording is asked for: “{text}”"),
}
ASKED_AGAIN = N_("The row was reworded since it was flagged: “{text}”")
OFFICE: tuple[tuple[str, Callable[[Actor], Verdict], str, str], ...] = (
    ("proposals", may_moderate, N_("Proposals to accept or send back: {n}"), "desk/proposals"),
    ("misread", may_moderate, N_("Wordings that their authors did not mean: {n}"),
     "desk/proposals"),
    ("lessons", may_moderate, N_("Lessons to release: {n}"), "desk/lessons"),
    ("notes", may_write, N_("Notes to release: {n}"), "desk/notes"),
    ("parked", may_park, N_("Matters still parked: {n}"), "control"),
)  # fmt: skip
HELD_BY = {"notes": WRITERS, "parked": CHAIR}
UNRULED = N_("Rows to rule on: {n}")


@dataclass(frozen=True)
class Duty:
    """One thing owed: what, and where under /w/{id}/ one goes to do it. `who` owes it is a word of
    ours (`office`) or a name; empty on one's own page. `about` is the id of a round, where it is
    one's answer."""

    sentence: Sentence
    path: str
    who: str = ""
    office: bool = False
    about: str = ""


def own_duties(conn: Connection, workshop_id: str, actor: Actor) -> list[Duty]:
    """What this person owes: answers, wordings, flags that hold a row up, and what their office
    brings with it."""
    return [
        *_own_answers(conn, workshop_id, actor),
        *_own_words(conn, workshop_id, actor),
        *_own_flags(conn, workshop_id, actor),
        *_of_office(conn, workshop_id, actor),
    ]


def all_duties(conn: Connection, workshop_id: str, actor: Actor) -> list[Duty]:
    """What anybody owes, for those who run the meeting."""
    counts = _counts(conn, workshop_id)
    offices = [
        Duty(Sentence(said, {"n": counts[name]}), path, HELD_BY.get(name, MODERATORS), office=True)
        for name, _, said, path in OFFICE
        if counts[name]
    ]
    return [
        *_chairs(conn, workshop_id),
        *offices,
        *_answers(conn, workshop_id),
        *_flags(conn, workshop_id),
        *_sent_back(conn, workshop_id, actor),
    ]


def _own_answers(conn: Connection, workshop_id: str, actor: Actor) -> Iterator[Duty]:
    for one in open_rounds(conn, workshop_id):
        view = round_view(conn, workshop_id, one.id, actor)
        if view.may_vote and not (view.own_number or view.own_mark):
            yield Duty(Sentence(AWAITED, {"text": one.question}), "room", about=one.id)


def _own_words(conn: Connection, workshop_id: str, actor: Actor) -> Iterator[Duty]:
    for one in own_proposals(conn, workshop_id, actor):
        if one.status == "returned":
            yield Duty(Sentence(SENT_BACK, {"text": one.text}), "mine/proposals")


def _own_flags(conn: Connection, workshop_id: str, actor: Actor) -> Iterator[Duty]:
    """Most people have none, and then the matrix need not be laid out for them."""
    standing = select(Flag.id).where(
        Flag.participant_id == actor.participant_id, col(Flag.withdrawn_at).is_(None)
    )
    if actor.participant_id is None or conn.execute(standing).first() is None:
        return
    for row in _open_rows(conn, workshop_id, actor):
        for flag in row.flags:
            if flag.own and flag.asked_again:
                yield Duty(Sentence(ASKED_AGAIN, {"text": row.text}), "room")
            elif flag.own and flag.flag in HELD and not flag.taken_up:
                yield Duty(Sentence(HELD[flag.flag], {"text": row.text}), "room")


def _of_office(conn: Connection, workshop_id: str, actor: Actor) -> Iterator[Duty]:
    if actor.has("chair"):
        yield from (Duty(one.sentence, one.path) for one in _chairs(conn, workshop_id))
    due = [one for one in OFFICE if one[1](actor)]
    counts = _counts(conn, workshop_id) if due else {}
    for name, _, said, path in due:
        if counts[name]:
            yield Duty(Sentence(said, {"n": counts[name]}), path)


def _chairs(conn: Connection, workshop_id: str) -> list[Duty]:
    rows = len(_open_rows(conn, workshop_id, None))
    return [Duty(Sentence(UNRULED, {"n": rows}), "control", CHAIR, office=True)] if rows else []


def _answers(conn: Connection, workshop_id: str) -> Iterator[Duty]:
    """Who has not answered yet, where names may be shown; else how many at most."""
    for one in open_rounds(conn, workshop_id):
        sentence = Sentence(AWAITED, {"text": one.question})
        said = turnout(conn, one.id)
        if one.secrecy in ("named", "delegation"):
            if said.missing:
                yield Duty(sentence, "control", ", ".join(seat.label for seat in said.missing))
        elif said.missing:
            left = {"n": said.eligible - said.cast, "text": one.question}
            most = N_("Answers awaited, at most {n}: “{text}”")
            yield Duty(Sentence(most, left), "control", NOT_NAMED, office=True)


def _flags(conn: Connection, workshop_id: str) -> Iterator[Duty]:
    for row in _open_rows(conn, workshop_id, None):
        for flag in row.flags:
            if flag.flag in HELD and not flag.taken_up:
                said = Sentence(HELD[flag.flag], {"text": row.text})
                yield Duty(said, "control", flag.by or NOT_NAMED, office=not flag.by)


def _sent_back(conn: Connection, workshop_id: str, actor: Actor) -> Iterator[Duty]:
    for one in proposals(conn, workshop_id, actor):
        if one.row.status == "returned":
            said = Sentence(SENT_BACK, {"text": one.text})
            yield Duty(said, "desk/proposals", one.by.text or NOT_NAMED, office=not one.by.text)


def _open_rows(conn: Connection, workshop_id: str, viewer: Actor | None) -> list[Row]:
    whole = matrix(conn, workshop_id, viewer)
    return [row for row in (*whole.cells, *whole.wordings) if not row.settled]


def _counts(conn: Connection, workshop_id: str) -> dict[str, int]:
    def count(model: Any, *where: Any) -> int:
        here = select(func.count()).select_from(model).where(model.workshop_id == workshop_id)
        return int(conn.execute(here.where(*where)).scalar_one())

    everything = proposals(conn, workshop_id, Actor(roles=frozenset({"facilitator"})))
    return {
        "proposals": sum(one.row.status == "waiting" for one in everything),
        "misread": len(misread(conn, workshop_id, None)),
        "lessons": count(Lesson, col(Lesson.released).is_(False), col(Lesson.removed_at).is_(None)),
        "notes": count(Note, col(Note.released).is_(False), Note.text != ""),
        "parked": count(Parked, Parked.status == "parked"),
    }
