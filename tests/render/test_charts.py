"""Charts: drawn from counts, told in words, turned with the line of reading."""

import re
from fractions import Fraction
from typing import Any

import pytest

from app.render.environment import environment
from app.render.figures import filters
from app.render.plots import highest, quartiles, steps, ticks

SCALE = {"min": 1, "max": 9, "step": 1}
RESULT: dict[str, Any] = {
    "counts": {"States": {"7": 3, "5": 1, "no_opinion": 9}, "experts": {"4": 2}},
    "figures": {"median": 6, "q1": 4, "q3": 7, "n": 6},
}


def drawn(macro: str, *given: Any, lang: str = "en") -> str:
    made = getattr(environment(lang).get_template("components/charts.html").module, macro)
    return str(made(*given))


def test_quartiles_leave_out_those_without_an_opinion() -> None:
    found = quartiles(RESULT["counts"]["States"])
    assert found is not None
    assert [found.low, found.middle, found.high] == [Fraction(13, 2), Fraction(7), Fraction(7)]


def test_nobody_rated() -> None:
    assert quartiles({"no_opinion": 4}) is None


def test_the_highest_column_is_one_of_numbers() -> None:
    assert highest(RESULT["counts"]["States"]) == 3
    assert highest({"no_opinion": 9, "0.5": 2}) == 2


def test_a_scale_has_its_steps() -> None:
    assert steps({"min": 0, "max": 10, "step": 5}) == [0, 5, 10]
    assert steps({"min": 0, "max": 0.3, "step": 0.1}) == [0, 0.1, 0.2, 0.3]


def test_a_long_scale_is_written_in_eleven_places_at_most() -> None:
    assert ticks({"min": 0, "max": 100, "step": 1}) == list(range(0, 101, 10))
    assert ticks(SCALE) == steps(SCALE)


def test_a_distribution_has_a_sign_for_each_rating() -> None:
    svg = drawn("dots", RESULT, SCALE)
    assert (svg.count('class="st"'), svg.count('class="ex-dot"')) == (4, 2)
    assert 'aria-label="Median 6, middle half 4 to 7, 6 ratings"' in svg


def test_ones_own_answer_is_told_in_words() -> None:
    assert "Your answer: 5" in drawn("dots", RESULT, SCALE, 5)


def test_the_hall_hears_both_groups() -> None:
    svg = drawn("strip", RESULT, SCALE, 7)
    label = "States: median 7, middle half 6.5 to 7; experts: median 4, middle half 4 to 4"
    assert f'aria-label="{label}"' in svg


@pytest.mark.parametrize(("lang", "at"), [("en", "16.0"), ("ar", "304.0")])
def test_the_low_end_stands_where_reading_begins(lang: str, at: str) -> None:
    svg = drawn("scale_ticks", SCALE, lang=lang)
    assert re.findall(r'x="([\d.]+)" y="14" text-anchor="middle">1<', svg) == [at]


def test_bars_fill_by_their_shares() -> None:
    widths = re.findall(
        r'class="bar-\w+" x="[\d.]+" y="\d+" width="([\d.]+)"', drawn("answer_bar", 2, 1, 1)
    )
    assert widths == ["160.0", "80.0", "80.0"]


def test_a_bar_of_nothing_is_empty() -> None:
    assert 'width="0.0"' in drawn("share_bar", 0, 0)


@pytest.mark.parametrize(
    ("value", "said"),
    [(7, "7"), (6.5, "6.5"), ("83/6", "13.83"), (None, ""), (Fraction(15, 2), "7.5")],
)
def test_figures_as_people_read_them(value: Any, said: str) -> None:
    assert filters("en")["figure"](value) == said
