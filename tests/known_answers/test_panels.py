"""V13 CHNRI, V17 RAND/UCLA appropriateness; weighted criteria; impact and feasibility."""

from typing import Any

import pytest

from app.methods import Outcome, Poll, count


def chnri() -> Outcome:
    rows: list[list[float | None]] = [
        [1, 1, 0.5, 0, 1],
        [1, 0.5, 0.5, None, 1],
        [1, 1, 0, 0, 0.5],
        [None, 1, 0.5, 0, 1],
    ]
    ballots = [
        {"body": {"criteria": {"A": {f"c{n}": value for n, value in enumerate(row)}}}}
        for row in rows
    ]
    return count(Poll.model_validate({"method": "chnri", "ballots": ballots}))


def test_chnri() -> None:
    outcome = chnri()
    assert outcome.scores == {"A": "5/8"}
    figures = outcome.diagnostics["options"]["A"]
    assert list(figures["criteria"].values()) == ["1", "7/8", "3/8", "0", "7/8"]
    assert (figures["rps"], figures["aea"]) == ("5/8", "3/4")


def appropriateness(values: list[int]) -> dict[str, Any]:
    ballots = [{"body": {"rating": {"A": value}}} for value in values]
    outcome = count(Poll.model_validate({"method": "ram_appropriateness", "ballots": ballots}))
    figures: dict[str, Any] = outcome.diagnostics["options"]["A"]
    return figures


def test_ram_of_fifteen() -> None:
    found = appropriateness([7] * 5 + [8] * 5 + [9] * 2 + [3, 4, 5])
    assert (found["median"], found["p30"], found["p70"], found["ipr"]) == (7, 7, 8, 1)
    assert found["ipras"] == pytest.approx(6.1)
    assert (found["disagreement"], found["class"]) == (False, "appropriate")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([3] * 9, "inappropriate"),
        ([3, 4], "uncertain"),
        ([6, 7], "appropriate"),
        ([1, 1, 1, 1, 5, 9, 9, 9, 9], "uncertain"),
    ],
)
def test_ram_classes(values: list[int], expected: str) -> None:
    assert appropriateness(values)["class"] == expected


def test_ram_symmetric_disagreement() -> None:
    found = appropriateness([1, 1, 1, 1, 5, 9, 9, 9, 9])
    assert (found["ipras"], found["disagreement"]) == (2.35, True)


def judged(method: str, rows: list[dict[str, dict[str, int]]], **fields: Any) -> Outcome:
    ballots = [{"body": {"criteria": row}} for row in rows]
    return count(Poll.model_validate({"method": method, "ballots": ballots, **fields}))


def test_weighted_criteria_turn_costs_round() -> None:
    outcome = judged(
        "weighted_criteria",
        [{"A": {"impact": 9, "cost": 9}, "B": {"impact": 5, "cost": 1}}],
        scale={"min": 1, "max": 9},
        criteria=[{"id": "impact", "weight": "2"}, {"id": "cost", "direction": "down"}],
    )
    assert outcome.scores == {"A": "2/3", "B": "2/3"}
    assert (outcome.decided, outcome.ties) == ("tie", [["A", "B"]])


def test_impact_and_feasibility_place_only_what_is_clear() -> None:
    rows = [
        {"A": {"impact": 8, "feasibility": 7}, "B": {"impact": 2, "feasibility": 9}},
        {"A": {"impact": 9, "feasibility": 8}, "B": {"impact": 9, "feasibility": 9}},
    ]
    outcome = judged("impact_feasibility", rows)
    cells = {option: one["cell"] for option, one in outcome.diagnostics["options"].items()}
    assert cells == {"A": "high_high", "B": "undecided"}
    assert outcome.winners == ["A"]
