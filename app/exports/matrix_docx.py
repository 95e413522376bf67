"""The report as an editable document: standing paragraph, matrix, method note, decisions."""

from app.errors import N_
from app.exports.base import Export, Say
from app.exports.document.annexes import agenda, evidence, participants
from app.exports.document.front import front, wordings
from app.exports.document.matrix import matrix
from app.exports.document.method import decisions, method
from app.exports.document.paper import Paper
from app.queries.report.shape import Report


def write(report: Report, say: Say) -> bytes:
    """The document as bytes."""
    paper = Paper(report, say)
    front(paper)
    wordings(paper, N_("Conclusions"), report.conclusions)
    wordings(paper, N_("Framework components"), report.components)
    for part in (matrix, method, decisions, evidence, agenda, participants):
        part(paper)
    return paper.save()


EXPORT = Export(
    "docx",
    N_("Report (DOCX)"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "docx",
    write,
)
