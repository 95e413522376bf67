"""The document: what it names, in which order, and in which direction."""

import re
from dataclasses import replace

import pytest
from docx.oxml.ns import qn
from docx.shared import Pt

from app.exports.document.front import STANDING
from app.exports.document.marks import marked
from app.queries.report.shape import Report
from app.render.words import translations
from tests.exports.opened import document, part, words_of, written


def test_the_standing_paragraph_comes_first_and_can_be_edited(report: Report) -> None:
    paragraphs = document(report).paragraphs
    assert [paragraph.text for paragraph in paragraphs[:2]] == [report.meeting.title, STANDING]


def test_every_row_and_every_reservation_is_named(report: Report) -> None:
    said = words_of(document(report))
    named = [row.response for row in report.rows if row.response]
    named += [flag for row in report.rows for flag in row.flags]
    named += [row.draft for row in report.rows if row.draft]
    named += [row.source for row in report.rows if row.response]
    named += [f"Cell: {row.cell}" for row in report.rows if row.response]
    named += [text for row in report.rows for text in (*row.evidence, *row.estimates)]
    named += [text for row in report.rows for text in row.area_estimates]
    assert [text for text in named if text not in said] == []
    assert "No response was chosen for this area." in said


def test_cells_without_a_row_stand_under_their_area_once(report: Report) -> None:
    said = words_of(document(report)).splitlines()
    counts = "Areas with responses, by how they stand: Rated: 23, Dropped: 2, Empty: 353"
    line = "R01 Response 1: Dropped. Too few nominations for the shortlist."
    assert (said.count(counts), said.count(line)) == (1, 1)
    assert said[said.index(line) - 1] == "Cells without a row:"
    assert [text for text in said if "Response 2" in text] == []


def test_what_turned_out_stands_under_its_round(report: Report) -> None:
    lines = ["“Trucks”: it came true.", "Brier score of the group 0.04."]
    scored = [replace(report.rounds[0], turned_out=lines), *report.rounds[1:]]
    rows = [
        (row.cells[0].text, row.cells[1].text)
        for table in document(replace(report, rounds=scored)).tables
        for row in table.rows
    ]
    assert [told for name, told in rows if name == "What turned out"] == ["\n".join(lines)]


def test_each_vote_has_question_rule_entitled_voted_and_result(report: Report) -> None:
    notes = [
        {row.cells[0].text: row.cells[1].text for row in table.rows}
        for table in document(report).tables
        if table.rows[0].cells[0].text == "What"
    ]
    asked = [round_.question for round_ in report.rounds]
    assert [note["Question"] for note in notes] == asked
    assert [note["Result"] for note in notes] == [round_.result for round_ in report.rounds]
    assert notes[2]["Rule"] == "Kept if approved on at least 1/3 of the ballots cast. (approval)"
    assert notes[2]["Entitled"] == (
        "29: States by delegation, one voice each, and experts in person"
    )
    assert notes[2]["Voted"] == (
        "27 of 29 voted, 1 of them blank. Not seen by 1, seen and not answered by 1. Answers “no "
        "opinion”: 4, “abstain”: 0."
    )


def test_tables_have_seven_columns_at_most_and_repeat_their_heading(report: Report) -> None:
    doc = document(report)
    assert max(len(table.columns) for table in doc.tables) == 7
    assert doc.styles["Cell"].font.size == Pt(9)
    repeated = [table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is None for table in doc.tables]
    assert repeated == [False] * len(doc.tables)


def test_columns_share_the_width_of_the_page(report: Report) -> None:
    doc = document(report)
    section = doc.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    for table in doc.tables:
        assert abs(sum(column.width for column in table.columns) - room) < 5000  # some twips


def test_a_trial_is_marked_on_every_page_and_a_real_meeting_is_not(report: Report) -> None:
    real = replace(report, meeting=replace(report.meeting, trial=""))
    headers = [document(one).sections[0].header.paragraphs[0].text for one in (report, real)]
    assert headers == [report.meeting.trial, ""]
    assert "Demonstration" not in words_of(document(real))


def test_people_are_named_only_in_an_annex_that_is_on(report: Report) -> None:
    hidden = words_of(document(replace(report, participants=[])))
    shown = words_of(document(report))
    labels = {person.label for person in report.participants if "State" in person.label}
    assert [label for label in labels if label in hidden] == []
    assert [label for label in labels if label not in shown] == []


def test_arabic_runs_from_right_to_left_everywhere(report: Report) -> None:
    arabic = replace(report, language="ar", rows=[replace(report.rows[0], response="دراسات 研究")])
    body = part(written("docx", arabic), "word/document.xml")
    said = re.findall(r"<w:p>.*?</w:p>", body, re.DOTALL)
    assert [
        paragraph for paragraph in said if "<w:t>" in paragraph and "<w:bidi/>" not in paragraph
    ] == []
    assert [run for run in re.findall(r"<w:r>.*?</w:r>", body) if "<w:rtl/>" not in run] == []
    assert max(paragraph.count("<w:bidi/>") for paragraph in said) == 1
    assert body.count("<w:tbl>") == body.count("<w:bidiVisual/>")
    assert "دراسات 研究" in words_of(document(arabic))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0-2 years", "<0-2 years>"),
        ("دراسات 0-2 years قصيرة", "دراسات <0-2 years> قصيرة"),
        ("(see R03) نص A", "<(see R03)> نص <A>"),
        ("2,5 % من 研究", "2,5 % من 研究"),
        ("", ""),
    ],
)
def test_a_latin_phrase_keeps_its_own_direction(text: str, expected: str) -> None:
    """Word and LibreOffice would put the number that begins "0-2 years" behind it."""
    assert marked(text) == expected.replace("<", "\u200e").replace(">", "\u200e")


def test_marks_stand_only_where_the_page_runs_from_right_to_left(report: Report) -> None:
    bodies = [
        part(written("docx", replace(report, language=language)), "word/document.xml")
        for language in ("en", "ar")
    ]
    assert ["\u200e" in body for body in bodies] == [False, True]


def test_elements_stand_in_the_order_that_word_expects(report: Report) -> None:
    body = part(written("docx", replace(report, language="ar")), "word/document.xml")
    for properties in re.findall(r"<w:tblPr>(.*?)</w:tblPr>", body, re.DOTALL):
        found = re.findall(r"<w:(tblStyle|bidiVisual|tblW|tblLayout|tblLook)\b", properties)
        assert found == ["tblStyle", "bidiVisual", "tblW", "tblLayout", "tblLook"]


def test_the_note_is_in_the_readers_language(report: Report) -> None:
    say = translations("en-XB").gettext
    doc = document(replace(report, language="en-XB"), say)
    assert doc.paragraphs[1].text == marked(say(STANDING))


def test_a_row_cites_its_outcome_by_the_rounds_name(report: Report) -> None:
    said = words_of(document(report))
    assert "Outcome: Choose responses · round 1 no. 1102 7d0c4b1f7d0c" in said
    assert "r3xyz" not in said


def test_a_review_chooses_nothing(report: Report) -> None:
    reviewed = [replace(round_, type="evidence") for round_ in report.rounds]
    said = words_of(document(replace(report, rounds=reviewed)))
    assert "✓" not in said
