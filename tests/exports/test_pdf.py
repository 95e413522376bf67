"""The PDF: what it says, in which direction, on how many pages; read again by another program."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader

from app.exports.document.front import STANDING
from app.queries.report.shape import Report
from app.render.words import translations
from tests.exports.opened import written

Say = Callable[[str], str]


def pages(report: Report, say: Say = str) -> Any:
    return PdfReader(io.BytesIO(written("pdf", report, say))).pages


def words(report: Report, say: Say = str) -> str:
    """Everything it says as one line without blanks: a PDF breaks lines where it likes."""
    return squeezed(" ".join(page.extract_text() for page in pages(report, say)))


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u00ad-]", "", text)


def test_every_row_and_every_reservation_is_named(report: Report) -> None:
    said = words(report)
    named = [row.response for row in report.rows if row.response]
    named += [flag for row in report.rows for flag in row.flags]
    named += [row.draft for row in report.rows if row.draft]
    named += [STANDING, report.meeting.title, "No response was chosen for this area."]
    assert [text for text in named if squeezed(text) not in said] == []


def test_every_page_bears_mark_number_and_moment(report: Report) -> None:
    found = [squeezed(page.extract_text()) for page in pages(report)]
    marks = [squeezed(mark) for mark in (report.meeting.trial, "record to no. 1432")]
    without = [
        n
        for n, text in enumerate(found, 1)
        if not all(mark in text for mark in (*marks, f"{n}/{len(found)}"))
    ]
    assert without == []


def test_headings_of_a_long_table_are_repeated(report: Report) -> None:
    row = next(row for row in report.rows if row.response)
    many = [replace(row, response_no=f"R{n}", support="Ninety of 99") for n in range(120)]
    long = replace(report, rows=many, rounds=[], evidence=[], agenda=[], log=[])
    bodies = [squeezed(page.extract_text()) for page in pages(long)]
    with_rows = [body for body in bodies if "Ninetyof99" in body]
    assert len(with_rows) > 3
    assert [body for body in with_rows if "Leadandpartners" not in body] == []


def test_markup_is_text(report: Report) -> None:
    evil = '#read("/etc/passwd") *bold* $x$ = heading <b> \\ // @ref [a] “=1+1”'
    said = words(replace(report, rows=[replace(report.rows[0], response=evil)], rounds=[]))
    assert squeezed(evil) in said


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("أولوية مكافحة الفساد", "ar"),
        ("有组织犯罪与恐怖主义的联系", "zh"),
        ("Связь явлений", "ru"),
        ("Ação ñ ž ő", "fr"),
    ],
)
def test_every_script_has_its_letters(report: Report, text: str, language: str) -> None:
    """A letter without a glyph would be drawn as a box, by the glyph number 0."""
    small = replace(
        report, language=language, rounds=[], agenda=[], evidence=[], participants=[], decisions=[],
        rows=[replace(report.rows[0], area=text)],
    )  # fmt: skip
    data = written("pdf", small, translations(language).gettext)
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in PdfReader(io.BytesIO(data)).pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    }
    wanted = {"ar": "NotoSansArabic", "zh": "NotoSansCJKsc"}.get(language, "NotoSans-")
    assert any(wanted in font for font in fonts)
    assert all("Noto" in font for font in fonts)
