"""The sheet of the matrix: all columns of the long table, grouped by component."""

from dataclasses import replace
from typing import Any

from app.errors import N_
from app.exports.sentences import cited
from app.exports.workbook.book import BOX, HEAD, MIST, Book, Sheet
from app.formats.columns import BESIDE, COLUMNS
from app.formats.inert import plain
from app.queries.report.shape import MatrixRow

# What belongs to the area, to the response, and to the cell where the two meet.
SHADES = {"area": "#0A5A5F", "response": "#27516E", "cell": "#574B7A"}
STATES = {
    "consensus": "#DFECEB",
    "no_objection": "#E7EDEB",
    "with_reservations": "#F8EDD6",
    "not_agreed": "#F9E4E8",
}
LOOSE = N_("Without a component")
ALL = (*COLUMNS, *BESIDE)
NAMES = [column.name for column in ALL]


def matrix(book: Book) -> None:
    """One row for each area with one response; areas without any stay and say so."""
    headings = [column.heading for column in ALL]
    sheet = book.sheet(N_("Matrix"), headings, [column.width for column in ALL])
    top = sheet.at - 1
    _shade(book, sheet, headings, top)
    # On paper: A3, three sheets side by side, each with the area's name.
    sheet.sheet.set_paper(8)
    sheet.sheet.fit_to_pages(3, 0)
    sheet.sheet.repeat_columns(0, NAMES.index("area"))
    sheet.sheet.freeze_panes(sheet.at, NAMES.index("area") + 1)
    component: str | None = None
    for row in book.report.rows:
        if row.component != component:
            component = row.component
            _band(book, sheet, component or book.say(LOOSE))
        shown = replace(row, outcome_reference=cited(row, book.report, book.say))
        sheet.row([column.of(shown) for column in ALL], _looks(book, row))
    sheet.sheet.autofilter(top, 0, max(top + 1, sheet.at - 1), len(headings) - 1)


def _shade(book: Book, sheet: Sheet, headings: list[str], top: int) -> None:
    for place, heading in enumerate(headings):
        look = book.look(**{**HEAD, "bg_color": SHADES[ALL[place].group]})
        sheet.sheet.write_string(top, place, book.say(heading), look)


def _band(book: Book, sheet: Sheet, text: str) -> None:
    """A component's heading. It is not merged: a filter over merged cells fails, and frozen columns
    cut them."""
    look = {"font_name": "Calibri", "font_size": 11, "bold": True, "bg_color": MIST}
    sheet.sheet.write_string(sheet.at, 0, plain(text), book.look(**look, align=book.start))
    for place in range(1, len(sheet.widths)):
        sheet.sheet.write_blank(sheet.at, place, None, book.look(bg_color=MIST))
    sheet.sheet.set_row(sheet.at, 19)
    sheet.at += 1


def _looks(book: Book, row: MatrixRow) -> list[Any]:
    looks = [book.look(**BOX)] * len(ALL)
    if row.state in STATES:
        looks[NAMES.index("agreement")] = book.look(**BOX, bg_color=STATES[row.state], bold=True)
    if row.draft:
        looks[NAMES.index("draft")] = book.look(**BOX, italic=True, font_color="#835300")
    return looks
