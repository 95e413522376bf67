"""Exports: one file for each format, fed by the report. To add one: a file and a line here."""

from app.exports import (
    agenda_ics,
    bundle,
    grid_csv,
    long_csv,
    matrix_docx,
    matrix_html,
    matrix_pdf,
    matrix_xlsx,
    rankings_preflib,
    record_json,
    whole_meeting,
)
from app.exports.base import Export

FORMATS = (
    matrix_xlsx.EXPORT,
    matrix_docx.EXPORT,
    matrix_pdf.EXPORT,
    long_csv.EXPORT,
    grid_csv.EXPORT,
    record_json.EXPORT,
    agenda_ics.EXPORT,
    rankings_preflib.EXPORT,
    matrix_html.EXPORT,
)
EXPORTS: dict[str, Export] = {export.id: export for export in (*FORMATS, bundle.export_of(FORMATS))}
# What is made in the background on demand: every format, and the whole meeting for its owner.
MADE: dict[str, Export] = {**EXPORTS, whole_meeting.EXPORT.id: whole_meeting.EXPORT}

__all__ = ["EXPORTS", "FORMATS", "MADE", "Export"]
