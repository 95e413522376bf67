"""The long table: one row for each area with one response, and every column of the matrix."""

import csv
import io

from app.errors import N_
from app.exports.base import Export, Say
from app.formats.columns import BESIDE, COLUMNS, csv_name
from app.formats.inert import quoted
from app.queries.report.shape import Report


def write(report: Report, _say: Say) -> bytes:
    """CSV in UTF-8 with a byte order mark, which spreadsheets need to read it right.

    The response is the agreed text where there is a decision; `draft_text` is what was written
    since and is not agreed; `cell` says how the cell stands. A trial has a last column that says so
    on every row.
    """
    trial = [report.meeting.trial] if report.meeting.trial else []
    out = io.StringIO()
    writer = csv.writer(out)
    columns = (*COLUMNS, *BESIDE)
    names = [csv_name(column) for column in columns]
    writer.writerow([*names, *(["trial"] if trial else [])])
    for row in report.rows:
        cells = [*(column.of(row) for column in columns), *trial]
        writer.writerow([quoted(cell) for cell in cells])
    return out.getvalue().encode("utf-8-sig")


EXPORT = Export("csv", N_("Matrix as a long table (CSV)"), "text/csv; charset=utf-8", "csv", write)
