"""Text from people does nothing when a file is opened."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.formats.columns import COLUMNS, csv_name
from app.formats.inert import plain, quoted

CONTRACT = (
    "component area_no priority_area problem_statement regional_context evidence_status "
    "evidence_references response_no programmatic_response level lead_actor partners time_frame "
    "resources indicator priority_median priority_iqr priority_n priority_rank support agreement "
    "reservations source notes outcome_reference"
)


@pytest.mark.parametrize(
    ("text", "inert"),
    [
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("  +1", "'  +1"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("＝1+1", "'＝1+1"),
        ("\x00=1", "'=1"),
        ("a=b", "a=b"),
        ("", ""),
        (None, ""),
        (7, "7"),
    ],
)
def test_what_would_be_a_formula_is_quoted(text: object, inert: str) -> None:
    assert quoted(text) == inert


@given(st.text())
def test_no_control_character_is_left(text: str) -> None:
    assert [c for c in plain(text) if ord(c) < 32 and c not in "\t\n\r"] == []


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cn", "Cs"])))
def test_ordinary_text_is_kept(text: str) -> None:
    assert plain(text) == text


def test_the_columns_are_the_contracts_in_its_order() -> None:
    assert [csv_name(column) for column in COLUMNS] == CONTRACT.split()
