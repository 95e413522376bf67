"""The workbook: matrix, outcomes with charts, ballots, people, agenda, log. Text cells only."""

import io
import json
from fractions import Fraction
from typing import Any

import xlsxwriter

from app.errors import N_
from app.exports.base import Export, Say
from app.formats.columns import COLUMNS
from app.formats.inert import plain
from app.queries.report.shape import Report, RoundReport

CALM = {"font_name": "Calibri", "font_size": 10, "valign": "top", "text_wrap": True}
STATE_COLOURS = {
    "consensus": "#DFECEB",
    "no_objection": "#E7EDEB",
    "with_reservations": "#F8EDD6",
    "not_agreed": "#F9E4E8",
}
RIGHT_TO_LEFT = ("ar", "en-XB")


class Book:
    """A workbook in which every cell is text and every sheet carries the mark of a trial."""

    def __init__(self, report: Report, say: Say) -> None:
        self.report, self.say = report, say
        self.out = io.BytesIO()
        self.book = xlsxwriter.Workbook(
            self.out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        edge = {"border": 1, "border_color": "#D6DFDC"}
        self.text = self.book.add_format({**CALM, **edge})
        self.head = self.book.add_format(
            {**CALM, **edge, "bold": True, "bg_color": "#0A5A5F", "font_color": "#FFFFFF"}
        )
        self.group = self.book.add_format({**CALM, **edge, "bold": True, "bg_color": "#E7EDEB"})
        self.title = self.book.add_format({"bold": True, "font_size": 14})
        self.trial = self.book.add_format({"bold": True, "font_color": "#835300"})
        self.states = {
            state: self.book.add_format({**CALM, **edge, "bg_color": colour})
            for state, colour in STATE_COLOURS.items()
        }

    def sheet(self, name: str, headings: list[str], widths: list[int], title: str) -> "Sheet":
        sheet = self.book.add_worksheet(plain(self.say(name))[:31])
        if self.report.language in RIGHT_TO_LEFT:
            sheet.right_to_left()
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.write_string(0, 0, plain(title), self.title)
        sheet.write_string(1, 0, plain(self.report.meeting.trial), self.trial)
        sheet.set_row(0, 22)
        for place, (heading, width) in enumerate(zip(headings, widths, strict=True)):
            sheet.set_column(place, place, width)
            sheet.write_string(2, place, plain(self.say(heading)), self.head)
        sheet.freeze_panes(3, 0)
        sheet.repeat_rows(2)
        sheet.set_footer(f"&L{_footer(self.report)}&R&P / &N")
        return Sheet(self, sheet, widths)

    def close(self) -> bytes:
        self.book.close()
        return self.out.getvalue()


class Sheet:
    """Rows of text, high enough that nothing is clipped."""

    def __init__(self, book: Book, sheet: Any, widths: list[int]) -> None:
        self.book, self.sheet, self.widths, self.at = book, sheet, widths, 3

    def row(self, cells: list[object], formats: dict[int, Any] | None = None) -> int:
        texts = [plain(cell) for cell in cells]
        for place, text in enumerate(texts):
            look = (formats or {}).get(place, self.book.text)
            self.sheet.write_string(self.at, place, text, look)
        lines = max(_lines(text, width) for text, width in zip(texts, self.widths, strict=False))
        self.sheet.set_row(self.at, min(400, 14 * lines + 4))
        self.at += 1
        return self.at - 1

    def group(self, text: str) -> None:
        for place in range(len(self.widths)):
            shown = "" if place else plain(text)
            self.sheet.write_string(self.at, place, shown, self.book.group)
        self.at += 1


def _lines(text: str, width: int) -> int:
    """How many lines a text takes; a Chinese character is as wide as two letters."""
    return sum(
        1 + int(sum(2 if ord(c) > 0x2E80 else 1 for c in line) / max(1, width - 1))
        for line in text.split("\n")
    )


def _footer(report: Report) -> str:
    made = f"{report.meeting.made_at:%Y-%m-%d %H:%M} UTC"
    return f"{report.meeting.title[:80]} - {made} - no. {report.meeting.seq}".replace("&", "&&")


def write(report: Report, say: Say) -> bytes:
    """The workbook as bytes."""
    book = Book(report, say)
    _matrix(book)
    _outcomes(book)
    _ballots(book)
    _people(book)
    _agenda(book)
    _log(book)
    return book.close()


def _matrix(book: Book) -> None:
    headings = [column.heading for column in COLUMNS] + [N_("Draft since the decision")]
    widths = [column.width for column in COLUMNS] + [36]
    sheet = book.sheet(N_("Matrix"), headings, widths, book.report.meeting.title)
    sheet.sheet.freeze_panes(3, 3)
    component = None
    agreement = [column.name for column in COLUMNS].index("agreement")
    for row in book.report.rows:
        if row.component != component:
            component = row.component
            sheet.group(component or book.say(N_("Without a component")))
        marked = {agreement: book.states[row.state]} if row.state in book.states else {}
        sheet.row([*(column.of(row) for column in COLUMNS), row.draft], marked)
    sheet.sheet.autofilter(2, 0, max(3, sheet.at - 1), len(widths) - 1)


def _outcomes(book: Book) -> None:
    headings = [N_("Round"), N_("Option"), N_("Score"), N_("Chosen"), N_("Figures"), N_("Counts")]
    sheet = book.sheet(N_("Outcomes"), headings, [34, 48, 12, 10, 44, 44], book.say(N_("Outcomes")))
    for round_ in book.report.rounds:
        sheet.group(f"{round_.activity}, {round_.n}: {round_.question}")
        sheet.row([_method_note(round_, book.say), round_.rule, "", "", round_.sees, round_.digest])
        first = sheet.at
        for option in round_.options:
            figures = ", ".join(
                f"{name} {value}" for name, value in option.figures.items()
                if not isinstance(value, dict | list)
            )  # fmt: skip
            counts = "; ".join(
                f"{kind}: " + ", ".join(f"{value}×{n}" for value, n in sorted(given.items()))
                for kind, given in option.counts.items()
            )
            chosen = "✓" if option.winner else ""
            sheet.row(["", option.text, option.score, chosen, figures, counts])
        _chart(book, sheet, round_, first)


def _chart(book: Book, sheet: Sheet, round_: RoundReport, first: int) -> None:
    """A native bar chart of the scores, from numbers kept in a hidden column to the right."""
    numbers = [_number(option.score) for option in round_.options]
    if not numbers or any(number is None for number in numbers):
        return
    for place, number in enumerate(numbers):
        sheet.sheet.write_number(first + place, 20, number)
    last, name = first + len(numbers) - 1, sheet.sheet.get_name()
    chart = book.book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "categories": [name, first, 1, last, 1],
            "values": [name, first, 20, last, 20],
            "fill": {"color": "#0A5A5F"},
        }
    )
    chart.set_title({"name": plain(round_.question)[:120], "name_font": {"size": 10}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True})
    chart.set_size({"width": 520, "height": 80 + 24 * len(numbers)})
    sheet.sheet.insert_chart(first, 7, chart, {"object_position": 2})


def _number(score: str) -> float | None:
    try:
        return float(Fraction(score))
    except (ValueError, ZeroDivisionError):
        return None


def _method_note(round_: RoundReport, say: Say) -> str:
    note = say(N_("{cast} of {eligible} voted. Outcome {outcome}, no. {number}."))
    return note.format(
        cast=round_.cast, eligible=round_.eligible, outcome=round_.outcome, number=round_.number
    )


def _ballots(book: Book) -> None:
    headings = [N_("Round"), N_("Item"), N_("Ballot")]
    title = book.say(N_("Ballots, as far as disclosure allows"))
    sheet = book.sheet(N_("Ballots"), headings, [40, 20, 110], title)
    for round_ in book.report.rounds:
        for ballot in round_.ballots:
            sheet.row([f"{round_.activity}, {round_.n}", ballot["item"], _compact(ballot["body"])])


def _compact(body: Any) -> str:
    return json.dumps(body, ensure_ascii=False, separators=(", ", ": "))


def _people(book: Book) -> None:
    headings = [N_("Name"), N_("Capacity"), N_("Delegation"), N_("Region"), N_("Roles")]
    sheet = book.sheet(
        N_("Participants"), headings, [36, 22, 26, 26, 30], book.say(N_("Participants"))
    )
    if not book.report.participants:
        sheet.row([book.say(N_("The annex of participants is switched off.")), "", "", "", ""])
    for person in book.report.participants:
        sheet.row([person.label, person.capacity, person.delegation, person.regions, person.roles])


def _agenda(book: Book) -> None:
    headings = [N_("Day"), N_("Start"), N_("End"), N_("Kind"), N_("Setting"), N_("Title"),
                N_("Begun"), N_("Finished")]  # fmt: skip
    sheet = book.sheet(
        N_("Agenda"), headings, [7, 8, 8, 14, 12, 60, 20, 20], book.report.meeting.time_zone
    )
    for item in book.report.agenda:
        actual = (item.started_at, item.finished_at)
        times = [f"{at:%Y-%m-%d %H:%M} UTC" if at else "" for at in actual]
        sheet.row([item.day, item.start, item.end, item.kind, item.setting, item.title, *times])


def _log(book: Book) -> None:
    headings = [N_("No."), N_("Time (UTC)"), N_("What happened")]
    sheet = book.sheet(N_("Record"), headings, [8, 26, 110], book.report.meeting.head)
    for line in book.report.log:
        sheet.row([line.number, line.at, line.sentence])


EXPORT = Export(
    "xlsx",
    N_("Matrix and outcomes (XLSX)"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xlsx",
    write,
)
