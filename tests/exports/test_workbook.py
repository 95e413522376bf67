"""The workbook: text only, nothing clipped, right to left where the language is."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.exports.workbook.paper import MOST_LINES, lines_of
from app.formats.columns import BESIDE, COLUMNS
from app.queries.report.shape import Report
from app.render.words import translations
from tests.exports.opened import part, workbook, written

SHEETS = [
    "Matrix", "Cells", "Outcomes", "Figures of the charts", "Ballots", "Participants", "Agenda",
    "Record",
]  # fmt: skip
EVIL = '=HYPERLINK("http://x.example","go")'


def test_sheets_stand_in_order_and_each_says_that_it_is_a_trial(report: Report) -> None:
    book = workbook(report)
    assert book.sheetnames == SHEETS
    assert {sheet["A2"].value for sheet in book} == {report.meeting.trial}


def test_cells_hold_text_and_only_charts_have_numbers(report: Report) -> None:
    evil = replace(report, rows=[replace(row, response=EVIL, notes="+1") for row in report.rows])
    kinds = {
        (sheet.title, cell.data_type)
        for sheet in workbook(evil)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
    assert kinds == {(name, "s") for name in SHEETS} | {("Figures of the charts", "n")}


def test_a_formula_arrives_as_the_text_that_it_was(report: Report) -> None:
    evil = replace(report, rows=[replace(report.rows[0], response=EVIL)])
    assert workbook(evil)["Matrix"]["I6"].value == EVIL


def test_the_matrix_has_every_area_under_its_component(report: Report) -> None:
    sheet = workbook(report)["Matrix"]
    areas = [row[1].value for row in sheet.iter_rows(min_row=5) if row[1].value]
    bands = [
        row[0].value for row in sheet.iter_rows(min_row=5) if row[0].value and not row[1].value
    ]
    assert areas == [row.area_no for row in report.rows]
    assert bands == [component.text for component in report.components]
    assert sheet.freeze_panes == "D5"


def test_every_cell_that_is_not_empty_says_how_it_stands(report: Report) -> None:
    rows = list(workbook(report)["Cells"].iter_rows(min_row=5, values_only=True))
    assert rows[0][:2] == ("All cells", "Rated: 23, Dropped: 2, Empty: 353")
    assert [row[2:6] for row in rows[1:]] == [
        (cell.response_no, cell.response, "Dropped", cell.cell) for cell in report.cells
    ]
    empty = workbook(replace(report, cells=[], cell_counts={}))["Cells"]
    assert empty["A5"].value == "All cells are empty."


def test_every_row_is_as_high_as_its_longest_text(report: Report) -> None:
    long = replace(report.rows[0], notes="A sentence that goes on. " * 400, source="两" * 900)
    sheet = workbook(replace(report, rows=[long]))["Matrix"]
    widths = [column.width for column in (*COLUMNS, *BESIDE)]
    too_low = [
        cell.coordinate
        for row in sheet.iter_rows(min_row=6)
        for cell in row
        if isinstance(cell.value, str)
        and lines_of(cell.value, widths[cell.column - 1]) * 13
        > sheet.row_dimensions[cell.row].height
    ]
    notes = "".join(str(row[23].value or "") for row in sheet.iter_rows(min_row=6))
    assert too_low == []
    assert notes.replace(" ", "") == long.notes.replace(" ", "")


def test_charts_are_native_and_one_for_each_counted_round(report: Report) -> None:
    data = written("xlsx", report)
    assert [f"chart{n}" in part(data, "[Content_Types].xml") for n in (1, 2, 3, 4)] == [
        True, True, True, False,
    ]  # fmt: skip


def test_ballots_name_options_and_no_person(report: Report) -> None:
    rows = list(workbook(report)["Ballots"].iter_rows(min_row=5, values_only=True))
    labels = {person.label for person in report.participants}
    rated = report.rounds[0]
    assert rows[0][:2] == ("Rate the priority areas · round 2", "1")
    assert {row[2] for row in rows if row[0].startswith("Rate")} == {o.text for o in rated.options}
    assert [cell for row in rows for cell in row if cell in labels] == []


def test_an_annex_that_is_off_says_so(report: Report) -> None:
    sheet = workbook(replace(report, participants=[]))["Participants"]
    assert sheet["A5"].value == "The annex of participants is switched off for this meeting."


def test_arabic_is_written_from_right_to_left(report: Report) -> None:
    arabic = replace(report, language="ar", rows=[replace(report.rows[0], area="أدلة 两种现象")])
    book = workbook(arabic)
    assert [sheet.sheet_view.rightToLeft for sheet in book] == [True] * len(SHEETS)
    assert book["Matrix"]["C6"].value == "أدلة 两种现象"


def test_headings_are_in_the_readers_language(report: Report) -> None:
    say = translations("en-XB").gettext
    sheet = workbook(replace(report, language="en-XB"), say).worksheets[0]
    assert sheet["C4"].value == say("Priority area")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60))
def test_any_text_can_be_written(report: Report, text: str) -> None:
    small = replace(
        report, rows=[replace(report.rows[0], response=text)], rounds=[], log=[], agenda=[],
        participants=[], meeting=replace(report.meeting, title=text, trial=text),
    )  # fmt: skip
    assert workbook(small).sheetnames == SHEETS


@given(text=st.text(max_size=400), width=st.integers(8, 110))
def test_more_room_never_needs_more_lines(text: str, width: int) -> None:
    assert lines_of(text, width + 1) <= lines_of(text, width)


def test_a_row_of_excel_is_high_enough_for_the_most_lines() -> None:
    assert MOST_LINES * 13.5 + 5 <= 409
