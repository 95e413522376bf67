"""Agreed language: brackets counted, passages offered, amendments carried to a later text."""

import pytest

from app.activities.language import (
    bracketed,
    carried,
    open_brackets,
    passages,
    pieces,
    stands_in,
    words_of,
)

BASE = "Train border posts together every year"


@pytest.mark.parametrize(
    ("text", "found", "n"),
    [
        ("Train posts", [(False, "Train posts")], 0),
        ("Train [all] posts", [(False, "Train "), (True, "[all]"), (False, " posts")], 1),
        ("[a [b] c] d", [(True, "[a [b] c]"), (False, " d")], 2),
        ("a [never closed", [(False, "a "), (True, "[never closed")], 1),
        ("closed ] only", [(False, "closed ] only")], 0),
        ("", [], 0),
    ],
)  # fmt: skip
def test_brackets_are_found_and_counted(text: str, found: list[object], n: int) -> None:
    assert (bracketed(text), open_brackets(text)) == (found, n)


def test_a_passage_is_a_bracket_or_a_clause() -> None:
    assert passages("Train posts") == []
    assert passages("Train posts [yearly]") == ["[yearly]"]
    assert passages("Train posts; share files. Report [yearly].") == [
        "[yearly]", "Train posts;", "share files.", "Report [yearly].",
    ]  # fmt: skip
    assert passages("培训边境站；共享档案。") == ["培训边境站；", "共享档案。"]


def test_pieces_say_what_is_bracketed_and_what_is_quoted() -> None:
    assert pieces("Train [all] posts", ["all] po", "", "gone"]) == [
        (False, False, "Train "), (True, False, "["), (True, True, "all]"), (False, True, " po"),
        (False, False, "sts"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("amended", "now", "found"),
    [
        (f"{BASE} again", BASE, f"{BASE} again"),
        ("Train sea posts together every year", "Train border posts together every month",
         "Train sea posts together every month"),
        ("Train sea posts together every year", "Train land posts together every year", None),
        ("Train sea posts together every year", "Train sea posts together every year", None),
        ("Train sea posts together every year", "Train sea posts together every month", None),
        (BASE, BASE, None),
    ],
)  # fmt: skip
def test_an_amendment_is_carried_where_nobody_else_changed_its_words(
    amended: str, now: str, found: str | None
) -> None:
    assert carried(BASE, amended, now) == found


def test_an_amendment_stands_as_long_as_all_of_it_does() -> None:
    amended = "Train sea posts together every year"
    assert stands_in(BASE, amended, "Train sea posts together every month")
    assert not stands_in(BASE, amended, BASE)


def test_words_put_together_are_the_text() -> None:
    for text in (BASE, "a  b\n[c], d", "النصّ المتفق عليه", "共享档案"):
        assert "".join(words_of(text)) == text
