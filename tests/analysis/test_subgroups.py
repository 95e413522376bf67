"""Whom a result rests on, how fair choices serve regions, and what each weight decides."""

from typing import Any

import pytest

from app.analysis import analyse
from app.methods import Poll

REGIONS = [("West", 6, ["A"]), ("East", 5, ["B"]), ("South", 4, ["C"])]


def ballots(rows: list[tuple[str, int, list[str]]], shape: str = "approval") -> list[Any]:
    return [
        {"count": n, "groups": {"region": region}, "body": {shape: body}}
        for region, n, body in rows
    ]


def test_without_a_region_another_option_enters() -> None:
    poll = {"method": "approval", "options": list("ABC"), "seats": 2, "ballots": ballots(REGIONS)}
    region = analyse(Poll.model_validate(poll))["subgroups"]["region"]
    assert region["without"]["West"] == {"winners": ["B", "C"], "entered": ["C"], "left": ["A"]}
    assert region["alone"]["West"]["top"] == ["A", "B", "C"]  # B and C are tied across the cut
    assert region["alone"]["South"] is None  # four voters: no table of their own
    assert region["equal"] == {"winners": [], "entered": ["C"], "left": []}


def test_equal_weight_of_ratings_takes_copies() -> None:
    rows: list[Any] = [("West", 6, {"A": 9, "B": 1}), ("East", 2, {"A": 1, "B": 9})]
    poll = {"options": ["A", "B"], "ballots": ballots(rows, "rating")}
    region = analyse(Poll.model_validate(poll))["subgroups"]["region"]
    assert region["equal"]["entered"] == ["B"]  # equal weight leaves the two tied
    assert region["without"]["West"]["entered"] == ["B"]


def test_equal_weight_that_takes_too_many_copies_is_left_out() -> None:
    sizes = {"a": 97, "b": 101, "c": 103}
    rows: list[Any] = [(name, n, {"A": 9, "B": 1}) for name, n in sizes.items()]
    poll = {"options": ["A", "B"], "ballots": ballots(rows, "rating")}
    assert analyse(Poll.model_validate(poll))["subgroups"]["region"]["equal"] is None


def test_what_does_not_count_is_in_no_group() -> None:
    rows = [
        {
            "voter": "v1",
            "groups": {"region": ["West", "East"]},
            "body": {"ranking": [["A"], ["B"]]},
        },
        {"voter": "v1", "groups": {"region": "East"}, "body": {"ranking": [["B"], ["A"]]}},
        {"voter": "v2", "groups": {"region": "East"}, "body": {"ranking": [["X"]]}},
        {"voter": "v3", "groups": {"region": "East"}, "body": {"ranking": [["A"], ["B"]]}},
    ]
    poll = Poll.model_validate({"method": "borda", "options": ["A", "B"], "ballots": rows})
    region = analyse(poll)["subgroups"]["region"]
    assert region["without"]["East"] is None  # whoever is in the West is in the East, too
    assert region["without"]["West"] == {"winners": ["A"], "entered": [], "left": []}


def test_fair_rules_serve_the_smaller_region() -> None:
    rows = [("West", 6, ["A", "B", "C"]), ("East", 5, ["D"]), ("South", 1, ["D"])]
    poll = {"options": list("ABCD"), "seats": 3, "method": "seq_phragmen", "ballots": ballots(rows)}
    found = analyse(Poll.model_validate(poll))["fairness"]
    assert found["approval"]["region"]["East"]["represented"] == 1.0 - (
        "D" not in found["approval"]["committee"]
    )
    for rule in ("seq_phragmen", "equal_shares", "pav", "seq_pav"):
        assert found[rule]["region"]["East"] == {
            "voters": 5,
            "satisfaction": "1",
            "represented": 1.0,
        }
        assert found[rule]["region"]["South"] is None
        full = "1" if rule == "equal_shares" else "3/2"  # it leaves a seat nobody can pay for
        assert found[rule]["everyone"]["satisfaction"] == full


def test_a_rule_too_heavy_is_left_out_with_its_reason() -> None:
    options = [f"O{n:02}" for n in range(25)]  # more than two million committees of ten
    # No two are approved by as many, or the light rules would follow a thousand ways to break ties.
    rows = [(("East", "West")[n % 2], 1, options[:n]) for n in range(1, 26)]
    poll = {"options": options, "seats": 10, "method": "approval", "ballots": ballots(rows)}
    found = analyse(Poll.model_validate(poll))
    assert found["fairness"]["pav"]["left_out"].endswith("committees to compare.")
    assert "pav" in found["sensitivity"]["left_out"]


def test_the_weight_at_which_the_order_turns() -> None:
    """A = (2·0 + 1·1)/3 and B = (2·1 + 1·0)/3: equal where both criteria weigh the same."""
    body = {"A": {"x": 0, "y": 1}, "B": {"x": 1, "y": 0}}
    poll = {
        "method": "weighted_criteria",
        "options": ["A", "B"],
        "scale": {"min": 0, "max": 1, "step": 1},
        "criteria": [{"id": "x", "weight": "2"}, {"id": "y", "weight": "1"}],
        "seats": 1,
        "ballots": [{"body": {"criteria": body}}],
    }
    weights = analyse(Poll.model_validate(poll))["weights"]
    assert weights["x"] == {"weight": "2", "down_to": pytest.approx(1), "up_to": None}
    assert weights["y"] == {"weight": "1", "down_to": None, "up_to": pytest.approx(2)}


def test_weights_where_not_everything_was_answered() -> None:
    body = {"A": {"x": 1, "y": 0}, "B": {"x": 0}, "C": {"y": 1}, "D": {}}
    poll = {
        "method": "weighted_criteria",
        "options": list("ABCD"),
        "seats": 1,
        "ballots": [{"body": {"criteria": body}}],
    }
    weights = analyse(Poll.model_validate(poll))["weights"]
    assert weights["x"] == {"weight": "1", "down_to": None, "up_to": None}
    assert weights["y"]["down_to"] == 0.0
