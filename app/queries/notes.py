"""Notes, as far as a viewer may read them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.errors import NotFound
from app.models import Group, Note
from app.policy import Actor, may_write
from app.queries import mentions
from app.queries.before_the_room import NOBODY
from app.queries.mentions import Piece
from app.queries.step import agenda_of, workshop_row

# What the big screen may show is less than what people may see on their own.
SCREEN = Actor(roles=frozenset({"screen"}))

HALL = 900  # signs of a note that a hall reads from afar
LINE = 40  # signs that a broken line costs


@dataclass(frozen=True)
class NoteView:
    """A note with the name of the group it was taken in, and what it refers to worded."""

    row: Any
    group: str
    pieces: list[Piece]

    cut: bool = False

    @property
    def length(self) -> int:
        """How many signs are read; what a reader may not see takes a word."""
        return sum(len(piece.text or "…") for piece in self.pieces)

    @property
    def refers(self) -> bool:
        """Whether something stands in it that a field shows as a bare reference."""
        return any(piece.kind for piece in self.pieces)


@dataclass(frozen=True)
class Section:
    """An agenda item with its notes; without one, the meeting as a whole."""

    item: Any
    notes: list[NoteView]


def notes(conn: Connection, workshop_id: str, actor: Actor) -> list[Any]:
    """All notes for the writers, the released ones for everybody else; never who took them."""
    query: Any = (
        select(
            Note,
            col(Note.agenda_item_id).label("item"),
            col(Note.group_id).label("group"),
            col(Group.name).label("group_name"),
        )
        .join(Group, col(Group.id) == col(Note.group_id), isouter=True)
        .where(Note.workshop_id == workshop_id)
    )
    if not may_write(actor):
        query = query.where(col(Note.released).is_(True))
    return list(conn.execute(query.order_by(col(Note.at), col(Note.id))))


def note(conn: Connection, workshop_id: str, actor: Actor, note_id: str) -> Any:
    """One of them, or NotFound."""
    for found in notes(conn, workshop_id, actor):
        if found.id == note_id:
            return found
    raise NotFound


def notebook(conn: Connection, workshop_id: str, actor: Actor) -> list[Section]:
    """The writers' desk: the present item, then every other of the agenda, the meeting as a whole
    at the end."""
    found = _sections(conn, workshop_id, actor, agenda_of(conn, workshop_id))
    now = workshop_row(conn, workshop_id).current_item_id
    return sorted(found, key=lambda section: section.item is None or section.item.id != now)


def released(conn: Connection, workshop_id: str, viewer: Actor = NOBODY) -> list[Section]:
    """The released notes in the order of the agenda; items without any are left out."""
    found = _sections(conn, workshop_id, viewer, agenda_of(conn, workshop_id))
    return [section for section in found if section.notes]


def beside_the_agenda(conn: Connection, workshop_id: str) -> dict[str, Any]:
    """The room's: those of the present item first, then the others from the latest item on."""
    now = workshop_row(conn, workshop_id).current_item_id
    backwards = released(conn, workshop_id)[::-1]
    backwards.sort(key=lambda section: section.item is None or section.item.id != now)
    return {"sections": backwards, "now": now}


def on_the_screen(conn: Connection, workshop_id: str, note_id: str | None) -> NoteView | None:
    """One note as the hall may see it, while it is released."""
    found = [row for row in notes(conn, workshop_id, NOBODY) if row.id == note_id and row.text]
    return _fitting(_views(conn, workshop_id, SCREEN, found)[0]) if found else None


def _fitting(note: NoteView) -> NoteView:
    """A note as far as a hall can read it: a line that ends early takes its room too."""
    found: list[Piece] = []
    room = HALL
    for piece in note.pieces:
        words = (piece.text or "")[:room]
        room -= len(words) + LINE * words.count("\n")
        found.append(Piece(piece.kind, words if piece.text is not None else None))
        if room <= 0 or len(words) < len(piece.text or ""):
            return replace(note, pieces=found, cut=True)
    return note


def _sections(
    conn: Connection, workshop_id: str, viewer: Actor, items: Sequence[Any]
) -> list[Section]:
    rows = [row for row in notes(conn, workshop_id, viewer) if row.text]
    views = _views(conn, workshop_id, viewer, rows)
    return [
        Section(item, [view for view in views if view.row.item == (item.id if item else None)])
        for item in (*items, None)
    ]


def _views(
    conn: Connection, workshop_id: str, viewer: Actor, rows: Sequence[Any]
) -> list[NoteView]:
    known = mentions.wordings(conn, workshop_id, viewer, [row.text for row in rows])
    return [NoteView(row, row.group_name or "", mentions.pieces(row.text, known)) for row in rows]
