"""Long table, grid, JSON, PrefLib and calendar, read again."""

import json
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from pydantic import TypeAdapter

from app.errors import Refused
from app.exports import EXPORTS
from app.exports.record_json import schema
from app.formats.columns import BESIDE, COLUMNS, csv_name
from app.formats.inert import quoted
from app.methods.files import read_poll
from app.queries.report.shape import MatrixRow, Report
from tests.exports.opened import table, written

SCHEMA = Path(__file__).parents[2] / "docs" / "report.schema.json"
NAMES = [csv_name(column) for column in COLUMNS]
MORE = ["draft_text", "cell_state", "evidence_grades", "area_estimates", "estimates"]


def test_every_format_of_the_contract_is_there() -> None:
    files = ["xlsx", "docx", "pdf", "csv", "grid.csv", "json", "ics", "preflib", "html"]
    assert list(EXPORTS) == [*files, "bundle"]


def test_the_long_table_has_one_row_for_each_cell(report: Report) -> None:
    header, *rows = table("csv", report)
    assert header == [*NAMES, *MORE, "trial"]
    assert [row[:-1] for row in rows] == [
        [quoted(column.of(row)) for column in (*COLUMNS, *BESIDE)] for row in report.rows
    ]
    assert {row[-1] for row in rows} == {report.meeting.trial}
    assert [row[7] for row in rows if row[len(NAMES)]] == ["R06"]
    assert rows[0][len(NAMES) + 1] == "Rated. Median 8, IQR 1, n 12."


def test_a_real_meeting_has_no_column_for_trials(report: Report) -> None:
    real = replace(report, meeting=replace(report.meeting, trial=""))
    assert table("csv", real)[0] == [*NAMES, *MORE]


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cn", "Cs"]), max_size=20)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(TEXTS, min_size=25, max_size=25))
def test_any_row_comes_back_as_it_was(report: Report, texts: list[str]) -> None:
    row = MatrixRow(**dict(zip([column.name for column in COLUMNS], texts, strict=True)))  # type: ignore[arg-type]
    read = table("csv", replace(report, rows=[row]))[1]
    unquoted = [cell.removeprefix("'") if quoted(text) != text else cell
                for cell, text in zip(read, texts, strict=False)]  # fmt: skip
    assert unquoted == texts


def test_the_grid_has_areas_down_and_levels_across(report: Report) -> None:
    header, *rows = table("grid.csv", report)
    levels = list(dict.fromkeys(row.level for row in report.rows if row.response))
    assert header == ["Component", "Area no.", "Priority area", *levels, report.meeting.trial]
    assert [row[1] for row in rows] == [f"PA{n:02}" for n in range(1, 15)]
    said = "\n".join(cell for row in rows for cell in row)
    assert [row.response for row in report.rows if row.response not in said] == []
    assert rows[10][3] == "No response was chosen for this area."
    assert "(Consensus; Rated. Median 8, IQR 1, n 12)" in said


def test_json_holds_everything_and_keeps_to_its_schema(report: Report) -> None:
    data: dict[str, Any] = json.loads(written("json", report))
    assert data.pop("format") == "consilience-report-1"
    assert asdict(TypeAdapter(Report).validate_python(data)) == asdict(report)


def test_the_published_schema_is_the_one_of_the_code() -> None:
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == schema()


def test_rankings_can_be_counted_again_from_the_file(report: Report, tmp_path: Path) -> None:
    text = written("preflib", report).decode()
    file = tmp_path / "rankings.toi"
    file.write_text(text, encoding="utf-8")
    ranked, poll = report.rounds[1], read_poll(str(file))
    assert text.splitlines()[2:5] == [
        "# DATA TYPE: toi", "# NUMBER ALTERNATIVES: 14", "# NUMBER VOTERS: 29",
    ]  # fmt: skip
    assert len(poll.options) == len(ranked.options)
    assert sum(ballot.count for ballot in poll.ballots) == len(ranked.ballots)


def test_without_rankings_there_is_nothing_to_export(report: Report) -> None:
    with pytest.raises(Refused) as caught:
        written("preflib", replace(report, rounds=[]))
    assert caught.value.code == "nothing_to_export"


def test_the_calendar_keeps_the_venues_time(report: Report) -> None:
    calendar = Calendar.from_ical(written("ics", report))
    events = list(calendar.walk("VEVENT"))
    first = events[0]
    assert len(events) == 16
    assert first["dtstart"].to_ical() == b"20160511T090000"
    assert first["dtstart"].params["TZID"] == "Asia/Bangkok"
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Asia/Bangkok"]
    assert {report.meeting.trial in str(event["summary"]) for event in events} == {True}


def test_summer_time_is_said_in_the_calendar(report: Report) -> None:
    meeting = replace(report.meeting, time_zone="Europe/Rome", starts_on=date(2016, 3, 26))
    calendar = Calendar.from_ical(written("ics", replace(report, meeting=meeting)))
    assert calendar.walk("DAYLIGHT") != []


def test_a_meeting_without_dates_has_an_empty_calendar(report: Report) -> None:
    undated = replace(report, meeting=replace(report.meeting, starts_on=None))
    assert Calendar.from_ical(written("ics", undated)).walk("VEVENT") == []
