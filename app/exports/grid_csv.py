"""The grid: priority areas down, levels of action across, responses in the cells."""

import csv
import io
from itertools import groupby

from app.errors import N_
from app.exports.base import Export, Say
from app.formats.inert import quoted
from app.queries.report.shape import MatrixRow, Report

LOOSE = N_("Without a level")


def write(report: Report, say: Say) -> bytes:
    """CSV in UTF-8; a cell holds one response a line with how it stands. Responses that name no
    level stand in the last column, areas without any response in a row that says so."""
    named = dict.fromkeys(row.level for row in report.rows if row.response)
    levels = sorted(named, key=lambda level: level == "")
    out = io.StringIO()
    writer = csv.writer(out)
    heading = [N_("Component"), N_("Area no."), N_("Priority area")]
    mark = [report.meeting.trial] if report.meeting.trial else []
    writer.writerow([*map(say, heading), *(quoted(level or say(LOOSE)) for level in levels), *mark])
    for (component, number, area), rows in groupby(
        report.rows, lambda row: (row.component, row.area_no, row.area)
    ):
        cells = _cells(list(rows), levels)
        writer.writerow([quoted(cell) for cell in (component, number, area, *cells)])
    return out.getvalue().encode("utf-8-sig")


def _cells(rows: list[MatrixRow], levels: list[str]) -> list[str]:
    responses = [row for row in rows if row.response]
    if not responses:
        return [rows[0].agreement, *([""] * (len(levels) - 1))] if levels else [rows[0].agreement]
    return [
        "\n".join(
            f"{row.response_no} {row.response} ({_stands(row)})".strip()
            for row in responses
            if row.level == level
        )
        for level in levels
    ]


def _stands(row: MatrixRow) -> str:
    """How the row stands, then how its cell does."""
    return "; ".join(filter(None, (row.agreement, row.cell.rstrip("."))))


EXPORT = Export(
    "grid.csv", N_("Matrix as a grid (CSV)"), "text/csv; charset=utf-8", "grid.csv", write
)
