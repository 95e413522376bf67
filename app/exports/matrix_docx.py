"""The report as an editable document."""

from app.errors import N_
from app.exports.base import Export, Say
from app.exports.document import write_report
from app.exports.document.word import WordPaper
from app.queries.report.shape import Report


def write(report: Report, say: Say) -> bytes:
    """The document as bytes."""
    paper = WordPaper(report, say)
    write_report(paper)
    return paper.save()


EXPORT = Export(
    "docx",
    N_("Report (DOCX)"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "docx",
    write,
    heavy=True,
)
