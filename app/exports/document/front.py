"""What comes first: the mark of a trial, the standing paragraph, conclusions and components."""

from collections.abc import Sequence

from app.errors import N_
from app.exports.document.paper import LEAD, Paper
from app.exports.sentences import made
from app.queries.report.shape import Wording

STANDING = N_(
    "This document is no official record of the meeting and need not reflect every view expressed "
    "there. Votes indicate and do not bind; a row is agreed only by the chair’s decision."
)
AGREED_AS = N_("{ruling}, decision no. {number}")


def front(paper: Paper) -> None:
    """Title, standing paragraph, where and when."""
    meeting = paper.report.meeting
    paper.heading(meeting.title, 0)
    paper.text(paper.say(STANDING), LEAD)
    dates = " – ".join(day.isoformat() for day in (meeting.starts_on, meeting.ends_on) if day)
    where = ", ".join(part for part in (meeting.place, dates) if part)
    if where:
        paper.text(where)
    if meeting.trial:
        paper.trial(meeting.trial)
    paper.foot(f"{meeting.title} · {made(paper.report, paper.say)}")


def wordings(paper: Paper, heading: str, texts: Sequence[Wording]) -> None:
    """Conclusions or components with how each stands."""
    if not texts:
        return
    paper.heading(paper.say(heading), 1)
    for one in texts:
        stands = one.ruling
        if one.decision:
            words = paper.say(AGREED_AS)
            stands = words.format(ruling=one.ruling, number=one.decision)
        gist = f" {one.gist.rstrip('.')}." if one.gist else ""
        paper.bullet(f"{one.text.rstrip('.')}.{gist} ({stands})")
