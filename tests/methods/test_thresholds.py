"""Motions, consent, approval: shares of a stated whole, exactly."""

from typing import Any

import pytest

from app.methods import Outcome, Poll, count


def motion(yes: int, no: int, abstain: int, **fields: Any) -> Outcome:
    said = {"yes": yes, "no": no, "abstain": abstain}
    ballots = [{"count": n, "body": {"motion": answer}} for answer, n in said.items() if n]
    return count(Poll.model_validate({"method": "motion", "ballots": ballots, **fields}))


@pytest.mark.parametrize(
    ("basis", "share", "decided"),
    [("valid", "15/22", "yes"), ("present", "3/5", "no"), ("members", "1/2", "no")],
)
def test_two_thirds_of_what(basis: str, share: str, decided: str) -> None:
    outcome = motion(30, 14, 6, eligible=60, threshold="2/3", basis=basis)
    assert (outcome.diagnostics["share"], outcome.decided) == (share, decided)
    assert outcome.diagnostics["quorum_met"] is True


def test_exactly_half_is_not_more_than_half() -> None:
    outcome = motion(10, 10, 3)
    assert (outcome.decided, outcome.ties) == ("no", [["yes", "no"]])
    assert motion(10, 10, 0, threshold="1/2").decided == "yes"


def test_two_thirds_is_two_thirds_and_not_a_decimal() -> None:
    assert motion(2, 1, 0, threshold="2/3").decided == "yes"


def test_nobody_said_yes_or_no() -> None:
    outcome = motion(0, 0, 5)
    assert (outcome.decided, outcome.diagnostics["share"]) == ("no", None)


def test_the_quorum_counts_those_who_abstain() -> None:
    assert motion(3, 1, 1, eligible=10, quorum="1/2").decided == "yes"
    assert motion(3, 1, 0, eligible=10, quorum="1/2").decided == "no_quorum"


def consent(**params: Any) -> Outcome:
    said = params.pop("said")
    ballots = [{"count": n, "body": {"consent": answer}} for answer, n in said.items()]
    poll = {"method": "consent", "params": params, "ballots": ballots}
    return count(Poll.model_validate(poll))


@pytest.mark.parametrize(
    ("said", "decided"),
    [
        ({"consent": 20, "reservation": 3, "stand_aside": 2, "pending": 1}, "yes"),
        ({"consent": 28, "objection": 1}, "no"),
    ],
)
def test_one_objection_is_enough_and_reservations_are_recorded(
    said: dict[str, int], decided: str
) -> None:
    outcome = consent(said=said)
    assert outcome.decided == decided
    assert outcome.scores["reservation"] == str(said.get("reservation", 0))


def test_too_many_may_stand_aside() -> None:
    said = {"consent": 5, "stand_aside": 3}
    assert consent(said=said).decided == "yes"
    assert consent(said=said, most_stand_aside=2).decided == "no"


def approval(**fields: Any) -> Outcome:
    bodies = [["A", "B"], ["A", "B"], ["A"], [], [], []]
    ballots = [{"body": {"approval": names}} for names in bodies]
    poll = {"method": "approval", "options": ["A", "B", "C"], "ballots": ballots, **fields}
    return count(Poll.model_validate(poll))


def test_an_empty_approval_is_a_ballot_cast_and_lowers_the_share() -> None:
    outcome = approval(threshold="1/3")
    assert outcome.winners == ["A", "B"]
    assert outcome.diagnostics["options"]["B"] == {"approved": "2", "of": "6", "share": "1/3"}
    assert approval(threshold="1/2").winners == ["A"]
    assert approval(threshold="simple").winners == []
    assert approval(threshold="simple").decided == "no"


def test_approval_without_a_threshold_names_the_first() -> None:
    assert approval().winners == ["A"]
    assert approval(seats=2).winners == ["A", "B"]
