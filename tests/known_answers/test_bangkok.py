"""The scenario's synthetic votes: every figure of expected.json."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pytest

from app.methods import Outcome, Poll, count
from tests.known_answers.conftest import DataSet

Find = Callable[[str], DataSet]
AGREEMENT = {"agree": "ok", "disagree": "not_ok", "neither": None}


def ballots(bodies: dict[str, Any], shape: str) -> list[dict[str, Any]]:
    return [{"voter": voter, "body": {shape: body}} for voter, body in bodies.items()]


@pytest.mark.parametrize("number", [1, 2])
def test_ratings(data: Find, number: int) -> None:
    bangkok = data("bangkok")
    answers: dict[str, dict[str, int | None]] = defaultdict(dict)
    for row in bangkok.rows(f"synthetic_ratings_round{number}.csv"):
        value = int(row["rating"]) if row["rating"] else None
        answers[row["participant_id"]][row["priority_area_id"]] = value
    outcome = count(
        Poll.model_validate(
            {
                "method": "rating_consensus",
                "scale": {"min": 1, "max": 9, "step": 1},
                "eligible": 29,
                "options": sorted(next(iter(answers.values()))),
                "ballots": ballots(answers, "rating"),
            }
        )
    )
    for area, expected in bangkok.json()[f"round{number}"].items():
        found = outcome.diagnostics["options"][area]
        named = {
            name: found[name] for name in ("n", "no_opinion", "median", "q1", "q3", "consensus")
        }
        assert named == {name: expected[name] for name in named}
        assert round(found["mean"], 6) == expected["mean"]
        assert AGREEMENT[found["agreement"]] == expected["agreement"]


@pytest.fixture
def rankings(data: Find) -> Poll:
    tiers: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in data("bangkok").rows("synthetic_rankings.csv"):
        tiers[row["participant_id"]].append((int(row["rank"]), row["priority_area_id"]))
    bodies = {voter: [[area] for _, area in sorted(ranks)] for voter, ranks in tiers.items()}
    options = [f"PA{number:02}" for number in range(1, 15)]
    return Poll.model_validate({"options": options, "ballots": ballots(bodies, "ranking")})


def order(outcome: Outcome) -> list[str]:
    return [option for tier in outcome.ranking for option in tier]


def test_rankings(data: Find, rankings: Poll) -> None:
    expected = data("bangkok").json()["ranking"]
    borda, schulze = count(rankings, "borda"), count(rankings, "schulze")
    assert borda.scores == expected["borda_average"]
    assert order(borda) == expected["borda_order"]
    assert schulze.winners == expected["schulze_winners"]
    assert schulze.diagnostics["condorcet_winner"] == expected["condorcet_winner"]
    assert count(rankings, "irv").winners == [expected["irv_winner"]]
    assert order(count(rankings, "plurality")) == expected["plurality_order"]


def test_approvals(data: Find) -> None:
    bangkok = data("bangkok")
    approved: dict[str, list[str]] = defaultdict(list)
    for row in bangkok.rows("synthetic_approvals.csv"):
        approved[row["participant_id"]].append(row["response_id"])
    options = [f"R{number:02}" for number in range(1, 28)]
    poll = {
        "method": "approval",
        "options": options,
        "threshold": "1/3",
        "ballots": ballots(approved, "approval"),
    }
    outcome = count(Poll.model_validate(poll))
    expected = bangkok.json()
    assert outcome.scores == {one: str(votes) for one, votes in expected["approvals"].items()}
    assert len(outcome.winners) == 23
    assert sorted(outcome.winners) == sorted(
        response for response, share in expected["approval_share"].items() if share >= 1 / 3
    )
