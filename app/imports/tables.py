"""A file of rows, whatever program wrote it: CSV in any usual encoding, or an XLSX workbook."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.errors import N_, Refused

MOST_ROWS = 50_000
MOST_COLUMNS = 200
EMPTY = N_("The file holds no rows.")
TOO_MANY = N_("The file has more than {most} rows. Divide it, and import the parts.")
TOO_WIDE = N_("The file has more than {most} columns.")
ZIP, OLE = b"PK", bytes.fromhex("d0cf11e0a1b11ae1")


@dataclass(frozen=True)
class Table:
    """The header, and each row below it that holds anything with its number in the file; row 1 is
    the file's first line, in a workbook as in a CSV file."""

    header: list[str]
    rows: list[tuple[int, list[str]]]
    header_number: int = 1


def read_table(data: bytes, name: str = "") -> Table:
    """The table in a file. What the file is, its bytes tell; the name only breaks a tie.

    Raises Refused: csv_row, xlsx_unsupported or xlsx_too_large.
    """
    from app.imports import delimited, workbook

    looks_like_workbook = data.startswith((ZIP, OLE)) or name.lower().endswith((".xlsx", ".xlsm"))
    return workbook.read(data) if looks_like_workbook else delimited.read(data)


def table_of(lines: Iterable[tuple[int, list[str]]]) -> Table:
    """A table of numbered lines; blank ones are left out, and the first that is not is the header.

    Raises Refused `csv_row` for no rows at all or too many.
    """
    header: list[str] | None = None
    header_number = 1
    rows: list[tuple[int, list[str]]] = []
    for number, given in lines:
        cells = [cell.strip() for cell in given]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        if len(cells) > MOST_COLUMNS:
            raise Refused("csv_row", TOO_WIDE, most=MOST_COLUMNS)
        if header is None:
            header, header_number = cells, number
        elif len(rows) == MOST_ROWS:
            raise Refused("csv_row", TOO_MANY, most=f"{MOST_ROWS:,}")
        else:
            rows.append((number, cells))
    if header is None or not rows:
        raise Refused("csv_row", EMPTY)
    return Table(header, rows, header_number)


def column_letter(place: int) -> str:
    """How a spreadsheet calls the column at this place, counted from 0: A, B … Z, AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def bad_cell(row: int, column: str, message: str, **params: Any) -> Refused:
    """A refusal of the whole file because one cell can't be read. The message names {row} and,
    where it is known, {column}."""
    told: dict[str, Any] = {"row": row, "column": column, **params}
    fault = {"row": row, "column": column, "message": message.format(**told)}
    return Refused("csv_row", message, **told, rows=[fault])
