"""How the last seats are filled when votes, money or supporters run out."""

from typing import Any

import pytest

from app.methods import Outcome, count
from tests.known_answers.polls import Lines, approved, ranked


def shares(lines: Lines, options: str, **fields: Any) -> Outcome:
    return count(approved(lines, options, **fields), "equal_shares")


def test_the_poorer_give_all_and_the_richer_share_the_rest() -> None:
    """Two each: A takes 1 from two of them; of B's price of 5 its first supporter has 1 left."""
    lines: Lines = [(1, "AB"), (1, "A"), (2, "B")]
    outcome = shares(lines, "AB", budget=8, costs={"A": 2, "B": 5})
    assert [step["payment"] for step in outcome.diagnostics["steps"]] == ["1", "2"]


def test_what_nobody_supports_is_not_bought_by_anybody_s_load() -> None:
    fields = {"budget": 10, "costs": {"A": 2, "B": 2}, "params": {"completion": "phragmen"}}
    assert shares([(1, "A")], "AB", **fields).winners == ["A"]


def test_raising_the_shares_stops_when_all_is_used() -> None:
    lines: Lines = [(3, "AB"), (2, "C")]
    assert len(shares(lines, "ABC", seats=2).diagnostics["committees"][0]) == 1
    raised = shares(lines, "ABC", seats=2, params={"completion": "add1"})
    assert raised.diagnostics["committees"] == [["A", "C"], ["B", "C"]]


@pytest.mark.parametrize("rule", ["scottish", "wig"])
def test_those_without_a_vote_leave_together(rule: str) -> None:
    fields = {"options": list("ABCDE"), "params": {"rule": rule}, "seats": 1}
    outcome = count(ranked([(4, "A"), (3, "B"), (2, "CB")], **fields), "stv")
    assert outcome.diagnostics["rounds"][0]["eliminated"] == ["D", "E"]
    assert outcome.winners == ["B"]


def test_as_many_left_as_seats_are_elected_without_a_quota() -> None:
    fields = {"options": ["A", "B"], "params": {"rule": "meek"}, "seats": 2}
    assert count(ranked([(3, "A")], **fields), "stv").winners == ["A", "B"]
