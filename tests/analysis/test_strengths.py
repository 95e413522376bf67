"""Strengths with intervals, what cannot be told apart, and when it is enough."""

from typing import Any

import pytest

from app.analysis.strengths import Compared, compared
from app.methods import METHODS, Poll, count


def poll(method: str, *bodies: dict[str, Any], options: str = "ABC") -> Poll:
    shape = METHODS[method].shape
    ballots = [{"voter": str(n % 3), "body": {shape: body}} for n, body in enumerate(bodies)]
    return Poll.model_validate({"method": method, "options": list(options), "ballots": ballots})


def pairs(*said: str, options: str = "ABC") -> Compared:
    """ "A>B" a win, "A=B" a tie, "A?B" a skip."""
    bodies = [
        {"winner": a, "loser": b, "tie": sign == "=", **({"skip": True} if sign == "?" else {})}
        for a, sign, b in map(tuple, said)
    ]
    return compared(poll("bradley_terry", *bodies, options=options))


def test_two_options_with_their_error_by_hand() -> None:
    """Three wins to one: the difference is ln 3 with the variance 1 / (4 · 3/4 · 1/4) = 4/3; each
    stands half of it from the middle."""
    found = pairs("A>B", "A>B", "A>B", "B>A", options="AB")
    first, second = found.strengths
    assert [first.value, second.value] == pytest.approx([0.549306, -0.549306])
    assert first.error == pytest.approx((4 / 3) ** 0.5 / 2)
    assert [first.low, first.high] == pytest.approx([-0.5823, 1.681], abs=1e-3)
    assert (found.judged, found.parts, found.fewest, found.pairs) == (4, 1, 4, 1)
    assert (found.together, found.open_pairs) == ((("A", "B"),), 1)
    assert found.like_the_next == {"A"}
    assert (first.best_place, first.worst_place) == (1, 2)


def test_what_many_judgements_tell_apart() -> None:
    found = pairs(*["A>B"] * 30, *["B>A"] * 3, *["B>C"] * 30, *["C>B"] * 3)
    assert [one.option for one in found.strengths] == ["A", "B", "C"]
    assert [(one.best_place, one.worst_place) for one in found.strengths] == [
        (1, 1),
        (2, 2),
        (3, 3),
    ]
    assert (found.together, found.open_pairs) == ((), 0)
    assert found.doubt < 0.001
    assert set(found.by_option) == {"A", "B", "C"}
    low, high = found.ends
    assert low < found.strengths[-1].value < high


def test_ties_and_skips_stay_apart() -> None:
    found = pairs("A=B", "B?C", "A>C")
    assert (found.judged, found.tied, found.skipped) == (2, 1, 1)
    assert found.by_option["C"].judged == 1


def test_nothing_judged_says_nothing() -> None:
    for found in (pairs(), compared(poll("best_worst"))):
        assert (found.judged, found.parts, found.open_pairs) == (0, 3, 3)
        assert found.doubt == 0.5
        assert all(one.error is None and one.low == one.high for one in found.strengths)
        assert not found.enough(0, 50)


def test_best_and_worst_by_hand() -> None:
    """A best twice of two, with half an answer of each kind added: mean 2 / 3.5, and so on."""
    said = {"shown": ["A", "B", "C"], "best": "A", "worst": "C"}
    skipped = {"shown": ["A", "B", "C"], "best": "", "worst": "", "skip": True}
    found = compared(poll("best_worst", said, said, skipped))
    first = found.strengths[0]
    assert (first.option, first.value, first.judged) == ("A", 1.0, 2)
    assert first.error == pytest.approx(((3 / 3.5 - (2 / 3.5) ** 2) / 3.5) ** 0.5)
    assert (found.judged, found.skipped, found.parts) == (2, 1, 1)


def test_when_it_is_enough() -> None:
    apart = pairs("A>B", "A>B", options="ABCD")
    assert not apart.enough(0, 50)  # never while something is not connected
    found = pairs("A>B", "B>C", "C>A")
    assert found.enough(2, None)
    assert not found.enough(3, None)
    assert found.enough(3, 50)
    assert not found.enough(3, 10)


def test_turnout_counts_voters_and_a_skip_is_blank() -> None:
    body = {"winner": "A", "loser": "B", "tie": False}
    asked = poll("bradley_terry", body, body, {**body, "skip": True}, body)
    turnout = count(asked).turnout
    assert (turnout.cast, turnout.blank) == (3, 1)
