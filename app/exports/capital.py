"""The draft for a delegation's capital, as a document and as one page: the same numbered lines in
both. It is made for one member of a delegation, so it is in no list of formats."""

from collections.abc import Callable
from dataclasses import dataclass

from app.errors import N_
from app.exports.base import Say
from app.exports.document.front import STANDING
from app.exports.document.paper import LEAD, SMALL, Paper
from app.exports.document.word import WordPaper
from app.exports.sentences import made
from app.queries.capital import CapitalDraft, DraftRow, Part
from app.render.moments import at
from app.render.pages import standalone

FOR = N_("The draft for the capital: {delegation}")
HEADINGS = (N_("Line"), N_("Text"), N_("Standing"), N_("Your delegation’s flags"))
SHARES = (0.9, 12.0, 2.6, 4.5)
DRAFT = N_("Draft since the decision, not agreed:")
OTHERS = N_("Flagged by others:")
NOTES = N_("Your private notes")


def write_docx(draft: CapitalDraft, say: Say) -> bytes:
    """The editable document."""
    paper = WordPaper(draft.report, say)
    _front(paper, draft)
    for part in draft.parts:
        _part(paper, part)
    if draft.notes:
        paper.heading(say(NOTES), 1)
    for note in draft.notes:
        paper.text(note.text, bold=f"{at(note.at, draft.zone):%Y-%m-%d %H:%M}")
    return paper.save()


def write_html(draft: CapitalDraft, say: Say) -> bytes:
    """One page that needs no server and no network."""
    report = draft.report
    whole = standalone(
        "exports/capital.html",
        "matrix-file",
        lang=report.language,
        draft=draft,
        report=report,
        made=made(report, say),
        standing=say(STANDING),
    )
    return whole.encode()


def _front(paper: Paper, draft: CapitalDraft) -> None:
    meeting = paper.report.meeting
    paper.heading(meeting.title, 0)
    paper.text(paper.say(FOR).format(delegation=draft.delegation))
    paper.text(paper.say(STANDING), LEAD)
    if meeting.trial:
        paper.trial(meeting.trial)
    paper.foot(f"{meeting.title} · {made(paper.report, paper.say)}")


def _part(paper: Paper, part: Part) -> None:
    paper.heading(_heading(part), part.level)
    if part.rows:
        headings = [paper.say(heading) for heading in HEADINGS]
        paper.table(headings, SHARES, [_cells(row) for row in part.rows])
    for row in part.rows:
        _below(paper, row)


def _heading(part: Part) -> str:
    """An area's own lines are counted too."""
    if part.area is None:
        return part.heading
    first, last = part.area.first, part.area.last
    lines = f"{first}" if first == last else f"{first}–{last}"
    return " ".join(filter(None, (lines, part.heading, *part.area.texts)))


def _cells(row: DraftRow) -> tuple[str, str, str, str]:
    return row.lines.numbers, row.lines.text, row.standing, "\n".join(row.own)


def _below(paper: Paper, row: DraftRow) -> None:
    """What was written since the row was adopted, and what others said to it."""
    number = str(row.lines.first)
    for n, text in row.draft.numbered if row.draft else ():
        first = row.draft is not None and n == row.draft.first
        paper.text(text, SMALL, bold=f"{n} {paper.say(DRAFT)}" if first else str(n))
    if row.others:
        paper.text("; ".join(row.others), SMALL, bold=f"{number} {paper.say(OTHERS)}")


@dataclass(frozen=True)
class Kind:
    """One kind of file: its type, how its name ends, and how it is written."""

    media_type: str
    extension: str
    write: Callable[[CapitalDraft, Say], bytes]


KINDS = {
    "docx": Kind(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "docx",
        write_docx,
    ),
    "html": Kind("text/html; charset=utf-8", "html", write_html),
}
