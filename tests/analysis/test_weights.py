"""Weights as a group gives them, and what another weight would change. Each figure is worked out by
hand in its test."""

from fractions import Fraction
from typing import Any

import pytest

from app.analysis.weights import group_shares, what_if
from app.methods import Poll, count

IDS = ["a", "b", "c"]


def given(*bodies: Any, shape: str = "allocation", times: int = 1) -> Poll:
    rows = [{"body": {shape: body}, "count": times} for body in bodies]
    return Poll.model_validate({"options": IDS, "ballots": rows})


def shared(*shares: str) -> dict[str, Fraction]:
    return dict(zip(IDS, map(Fraction, shares), strict=True))


def test_points_of_two_people() -> None:
    """(60 + 20) / 2, (40 + 30) / 2 and 50 / 2 of a hundred."""
    poll = given({"a": 60, "b": 40}, {"a": 20, "b": 30, "c": 50})
    assert group_shares(poll, "mean") == {
        "a": Fraction(2, 5),
        "b": Fraction(7, 20),
        "c": Fraction(1, 4),
    }


def test_swings_count_alike_however_high_they_were_put() -> None:
    """100, 50, 50 is 1/2, 1/4, 1/4 as 50, 25, 25 would be; nobody's zeros are left out."""
    poll = given({"a": 100, "b": 50, "c": 50}, {"a": 50, "b": 25, "c": 25}, shape="rating")
    nobody = given({"a": 0, "b": None}, shape="rating")
    both = poll.model_copy(update={"ballots": [*poll.ballots, *nobody.ballots]})
    assert group_shares(both, "mean") == {
        "a": Fraction(1, 2),
        "b": Fraction(1, 4),
        "c": Fraction(1, 4),
    }
    assert group_shares(nobody, "mean") == {}


def test_medians_are_brought_back_to_a_whole() -> None:
    """Medians 6/10, 2/10, 0 of (8, 2, 0), (6, 1, 3), (2, 8, 0): of eight tenths 3/4 and 1/4."""
    poll = given({"a": 8, "b": 2}, {"a": 6, "b": 1, "c": 3}, {"a": 2, "b": 8})
    assert group_shares(poll, "median") == {
        "a": Fraction(3, 4),
        "b": Fraction(1, 4),
        "c": Fraction(0),
    }


def test_medians_of_nothing_in_common_are_no_weights() -> None:
    assert group_shares(given({"a": 1}, {"b": 1}, {"c": 1}), "median") == {}


def test_thirds_add_up_to_one_in_four_digits() -> None:
    thirds = group_shares(given({"a": 1, "b": 1, "c": 1}, times=3), "mean")
    assert thirds == {
        "a": Fraction(3334, 10000),
        "b": Fraction(3333, 10000),
        "c": Fraction(3333, 10000),
    }


def test_who_would_come_in_with_another_weight() -> None:
    """A has (2·0 + 1·1)/3 and B (2·1 + 1·0)/3: B is first. Half of 2 makes them equal, without x
    A is first; twice y makes them equal, and without y nothing changes."""
    poll = {
        "method": "weighted_criteria",
        "options": ["A", "B"],
        "scale": {"min": 0, "max": 1},
        "criteria": [{"id": "x", "weight": "2"}, {"id": "y"}],
        "ballots": [{"body": {"criteria": {"A": {"x": 0, "y": 1}, "B": {"x": 1, "y": 0}}}}],
    }
    read = Poll.model_validate(poll)
    found = what_if(read, count(read), 1)
    same: dict[str, list[str]] = {"in": [], "out": []}
    assert found["x"] == {
        "0": {"in": ["A"], "out": ["B"]},
        "1/2": {"in": ["A"], "out": []},
        "2": same,
    }
    assert found["y"] == {"0": same, "1/2": same, "2": {"in": ["A"], "out": []}}


@pytest.mark.parametrize("method", ["weighted_criteria", "chnri"])
def test_both_rules_over_criteria_can_be_asked(method: str) -> None:
    body = {"A": {"x": 0, "y": 1}, "B": {"x": 1, "y": 0}}
    poll = Poll.model_validate({"method": method, "ballots": [{"body": {"criteria": body}}]})
    assert set(what_if(poll, count(poll), 1)) == {"x", "y"}
