"""The grid: priority areas down, levels of action across, responses in the cells."""

import csv
import io

from app.errors import N_
from app.exports.base import Export, Say
from app.formats.inert import quoted
from app.queries.report.shape import MatrixRow, Report


def write(report: Report, say: Say) -> bytes:
    """CSV in UTF-8; a cell holds one response a line with how it stands."""
    levels = list(dict.fromkeys(row.level for row in report.rows if row.response))
    areas: dict[str, list[MatrixRow]] = {}
    for row in report.rows:
        areas.setdefault(f"{row.area_no} {row.area}".strip(), []).append(row)
    out = io.StringIO()
    writer = csv.writer(out)
    heading = [say("Component"), say("Priority area"), *levels]
    writer.writerow([quoted(cell) for cell in heading])
    for area, rows in areas.items():
        cells = [_cell(rows, level) for level in levels]
        writer.writerow([quoted(cell) for cell in (rows[0].component, area, *cells)])
    if report.meeting.trial:
        writer.writerow([quoted(report.meeting.trial)])
    return out.getvalue().encode("utf-8-sig")


def _cell(rows: list[MatrixRow], level: str) -> str:
    here = [row for row in rows if row.response and row.level == level]
    return "\n".join(f"{row.response} ({row.agreement})" for row in here)


EXPORT = Export(
    "grid.csv", N_("Matrix as a grid (CSV)"), "text/csv; charset=utf-8", "grid.csv", write
)
