"""Released notes as the report prints them."""

from sqlalchemy import Connection

from app.errors import N_
from app.queries.mentions import Piece
from app.queries.notes import released
from app.queries.report.shape import NoteReport
from app.queries.report.words import Say

REFERENCE = N_("“{text}”")
NOT_SHOWN = N_("[not shown here]")


def notes(conn: Connection, workshop_id: str, say: Say) -> list[NoteReport]:
    """The released ones in the order of the agenda, as everybody may read them."""
    return [
        NoteReport(
            item=section.item.title if section.item else "",
            group=note.group,
            text="".join(_said(piece, say) for piece in note.pieces),
            id=note.row.id,
        )
        for section in released(conn, workshop_id)
        for note in section.notes
    ]


def _said(piece: Piece, say: Say) -> str:
    if piece.text is None:
        return say(NOT_SHOWN)
    return say(REFERENCE).format(text=piece.text) if piece.kind else piece.text
