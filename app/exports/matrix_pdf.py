"""The report as pages that look the same everywhere."""

from app.errors import N_
from app.exports.base import Export, Say
from app.exports.document import write_report
from app.exports.document.pages import Pages
from app.queries.report.shape import Report


def write(report: Report, say: Say) -> bytes:
    """The pages as bytes."""
    pages = Pages(report, say)
    write_report(pages)
    return pages.save()


EXPORT = Export("pdf", N_("Report (PDF)"), "application/pdf", "pdf", write, heavy=True)
