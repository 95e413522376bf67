"""The matrix as one page: everything that was agreed is in it, and it asks nobody for anything."""

import re
from dataclasses import replace

from app.queries.report.shape import Report
from tests.exports.opened import written


def page(report: Report) -> str:
    return written("html", report).decode()


def test_every_row_reservation_and_draft_is_named(report: Report) -> None:
    said = page(report)
    named = [row.response for row in report.rows if row.response]
    named += [flag for row in report.rows for flag in row.flags]
    named += [row.draft for row in report.rows if row.draft]
    named += [one.text for one in (*report.components, *report.conclusions)]
    named += [text for row in report.rows for text in (*row.evidence, *row.estimates)]
    named += [text for row in report.rows for text in (*row.area_estimates, row.cell)]
    named += ["R01 Response 1: Dropped. Too few nominations for the shortlist."]
    named += [report.meeting.trial, "No response was chosen for this area."]
    assert [text for text in named if text not in said] == []
    assert "Response 2" not in said


def test_it_refers_to_nothing_outside_itself(report: Report) -> None:
    said = page(report)
    assert said.startswith("<!doctype html>")
    tags = " ".join(re.findall(r"<[^>]*>", said))
    assert re.findall(r"<script|<link|<img|<iframe|<a\b|\b(?:src|href|action)=", tags) == []
    assert re.findall(r"url\(|@import|</style>.*</style>", said, re.DOTALL) == []
    assert "default-src &#39;none&#39;" in said or "default-src 'none'" in said


def test_words_never_become_markup(report: Report) -> None:
    row = replace(report.rows[0], response="<script>alert(1)</script>")
    said = page(replace(report, rows=[row]))
    assert "<script" not in said
    assert "&lt;script&gt;" in said


def test_it_runs_from_right_to_left_where_the_language_does(report: Report) -> None:
    assert '<html lang="ar" dir="rtl">' in page(replace(report, language="ar"))
    assert '<html lang="en" dir="ltr">' in page(report)
