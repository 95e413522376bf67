"""A workbook in which cells are text, nothing is clipped, and each sheet says if it is a trial."""

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from app.exports.base import Say
from app.exports.sentences import made
from app.exports.workbook.paper import MOST_LINES, height_of, lines_of, sheet_name
from app.formats.inert import plain
from app.queries.report.shape import Report
from app.render.words import direction

PETROL, MIST, EDGE, AMBER = "#0A5A5F", "#E7EDEB", "#D6DFDC", "#835300"
TEXT = {"font_name": "Calibri", "font_size": 10, "valign": "top", "text_wrap": True}
BOX = {**TEXT, "border": 1, "border_color": EDGE}
HEAD = {**BOX, "bold": True, "bg_color": PETROL, "font_color": "#FFFFFF"}
HEADING_ROW = 3
# Less than a cell of Excel holds.
MOST_CHARACTERS = 32_000


class Book:
    """A workbook being written, and the looks that its sheets share."""

    def __init__(self, report: Report, say: Say) -> None:
        self.report, self.say = report, say
        self.rtl = direction(report.language) == "rtl"
        # Where text begins that runs over its cell: by itself, Arabic on a sheet from left to right
        # would run off the edge, and Latin letters on one from right to left.
        self.start = "right" if self.rtl else "left"
        self._out = io.BytesIO()
        inert = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.book = xlsxwriter.Workbook(self._out, inert)
        self.book.set_properties({"title": plain(report.meeting.title), "author": "Consilience"})
        self._looks: dict[str, Any] = {}

    def look(self, **given: Any) -> Any:
        """A format by its properties; equal ones are one."""
        key = repr(sorted(given.items()))
        if key not in self._looks:
            self._looks[key] = self.book.add_format(given)
        return self._looks[key]

    def sheet(self, name: str, headings: Sequence[str], widths: Sequence[int]) -> "Sheet":
        """A new sheet with its title, the mark of a trial and a frozen heading row."""
        return Sheet(self, self.say(name), [self.say(heading) for heading in headings], widths)

    def close(self) -> bytes:
        """The file."""
        self.book.close()
        return self._out.getvalue()


class Sheet:
    """Rows of text, each high enough for its longest cell."""

    def __init__(
        self, book: Book, name: str, headings: Sequence[str], widths: Sequence[int]
    ) -> None:
        self.book, self.widths, self.at = book, list(widths), HEADING_ROW
        self.name = sheet_name(name)
        self.sheet = book.book.add_worksheet(self.name)
        self._lay_out()
        self._mark(name)
        self.heights = 0.0
        self.row(headings, [book.look(**HEAD)] * len(widths))
        self.sheet.freeze_panes(self.at, 0)
        self.sheet.repeat_rows(HEADING_ROW)

    def _lay_out(self) -> None:
        if self.book.rtl:
            self.sheet.right_to_left()
        self.sheet.hide_gridlines(2)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.set_margins(0.4, 0.4, 0.7, 0.6)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        for place, width in enumerate(self.widths):
            self.sheet.set_column(place, place, width)

    def _mark(self, name: str) -> None:
        """Title, trial and moment, on screen and on every printed page."""
        meeting, moment = self.book.report.meeting, made(self.book.report, self.book.say)
        align = self.book.start
        title = self.book.look(bold=True, font_size=14, font_color=PETROL, align=align)
        self.sheet.write_string(0, 0, plain(f"{meeting.title} · {name}"), title)
        trial = self.book.look(bold=True, font_color=AMBER, align=align)
        self.sheet.write_string(1, 0, plain(meeting.trial), trial)
        self.sheet.write_string(2, 0, moment, self.book.look(font_color="#5C6B68", align=align))
        self.sheet.set_row(0, 22)
        if meeting.trial:
            self.sheet.set_header(f"&C&B{plain(meeting.trial).replace('&', '&&')}"[:250])
        self.sheet.set_footer(f"&L&8{moment.replace('&', '&&')[:200]}&R&8&P / &N")

    def row(self, cells: Sequence[object], looks: Sequence[Any] | None = None) -> int:
        """Write one row and return its place. A text too long for one row of a sheet goes on in
        rows below it, so that none is cut off."""
        texts = [
            _pieces(plain(cell), width) for cell, width in zip(cells, self.widths, strict=True)
        ]
        looks = looks or [self.book.look(**BOX)] * len(texts)
        first = self.at
        for part in range(max(len(pieces) for pieces in texts)):
            shown = [pieces[part] if part < len(pieces) else "" for pieces in texts]
            for place, (text, look) in enumerate(zip(shown, looks, strict=True)):
                self.sheet.write_string(self.at, place, text, look)
            self._end_row(
                max(lines_of(text, width) for text, width in zip(shown, self.widths, strict=True))
            )
        return first

    def group(self, text: str) -> None:
        """A heading across the sheet."""
        self.span(plain(text), self.book.look(**{**BOX, "bold": True, "bg_color": MIST}), 0)

    def fact(self, name: str, text: str) -> None:
        """A name in the first column and its text across the others."""
        self.sheet.write_string(self.at, 0, plain(name), self.book.look(**{**BOX, "bold": True}))
        self.span(plain(text), self.book.look(**BOX), 1)

    def span(self, text: str, look: Any, start: int) -> None:
        """Text across the columns from `start` to the last."""
        last = len(self.widths) - 1
        self.sheet.merge_range(self.at, start, self.at, last, "", look)
        self.sheet.write_string(self.at, start, text[:MOST_CHARACTERS], look)
        self._end_row(lines_of(text, sum(self.widths[start:])))

    def space(self, points: float) -> None:
        """Leave at least this much room before the next row."""
        while points > 0:
            points -= height_of(1)
            self.at += 1

    def _end_row(self, lines: int) -> None:
        height = height_of(min(lines, MOST_LINES))
        self.sheet.set_row(self.at, height)
        self.heights += height
        self.at += 1


def _pieces(text: str, width: int) -> list[str]:
    """The text in pieces that a row can show."""
    pieces: list[str] = []
    while lines_of(text, width) > MOST_LINES:
        room = (width - 2) * MOST_LINES // 2
        cut = max(text.rfind(" ", 0, room), text.rfind("\n", 0, room))
        cut = cut if cut > 0 else room
        pieces.append(text[:cut])
        text = text[cut:].lstrip()
    return [*pieces, text]
