"""XLSX: the first visible sheet, as the texts its cells show. Nothing in it is ever evaluated."""

import io
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from openpyxl import load_workbook

from app.errors import N_, Refused
from app.imports.package import Findings, inspect
from app.imports.tables import MOST_COLUMNS, Table, bad_cell, column_letter, table_of

UNREADABLE = N_("This workbook can't be read. Save it again as .xlsx, or export it as CSV.")
NO_SHEET = N_("This workbook has no visible sheet.")
MERGED = N_(
    "Cells {where} are merged, so it is not clear to which rows they belong. Unmerge them and "
    "import again."
)
NO_VALUE = N_(
    "Row {row}, column {column}: this formula was saved without its value. Replace it by its value."
)
AN_ERROR = N_("Row {row}, column {column}: this cell shows the error {value}.")
ERRORS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#GETTING_DATA")


def read(data: bytes) -> Table:
    """The table on the first visible sheet.

    Formulas give the value that was saved with them; dates come as 2016-05-11, times as 09:30.
    Raises Refused: xlsx_unsupported, xlsx_too_large, or csv_row for a cell without a value.
    """
    parts = inspect(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that do not concern us
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            try:
                return _table(book, parts)
            finally:
                book.close()
    except Refused:
        raise
    except Exception as error:
        raise Refused("xlsx_unsupported", UNREADABLE) from error


def _table(book: Any, parts: dict[str, Findings]) -> Table:
    sheet = next((sheet for sheet in book.worksheets if sheet.sheet_state == "visible"), None)
    if sheet is None:
        raise Refused("xlsx_unsupported", NO_SHEET)
    # openpyxl does not say merged cells and missing values when it streams; the part's name is
    # what joins its sheet with what `inspect` found.
    found = parts.get(sheet._worksheet_path.lstrip("/"), Findings())  # noqa: SLF001
    if found.merged:
        raise Refused("xlsx_unsupported", MERGED, where=found.merged[0])
    if found.valueless:
        column, row = found.valueless[0]
        raise bad_cell(row, column, NO_VALUE)
    sheet.reset_dimensions()  # what the file claims of its size is not trusted
    return table_of(_rows(sheet))


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    rows = sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True)
    for number, values in enumerate(rows, 1):
        if values.count(None) == len(values):
            continue
        yield number, [_text(value, number, place) for place, value in enumerate(values)]


def _text(value: Any, row: int, place: int) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return value.isoformat(" ", "minutes")
        case date():
            return value.isoformat()
        case time():
            return f"{value:%H:%M}"
        case str() if value in ERRORS:
            raise bad_cell(row, column_letter(place), AN_ERROR, value=value)
        case _:
            return str(value)
