"""The shortlist, and when a cell is asked no more."""

from fractions import Fraction
from typing import Any

import pytest

from app.activities import EXERCISES, terms_of
from app.activities.cells import Known, state_of
from app.activities.sentences import shared_by
from app.activities.thrift import (
    Sharing,
    Shortlist,
    Verdicts,
    as_pair,
    cell_id,
    parts_of,
    shortlisted,
    stopped,
)

AREAS: dict[str, str | None] = {"a1": "A", "a2": "A", "a3": "A", "b1": "B", "c1": "C"}
COUNTS = {one: Fraction(n) for one, n in {"a1": 5, "a2": 3, "a3": 3, "b1": 1, "c1": 2}.items()}
ON_NINE = Verdicts(Fraction(7), Fraction(3), Fraction(1), Fraction(9))


def test_the_shortlist_takes_what_enough_nominated() -> None:
    assert shortlisted(COUNTS, AREAS, Shortlist(2)) == ["a1", "a2", "a3", "c1"]
    assert shortlisted({}, AREAS, Shortlist(1)) == []


def test_the_first_of_each_area_and_who_ties_with_the_last() -> None:
    assert shortlisted(COUNTS, AREAS, Shortlist(1, 1)) == ["a1", "b1", "c1"]
    assert shortlisted(COUNTS, AREAS, Shortlist(1, 2)) == ["a1", "a2", "a3", "b1", "c1"]


def values(*given: int) -> list[Fraction]:
    return [Fraction(one) for one in given]


@pytest.mark.parametrize(
    ("given", "waiting", "why"),
    [
        (values(), 5, None),
        (values(7, 8), 3, None),
        (values(7, 8, 8), 2, "narrow"),
        (values(1, 8, 8), 2, None),
        (values(1, 7, 7, 9), 2, None),
        (values(1, 7, 7, 9), 1, "settled"),
        (values(1, 7, 8, 9), 0, "settled"),
        (values(4, 7, 7, 7, 9), 2, "narrow"),
        (values(1, 1, 3, 3, 6, 9), 0, "settled"),
        (values(1, 3, 3, 6, 9), 1, None),
    ],
)
def test_a_cell_stops_by_the_rule_and_not_before(
    given: list[Fraction], waiting: int, why: str | None
) -> None:
    terms = Sharing(raters=7, stop_from=3, stop_iqr=0.5, stop_settled=True)
    assert stopped(given, waiting, terms, ON_NINE) == why


def test_without_a_rule_every_cell_is_asked_to_the_end() -> None:
    assert stopped(values(7, 7, 7), 0, Sharing(raters=3), ON_NINE) is None
    assert not Sharing(raters=3, stop_from=3).stops
    only = Sharing(raters=3, stop_from=2, stop_iqr=1)
    assert stopped(values(2, 7), 1, only, ON_NINE) is None


def said(settings: dict[str, Any]) -> str:
    terms = terms_of(EXERCISES["rate"], "Which?", settings)
    return " ".join(str(sentence) for sentence in shared_by(terms))


def test_the_terms_are_said() -> None:
    assert said({}) == ""
    assert said({"raters": 5}) == "Each cell is put to 5 voices, not to all."
    most = said({"raters": 5, "cells_most": 9, "stop_from": 3, "stop_iqr": 2})
    assert "more than 9 cells" in most
    assert "With 3 ratings and an IQR of 2 or less" in most
    settled = {"raters": 5, "stop_from": 3, "stop_settled": True}
    assert said(settled).endswith("can change its verdict.")
    assert "IQR is 2 or less, or no answer" in said({**settled, "stop_iqr": 2})


def test_a_cell_has_one_id_with_and_without_a_row() -> None:
    assert parts_of(cell_id("area", "response")) == ("area", "response")
    assert as_pair("area-response") == {"area": "area", "response": "response"}
    assert parts_of("proposal") is None


@pytest.mark.parametrize(
    ("known", "state"),
    [
        (Known(), "empty"),
        (Known(nominated=1), "dropped"),
        (Known(nominated=4, shortlisted=True), "nominated"),
        (Known(row=True, ruling="draft"), "nominated"),
        (Known(shortlisted=True, figures={"n": 5, "agreement": "agree"}), "rated"),
        (Known(shortlisted=True, figures={"n": 0}), "nominated"),
        (Known(figures={"n": 5, "agreement": "disagree"}), "dropped"),
        (Known(row=True, figures={"n": 5, "agreement": "disagree"}), "rated"),
        (Known(row=True, ruling="consensus"), "agreed"),
        (Known(row=True, ruling="no_objection"), "agreed"),
        (Known(row=True, ruling="with_reservations"), "reserved"),
        (Known(row=True, ruling="not_agreed", figures={"n": 9, "agreement": "agree"}), "dropped"),
        (Known(taken_out=True, shortlisted=True), "dropped"),
    ],
)
def test_what_came_last_says_how_a_cell_stands(known: Known, state: str) -> None:
    assert state_of(known)[0] == state
    assert bool(state_of(known)[1]) == (state == "dropped")
