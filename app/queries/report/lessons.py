"""Released lessons learned as the report prints them."""

from sqlalchemy import Connection

from app.errors import N_
from app.queries.lessons import Link, released_lessons
from app.queries.report.shape import LessonReport
from app.queries.report.words import Say

NAMED = {
    "evidence": N_("Evidence: {text}"),
    "proposal": N_("Proposal: {text}"),
    "row": N_("Row: {text}"),
}


def lessons(conn: Connection, workshop_id: str, say: Say) -> list[LessonReport]:
    """In the order in which they were told, as everybody may read them."""
    return [
        LessonReport(
            id=one.id,
            context=one.said.context,
            tried=one.said.tried,
            result=one.said.result,
            transferability=one.said.transferability,
            rests_on=[_named(link, say) for link in one.links if link.text is not None],
            by=one.by.text,
        )
        for one in released_lessons(conn, workshop_id, None)
    ]


def _named(link: Link, say: Say) -> str:
    return say(NAMED[link.kind]).format(text=link.text)
