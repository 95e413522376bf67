"""The scenario's files, and the comparison that `consilience demo` ends by."""

from typing import Any

import httpx
import pytest

from app.scenario import check, files, generate
from app.scenario.house import House
from app.scenario.meeting import Meeting


@pytest.fixture
def meeting() -> Meeting:
    """Areas and responses that are their own ids."""
    wanted = files.expected()
    found = Meeting(House(httpx.AsyncClient()))
    found.areas = {area: area for area in wanted["round1"]}
    found.responses = {no: no for no in wanted["approvals"]}
    return found


def rated() -> dict[str, Any]:
    words = {given: word for word, given in check.AGREEMENT.items()}
    options = {
        area: {**figures, "agreement": words[figures["agreement"]]}
        for area, figures in files.expected()["round2"].items()
    }
    return {"diagnostics": {"options": options}}


def approved() -> dict[str, Any]:
    scores = files.expected()["approvals"]
    return {"scores": scores, "winners": [no for no, count in scores.items() if count >= 10]}


def test_the_same_seed_writes_the_same_judgements() -> None:
    assert generate.judgements() == files.rows("synthetic_judgements")


def test_every_voter_judges_every_evidence_item() -> None:
    items = [row["id"] for row in files.rows("evidence")]
    assert {who: list(given) for who, given in files.judgements().items()} == dict.fromkeys(
        files.voters(), items
    )


def test_what_is_as_expected_is_not_named(meeting: Meeting) -> None:
    assert check.ratings(meeting, 2, rated()) == []
    assert check.approvals(meeting, approved()) == []


def test_a_rating_that_differs_is_named(meeting: Meeting) -> None:
    outcome = rated()
    outcome["diagnostics"]["options"]["PA09"]["median"] = 7.5
    assert check.ratings(meeting, 2, outcome) == ["round 2, PA09: median"]


def test_what_is_kept_beside_the_rule_is_named(meeting: Meeting) -> None:
    outcome = approved()
    outcome["winners"].remove("R01")
    assert check.approvals(meeting, outcome) == ["responses kept"]


def test_a_winner_and_a_score_that_differ_are_named(meeting: Meeting) -> None:
    scores = {**files.expected()["ranking"]["borda_average"], "PA03": "285"}
    wrong = check.ranking(meeting, {"winners": ["PA03"]}, {"scores": scores})
    assert wrong == ["Schulze winners", "Borda of PA03"]
