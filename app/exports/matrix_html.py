"""The agreed matrix as one page that everybody may take home; it needs no server and no network."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from app.errors import N_
from app.exports.base import Export, Say
from app.exports.document.front import STANDING
from app.exports.sentences import made
from app.queries.report import open_report
from app.queries.report.shape import MatrixRow, Report
from app.render.pages import standalone

ADOPTED = ("consensus", "no_objection", "with_reservations")
Areas = list[tuple[MatrixRow, list[MatrixRow]]]


def write(report: Report, say: Say) -> bytes:
    """The page as bytes."""
    whole = standalone(
        "exports/matrix.html",
        "matrix-file",
        lang=report.language,
        report=report,
        groups=_groups(report.rows),
        adopted=ADOPTED,
        made=made(report, say),
        standing=say(STANDING),
    )
    return whole.encode()


def _groups(rows: list[MatrixRow]) -> list[tuple[str, Areas]]:
    """Components with their areas, each by its first row, with the rows that have a response."""
    return [
        (component, list(map(_area, _by_area(own))))
        for component, own in groupby(rows, lambda row: row.component)
    ]


def _by_area(rows: Iterable[MatrixRow]) -> Iterator[list[MatrixRow]]:
    for _, own in groupby(rows, lambda row: (row.area_no, row.area)):
        yield list(own)


def _area(rows: list[MatrixRow]) -> tuple[MatrixRow, list[MatrixRow]]:
    return rows[0], [row for row in rows if row.response]


EXPORT = Export(
    "html",
    N_("Matrix as one page (HTML)"),
    "text/html; charset=utf-8",
    "html",
    write,
    open_report,
    open=True,
)
