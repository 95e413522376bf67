"""The lessons learned that were released."""

from app.errors import N_
from app.exports.document.paper import SMALL, Paper
from app.queries.report.shape import LessonReport


def lessons(paper: Paper) -> None:
    """Each lesson under what was tried: where, what came of it, where else it might serve."""
    if not paper.report.lessons:
        return
    paper.heading(paper.say(N_("Lessons learned")), 1)
    for one in paper.report.lessons:
        _lesson(paper, one)


def _lesson(paper: Paper, one: LessonReport) -> None:
    paper.text(one.by, bold=one.tried)
    for name, text in (
        (N_("Context:"), one.context),
        (N_("Result:"), one.result),
        (N_("Where else it might serve:"), one.transferability),
    ):
        if text:
            paper.text(text, bold=paper.say(name))
    if one.rests_on:
        paper.text(" · ".join(one.rests_on), SMALL)
