"""What comes first: the mark of a trial, the standing paragraph, conclusions, definitions
and components."""

from collections.abc import Sequence

from app.errors import N_
from app.exports.document.paper import LEAD, SMALL, Paper
from app.exports.sentences import made
from app.queries.report.shape import Wording

STANDING = N_(
    "This document is no official record of the meeting and need not reflect every view expressed "
    "there. Votes indicate and do not bind; a row is agreed only by the chair’s decision."
)
AGREED_AS = N_("{ruling}, decision no. {number}")
DRAFTS = N_("{heading}: drafts, not adopted")
DRAFT_SINCE = N_("Draft since the decision, not agreed:")


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
    """Conclusions, definitions or components: those adopted, then the drafts, called so."""
    adopted = [one for one in texts if one.adopted]
    drafts = [one for one in texts if not one.adopted]
    for words, level, some in ((heading, 1, adopted), (DRAFTS, 2 if adopted else 1, drafts)):
        if some:
            named = paper.say(words).format(heading=paper.say(heading))
            paper.heading(named, level)
        for one in some:
            _wording(paper, one)


def _wording(paper: Paper, one: Wording) -> None:
    """The text, how it stands, and what was written since it was adopted."""
    stands = one.ruling
    if one.decision:
        stands = paper.say(AGREED_AS).format(ruling=one.ruling, number=one.decision)
    gist = f" {one.gist.rstrip('.')}." if one.gist else ""
    paper.bullet(f"{one.text.rstrip('.')}.{gist} ({stands})")
    if one.draft:
        paper.text(one.draft, SMALL, bold=paper.say(DRAFT_SINCE))
