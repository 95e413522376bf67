"""The workbook: matrix, cells, outcomes with charts, ballots, participants, agenda, record."""

from app.errors import N_
from app.exports.base import Export, Say
from app.exports.workbook.book import Book
from app.exports.workbook.cells import cells
from app.exports.workbook.lists import agenda, ballots, participants, record
from app.exports.workbook.matrix import matrix
from app.exports.workbook.outcomes import outcomes
from app.queries.report.shape import Report


def write(report: Report, say: Say) -> bytes:
    """The workbook as bytes. Every cell is text, but for the numbers that the charts draw."""
    book = Book(report, say)
    for sheet in (matrix, cells, outcomes, ballots, participants, agenda, record):
        sheet(book)
    return book.close()


EXPORT = Export(
    "xlsx",
    N_("Matrix and outcomes (XLSX)"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xlsx",
    write,
    heavy=True,
)
