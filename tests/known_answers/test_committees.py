"""V7 and V8: examples 1 and 5 of Lackner and Skowron's book; V9 in the manner of Phragmén 1894;
V10 a STAR test election.
"""

from typing import Any

import pytest

from app.methods import Outcome, Poll, count
from tests.known_answers.polls import Lines, approved

EXAMPLE_1: Lines = [
    (3, "ab"), (3, "ac"), (2, "ad"), (1, "bcf"), (1, "e"), (1, "f"), (1, "g"),
]  # fmt: skip
EXAMPLE_5: Lines = [(3, "ab"), (6, "ad"), (4, "b"), (5, "c"), (5, "cd")]
PHRAGMEN: Lines = [(1034, "ABC"), (519, "PQR"), (90, "ABQ"), (47, "APQ")]


def first(method: str, **params: Any) -> Outcome:
    return count(approved(EXAMPLE_1, "abcdefgh", seats=4, params=params), method)


def steps(outcome: Outcome, figure: str) -> list[tuple[str, str]]:
    return [(step["option"], step[figure]) for step in outcome.diagnostics["steps"]]


def test_approval_reports_the_tie_at_the_cut() -> None:
    outcome = first("approval")
    assert outcome.scores == {
        "a": "8", "b": "4", "c": "4", "d": "2", "e": "1", "f": "2", "g": "1", "h": "0",
    }  # fmt: skip
    assert (outcome.winners, outcome.ties) == (["a", "b", "c"], [["d", "f"]])


def test_proportional_approval() -> None:
    outcome = first("pav")
    assert outcome.winners == ["a", "b", "c", "f"]
    assert outcome.diagnostics["score"] == "83/6"


def test_phragmen_sequence_and_loads() -> None:
    outcome = first("seq_phragmen")
    assert steps(outcome, "load") == [("a", "1/8"), ("b", "11/32"), ("c", "55/128"), ("d", "5/8")]
    assert outcome.diagnostics["committees"] == [["a", "b", "c", "d"]]
    assert outcome.decided == "yes"
    assert outcome.diagnostics["steps"][1]["tied"] == ["b", "c"]


def test_equal_shares_stops_when_nobody_can_pay() -> None:
    outcome = first("equal_shares")
    assert steps(outcome, "rho") == [("a", "1/8")]
    completed = first("equal_shares", completion="phragmen")
    assert sorted(completed.winners) == ["a", "b", "c", "d"]


def test_example_5() -> None:
    poll = approved(EXAMPLE_5, "abcd", seats=2)
    pav = count(poll, "pav")
    assert (pav.winners, pav.diagnostics["score"]) == (["a", "c"], "19")
    sequential = count(poll, "seq_pav")
    assert steps(sequential, "gain") == [("d", "11"), ("c", "15/2")]


def test_phragmen_1894() -> None:
    poll = approved(PHRAGMEN, "ABCPQR", seats=3)
    assert count(poll, "seq_phragmen").winners == ["A", "Q", "B"]
    assert steps(count(poll, "seq_pav"), "gain") == [("A", "1171"), ("Q", "1175/2"), ("B", "547")]


def test_budget_and_costs() -> None:
    poll = approved([(6, "a"), (4, "bc")], "abc", budget=10, costs={"a": 6, "b": 2, "c": 2})
    outcome = count(poll, "equal_shares")
    assert sorted(outcome.winners) == ["a", "b", "c"]
    assert [step["payment"] for step in outcome.diagnostics["steps"]] == ["1/2", "1/2", "1"]


@pytest.mark.parametrize("completion", ["none", "phragmen", "add1", "utilitarian"])
def test_equal_shares_never_spends_more_than_there_is(completion: str) -> None:
    params = {"completion": completion, "utility": "cost"}
    costs = {"a": 5, "b": 4, "c": 3, "d": 8}
    poll = approved([(3, "ab"), (2, "cd"), (2, "d")], "abcd", budget=10, costs=costs, params=params)
    assert sum(costs[option] for option in count(poll, "equal_shares").winners) <= 10


def test_star() -> None:
    lines = [(2, (5, 2, 1)), (4, (4, 2, 1)), (11, (0, 1, 1))]
    names = ("Amy", "Brian", "Clancy")
    ballots = [
        {"count": n, "body": {"rating": dict(zip(names, stars, strict=True))}} for n, stars in lines
    ]
    outcome = count(Poll.model_validate({"method": "star", "ballots": ballots}))
    assert outcome.scores == {"Amy": "26", "Brian": "23", "Clancy": "17"}
    assert outcome.diagnostics["runoff"] == {"Amy": "6", "Brian": "11"}
    assert outcome.winners == ["Brian"]


def points(method: str, bodies: list[dict[str, int]], **fields: Any) -> Outcome:
    ballots = [{"body": {"allocation": body}} for body in bodies]
    return count(Poll.model_validate({"method": method, "ballots": ballots, **fields}))


def test_quadratic_cost() -> None:
    outcome = points("quadratic", [{"A": 6, "B": -5}], budget=100, params={"negative": True})
    assert outcome.diagnostics["costs"] == ["61"]
    assert outcome.scores == {"A": "6", "B": "-5"}
    assert points("quadratic", [{"A": 6, "B": -5}], budget=100).turnout.invalid == 1
    assert points("quadratic", [{"A": 6, "B": 9}], budget=100).turnout.invalid == 1


def test_dots() -> None:
    outcome = points("dot_vote", [{"A": 3, "B": 2}, {"B": 5}, {"A": 6}], budget=5)
    assert (outcome.scores, outcome.turnout.invalid) == ({"A": "3", "B": "7"}, 1)


def test_satisfaction_approval_splits_one_vote() -> None:
    outcome = count(approved([(1, "ab"), (2, "a"), (1, "abc")], "abc"), "satisfaction_approval")
    assert outcome.scores == {"a": "17/6", "b": "5/6", "c": "1/3"}
