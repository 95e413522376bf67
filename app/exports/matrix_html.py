"""The agreed matrix as one page that everybody may take home; it needs no server and no network."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from app.errors import N_
from app.exports.base import Export, Say
from app.exports.cells import named, without_row
from app.exports.document.front import STANDING
from app.exports.sentences import made
from app.queries.report import open_report
from app.queries.report.shape import CellReport, MatrixRow, Report
from app.render.pages import standalone

ADOPTED = ("consensus", "no_objection", "with_reservations")
Areas = list[tuple[MatrixRow, list[MatrixRow], list[str]]]


def write(report: Report, say: Say) -> bytes:
    """The page as bytes."""
    whole = standalone(
        "exports/matrix.html",
        "matrix-file",
        lang=report.language,
        report=report,
        groups=_groups(report),
        adopted=ADOPTED,
        made=made(report, say),
        standing=say(STANDING),
    )
    return whole.encode()


def _groups(report: Report) -> list[tuple[str, Areas]]:
    """Components with their areas, each by its first row, with the rows that have a response and
    the cells without a row, in a line each."""
    loose = without_row(report)
    return [
        (component, [_area(rows, loose) for rows in _by_area(own)])
        for component, own in groupby(report.rows, lambda row: row.component)
    ]


def _by_area(rows: Iterable[MatrixRow]) -> Iterator[list[MatrixRow]]:
    for _, own in groupby(rows, lambda row: (row.area_no, row.area)):
        yield list(own)


def _area(
    rows: list[MatrixRow], loose: dict[str, list[CellReport]]
) -> tuple[MatrixRow, list[MatrixRow], list[str]]:
    cells = loose.pop(rows[0].area_id, [])
    return rows[0], [row for row in rows if row.response], [named(cell) for cell in cells]


EXPORT = Export(
    "html",
    N_("Matrix as one page (HTML)"),
    "text/html; charset=utf-8",
    "html",
    write,
    open_report,
    open=True,
)
