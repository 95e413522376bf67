"""The sheet of outcomes: each round with its facts, its options and a native chart."""

from app.errors import N_
from app.exports.sentences import (
    distribution,
    facts,
    figures,
    round_name,
    score,
    score_number,
    winners,
)
from app.exports.workbook.book import BOX, PETROL, Book, Sheet
from app.exports.workbook.paper import height_of
from app.formats.inert import plain
from app.queries.report.shape import OptionFigures, RoundReport

COLUMNS = [
    (N_("Option"), 60),
    (N_("Place"), 8),
    (N_("Score"), 12),
    (N_("Chosen"), 9),
    (N_("Figures"), 40),
    (N_("Answers"), 56),
]
CHART_COLUMN = len(COLUMNS) + 1
PIXELS = 4 / 3


def outcomes(book: Book) -> None:
    """Every round in the order of opening. A chart needs numbers: they stand
    on a sheet of their own, so that nothing but text stands here."""
    sheet = book.sheet(
        N_("Outcomes"), [name for name, _ in COLUMNS], [width for _, width in COLUMNS]
    )
    numbers = book.sheet(
        N_("Figures of the charts"), [N_("Round"), N_("Option"), N_("Score")], [44, 80, 12]
    )
    for round_ in book.report.rounds:
        _round(book, sheet, numbers, round_)


def _round(book: Book, sheet: Sheet, numbers: Sheet, round_: RoundReport) -> None:
    top, begun = sheet.at, sheet.heights
    sheet.group(round_name(round_, book.say))
    for name, text in facts(round_, book.say):
        sheet.fact(name, text)
    chosen = winners(round_)
    for option in round_.options:
        looks = [book.look(**BOX, bold=option in chosen)] * len(COLUMNS)
        sheet.row(_cells(book, option, "✓" if option in chosen else ""), looks)
    drawn = _chart(book, sheet, numbers, round_, top)
    sheet.space(drawn / PIXELS - (sheet.heights - begun) + height_of(1))


def _cells(book: Book, option: OptionFigures, chosen: str) -> list[object]:
    return [
        option.text,
        option.place or "",
        score(option),
        chosen,
        figures(option, book.say),
        distribution(option, book.say),
    ]


def _chart(book: Book, sheet: Sheet, numbers: Sheet, round_: RoundReport, top: int) -> float:
    """A bar for each option's score; its height in pixels, 0 where scores are no numbers."""
    scores = [score_number(option) for option in round_.options]
    if not scores or None in scores:
        return 0
    first = numbers.at
    for option, value in zip(round_.options, scores, strict=True):
        row = numbers.row([round_name(round_, book.say), option.text, ""])
        numbers.sheet.write_number(row, 2, value, book.look(**BOX))
    last = numbers.at - 1
    height = 90 + 34 * len(scores)
    chart = book.book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "categories": [numbers.name, first, 1, last, 1],
            "values": [numbers.name, first, 2, last, 2],
            "fill": {"color": PETROL},
            "gap": 60,
            "data_labels": {"value": True, "num_format": "0.##", "font": {"size": 9}},
        }
    )
    chart.set_title(
        {"name": plain(round_.question)[:200], "name_font": {"size": 11}, "overlay": False}
    )
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "num_font": {"size": 9}})
    chart.set_x_axis({"visible": False, "min": 0, "major_gridlines": {"visible": False}})
    chart.set_size({"width": 760, "height": height})
    sheet.sheet.insert_chart(top, CHART_COLUMN, chart, {"object_position": 2})
    return height
