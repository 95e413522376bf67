"""Lessons learned, as far as a viewer may read them and know who told them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.errors import NotFound
from app.models import Lesson, LessonVersion
from app.policy import MODERATOR, Actor, may_moderate
from app.queries import mentions
from app.queries.attribution import Attribution, authors, shown_as
from app.queries.evidence import evidence
from app.queries.step import workshop_row

# What a lesson names of each kind, and how the kind is called where it is worded.
KINDS = {"evidence": "evidence", "proposals": "proposal", "rows": "row"}
Words = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Link:
    """What a lesson rests on; no `text` where its reader may not see it, or it is no more."""

    kind: str
    id: str
    text: str | None


@dataclass(frozen=True)
class LessonView:
    """A lesson as it reads now, signed as far as the viewer may know."""

    row: Any
    said: Any
    by: Attribution
    links: list[Link]

    @property
    def id(self) -> str:
        return str(self.row.id)

    @property
    def length(self) -> int:
        """How many signs a hall would read."""
        return sum(len(getattr(self.said, name)) for name in ("context", "tried", "result"))

    def names(self, ids: Iterable[str]) -> bool:
        """Whether it rests on one of these."""
        return not {link.id for link in self.links}.isdisjoint(ids)


def lessons(conn: Connection, workshop_id: str, viewer: Actor | None) -> list[LessonView]:
    """In the order in which they were told: the released ones, one's own, and all of them for
    moderators (None: everybody)."""
    rule = workshop_row(conn, workshop_id).attribution
    rows = conn.execute(
        select(Lesson)
        .where(Lesson.workshop_id == workshop_id, col(Lesson.removed_at).is_(None))
        .order_by(col(Lesson.number))
    )
    seen = [row for row in rows if _visible(row, viewer)]
    if not seen:
        return []
    said = _said(conn, [row.current_id for row in seen])
    known, people = _words(conn, workshop_id, viewer), authors(conn, workshop_id)
    return [
        LessonView(
            row=row,
            said=said[row.current_id],
            by=shown_as(people.get(row.author_id), viewer, rule),
            links=_links(said[row.current_id], known),
        )
        for row in seen
    ]


def lesson(conn: Connection, workshop_id: str, viewer: Actor, lesson_id: str) -> LessonView:
    """One of them, or NotFound."""
    for found in lessons(conn, workshop_id, viewer):
        if found.id == lesson_id:
            return found
    raise NotFound


def released_lessons(conn: Connection, workshop_id: str, viewer: Actor | None) -> list[LessonView]:
    """Those that everybody may read, worded for this reader."""
    return [one for one in lessons(conn, workshop_id, viewer) if one.row.released]


def lessons_on(
    conn: Connection, workshop_id: str, viewer: Actor, ids: Iterable[str]
) -> list[LessonView]:
    """The released lessons that rest on one of these."""
    wanted = list(ids)
    return [one for one in released_lessons(conn, workshop_id, viewer) if one.names(wanted)]


def lessons_at_the_desk(conn: Connection, workshop_id: str) -> dict[str, Any]:
    """All of them for those who moderate, the waiting ones first, and how each read before."""
    found = lessons(conn, workshop_id, MODERATOR)
    return {
        "lessons": sorted(found, key=lambda one: one.row.released),
        "on_screen": workshop_row(conn, workshop_id).screen.get("lesson"),
        "workshop_id": workshop_id,
    }


def to_link(conn: Connection, workshop_id: str, viewer: Actor) -> Words:
    """What a lesson can name, by kind and id, as this writer may see it."""
    return _words(conn, workshop_id, viewer)


def _visible(row: Any, viewer: Actor | None) -> bool:
    if row.released:
        return True
    if viewer is None:
        return False
    own = viewer.participant_id is not None and viewer.participant_id == row.author_id
    return own or bool(may_moderate(viewer))


def _said(conn: Connection, ids: list[str]) -> dict[str, Any]:
    rows = conn.execute(select(LessonVersion).where(col(LessonVersion.id).in_(ids)))
    return {row.id: row for row in rows}


def _words(conn: Connection, workshop_id: str, viewer: Actor | None) -> Words:
    reader = viewer or Actor()
    sources = {
        one.id: f"{one.own_key} {one.title}" if one.own_key else one.title
        for one in evidence(conn, workshop_id)
    }
    load = mentions.LOADERS
    known = {kind: load[kind](conn, workshop_id, reader) for kind in ("proposal", "row")}
    return {"evidence": sources, **known}


def _links(said: Any, known: Words) -> list[Link]:
    return [
        Link(kind, id_, known[kind].get(id_))
        for column, kind in KINDS.items()
        for id_ in getattr(said, column)
    ]
