"""The long table: one row for each area with one response."""

import csv
import io

from app.errors import N_
from app.exports.base import Export, Say
from app.formats.columns import COLUMNS, csv_name
from app.formats.inert import quoted
from app.queries.report.shape import Report


def write(report: Report, _say: Say) -> bytes:
    """CSV in UTF-8 with a byte order mark, which spreadsheets need to read it right."""
    out = io.StringIO()
    writer = csv.writer(out)
    names = [csv_name(column) for column in COLUMNS]
    trial = ["trial"] if report.meeting.trial else []
    writer.writerow([*names, "draft_since", *trial])
    for row in report.rows:
        cells = [quoted(column.of(row)) for column in COLUMNS]
        mark = [report.meeting.trial] if trial else []
        writer.writerow([*cells, quoted(row.draft), *mark])
    return out.getvalue().encode("utf-8-sig")


EXPORT = Export("csv", N_("Matrix as a long table (CSV)"), "text/csv; charset=utf-8", "csv", write)
