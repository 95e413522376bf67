"""Worked examples beyond the vectors: votes, scores, committees.

Tennessee with approvals and stars (Wikipedia: approval voting, score voting, STAR voting); thirty
voters and two seats (Wikipedia, proportional approval voting); Brams and Kilgour 2014, example 1;
resolutions of the United Nations General Assembly under Article 18 of the Charter; cumulative
voting for a board (Glasser 1959); the prices of quadratic voting (Posner and Weyl 2018).
"""

from typing import Any

import pytest

from app.methods import Outcome, Poll, count
from tests.known_answers.polls import Lines, approved

THIRTY: Lines = [(5, "AB"), (17, "AC"), (8, "D")]


def stars(method: str, rows: list[tuple[int, list[int]]], top: int, **params: str) -> Outcome:
    ballots = [
        {"count": n, "body": {"rating": dict(zip("MNCK", row, strict=True))}} for n, row in rows
    ]
    poll = {"method": method, "scale": {"min": 0, "max": top}, "params": params}
    return count(Poll.model_validate({**poll, "ballots": ballots}))


def test_tennessee_by_approval_of_two_each() -> None:
    outcome = count(approved([(42, "MN"), (26, "NC"), (15, "CK"), (17, "KC")], "MNCK"), "approval")
    assert outcome.scores == {"M": "42", "N": "68", "C": "58", "K": "32"}
    assert outcome.winners == ["N"]


def test_tennessee_by_score() -> None:
    rows = [(42, [10, 4, 2, 0]), (26, [0, 10, 4, 2]), (15, [0, 6, 10, 6]), (17, [0, 5, 7, 10])]
    outcome = stars("score", rows, 10, by="mean")
    assert outcome.scores == {"M": "21/5", "N": "603/100", "C": "457/100", "K": "78/25"}
    assert outcome.winners == ["N"]


def test_tennessee_by_star() -> None:
    rows = [(42, [5, 2, 1, 0]), (26, [0, 5, 2, 2]), (15, [0, 3, 5, 4]), (17, [0, 2, 4, 5])]
    outcome = stars("star", rows, 5)
    assert outcome.scores == {"M": "210", "N": "293", "C": "237", "K": "197"}
    assert outcome.diagnostics["runoff"] == {"N": "68", "C": "32"}
    assert outcome.winners == ["N"]


def test_two_seats_for_thirty_voters() -> None:
    poll = approved(THIRTY, "ABCD", seats=2)
    pav = count(poll, "pav")
    assert (pav.winners, pav.diagnostics["score"]) == (["A", "C"], "61/2")
    sequential = count(poll, "seq_pav")
    assert [step["gain"] for step in sequential.diagnostics["steps"]] == ["22", "17/2"]
    assert count(poll, "seq_phragmen").winners == ["A", "C"]
    assert count(poll, "equal_shares").winners == ["A"]


def test_satisfaction_approval_serves_more_voters() -> None:
    poll = approved([(4, "ab"), (3, "c"), (3, "d")], "abcd", seats=2)
    assert count(poll, "approval").winners == ["a", "b"]
    outcome = count(poll, "satisfaction_approval")
    assert outcome.scores == {"a": "2", "b": "2", "c": "3", "d": "3"}
    assert outcome.winners == ["c", "d"]


@pytest.mark.parametrize(
    ("resolution", "yes", "no", "abstain", "share", "decided"),
    [
        ("2758 (XXVI), 1971", 76, 35, 17, "76/111", "yes"),
        ("ES-11/1, 2022", 141, 5, 35, "141/146", "yes"),
        ("draft L.632, 1971: an important question", 55, 59, 15, "55/114", "no"),
    ],
)
def test_two_thirds_of_the_members_present_and_voting(
    resolution: str, yes: int, no: int, abstain: int, share: str, decided: str
) -> None:
    votes = {"yes": yes, "no": no, "abstain": abstain}
    ballots = [{"count": n, "body": {"motion": answer}} for answer, n in votes.items()]
    threshold = "simple" if "L.632" in resolution else "2/3"
    poll = {"method": "motion", "threshold": threshold, "basis": "valid", "ballots": ballots}
    outcome = count(Poll.model_validate(poll))
    assert (outcome.diagnostics["share"], outcome.decided) == (share, decided)


def spread(rows: list[tuple[int, dict[str, int]]], **fields: Any) -> Outcome:
    ballots = [{"count": n, "body": {"allocation": row}} for n, row in rows]
    return count(Poll.model_validate({"ballots": ballots, **fields}))


def test_seventeen_shares_of_a_hundred_elect_one_of_five_directors() -> None:
    """Glasser: n seats need more than shares · n / (directors + 1); 100 / 6 is below 17."""
    rows = [(83, dict.fromkeys(["A", "B", "C", "D", "E"], 1)), (17, {"F": 5})]
    outcome = spread(rows, method="dot_vote", budget=5, seats=5)
    assert outcome.scores["F"] == "85"
    assert (outcome.winners, outcome.ties) == (["F"], [["A", "B", "C", "D", "E"]])
    sixteen = spread([(84, rows[0][1]), (16, {"F": 5})], method="dot_vote", budget=5, seats=5)
    assert sixteen.winners == ["A", "B", "C", "D", "E"]


@pytest.mark.parametrize(("votes", "price"), [(1, 1), (2, 4), (3, 9), (4, 16), (10, 100)])
def test_votes_cost_their_square(votes: int, price: int) -> None:
    fields = {"method": "quadratic", "budget": price}
    assert spread([(1, {"A": votes})], **fields).diagnostics["costs"] == [str(price)]
    assert spread([(1, {"A": votes + 1})], **fields).turnout.invalid == 1
