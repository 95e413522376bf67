"""Where there is nothing to compare, too much, or too little said."""

from fractions import Fraction
from typing import Any

import pytest

from app.analysis import analyse
from app.analysis.agreement import cohen_kappa
from app.analysis.condorcet import condorcet
from app.analysis.opinion import MOST, opinion_groups
from app.analysis.weights import roots
from app.methods import Poll


def analysed(bodies: list[Any], **fields: Any) -> dict[str, Any]:
    ballots = [one if "body" in one else {"body": one} for one in bodies]
    return analyse(Poll.model_validate({"ballots": ballots, **fields}))


def test_two_raters_of_different_units_have_no_kappa() -> None:
    assert cohen_kappa({"A": Fraction(1)}, {"B": Fraction(1)}) is None


def test_without_options_there_is_nothing_to_compare() -> None:
    assert condorcet({}).words == "There is nothing to compare."


def test_too_many_voters_are_not_shuffled() -> None:
    row = {"S1": Fraction(1), "S2": Fraction(0)}
    assert opinion_groups([row] * (MOST + 1)) == {
        "groups": None,
        "why": f"More than {MOST:,} voters; the shuffling takes too long.".replace(",", ""),
    }


def test_an_invalid_reaction_is_in_no_group() -> None:
    rows = [
        {"groups": {"region": region}, "body": {"react": {"S1": answer}}}
        for region, answers in (("West", ["agree"] * 5 + ["no idea"]), ("East", ["disagree"] * 6))
        for answer in answers
    ]
    found = analysed(rows)["groups"]["S1"]["region"]
    assert {name: (one["n"], one["agree"]) for name, one in found.items()} == {
        "East": (6, 0),
        "West": (5, 5),
    }


def test_rounds_without_pseudonyms_match_row_by_row_or_not_at_all() -> None:
    body = {"rating": {"A": 7, "B": 2}}
    same = analysed([body, body], previous=[{"body": body}] * 2)["stability"]
    fewer = analysed([body, body], previous=[{"body": body}])["stability"]
    assert (same["options"]["A"]["n"], fewer["options"]) == (2, {})


def test_a_rule_that_cannot_read_all_ballots_is_left_out() -> None:
    bodies = [{"allocation": {"A": 6, "B": -5}}, {"allocation": {"A": 1, "B": 2}}]
    fields: dict[str, Any] = {"method": "quadratic", "params": {"negative": True}, "budget": 100}
    left_out = analysed(bodies, options=["A", "B"], **fields)["sensitivity"]["left_out"]
    assert left_out == {"dot_vote": "It cannot read all of these ballots."}


def test_a_heavy_rule_is_not_counted_again_for_each_group() -> None:
    options = [f"R{n:02}" for n in range(13)]
    rows = [
        {"groups": {"region": region}, "body": {"ranking": [[o] for o in options]}}
        for region in ("West", "East")
    ]
    assert analysed(rows, method="kemeny", options=options)["subgroups"] == {}


@pytest.mark.parametrize(
    ("equation", "found"),
    [((1, 0, 1), []), ((1, -3, 2), [2.0, 1.0]), ((0, 2, -4), [2.0]), ((0, 0, 1), [])],
)
def test_real_roots(equation: tuple[float, float, float], found: list[float]) -> None:
    assert roots(*equation) == found
