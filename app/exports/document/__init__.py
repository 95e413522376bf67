"""The report as a document: its parts, and the two kinds of paper that they are written on."""

from app.errors import N_
from app.exports.document.annexes import agenda, evidence, parked, participants
from app.exports.document.front import front, wordings
from app.exports.document.lessons import lessons
from app.exports.document.matrix import matrix
from app.exports.document.method import decisions, method
from app.exports.document.notes import notes
from app.exports.document.paper import Paper

DEFINITIONS = N_("Working definitions, for this meeting alone")


def write_report(paper: Paper) -> None:
    """Conclusions, matrix, notes, lessons, method, decisions, annexes: the same on every paper."""
    front(paper)
    wordings(paper, N_("Conclusions"), paper.report.conclusions)
    wordings(paper, DEFINITIONS, paper.report.definitions)
    wordings(paper, N_("Framework components"), paper.report.components)
    for part in (matrix, notes, lessons, method, decisions, parked, evidence, agenda, participants):
        part(paper)
