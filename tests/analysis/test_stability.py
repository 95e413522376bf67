"""V16: McNemar 121/59, and the signed-rank example of Wilcoxon's differences."""

from typing import Any

import pytest

from app.analysis import analyse
from app.methods import Poll


def motions(rows: list[tuple[int, str]]) -> list[dict[str, Any]]:
    return [{"count": count, "body": {"motion": answer}} for count, answer in rows]


def test_mcnemar() -> None:
    poll = {
        "ballots": motions([(121, "yes"), (59, "no"), (40, "no")]),
        "previous": motions([(121, "no"), (59, "yes"), (40, "no")]),
    }
    found = analyse(Poll.model_validate(poll))["stability"]
    assert found["mcnemar"]["chi2"] == pytest.approx(21.36, abs=0.005)
    assert found["mcnemar"]["p"] == pytest.approx(3.8e-6, rel=0.01)
    assert found["mcnemar"]["chi2_cc"] == pytest.approx(61**2 / 180)
    assert (found["moved"], found["n"]) == (180, 220)


def rated(values: list[int]) -> list[dict[str, Any]]:
    return [{"voter": f"v{n}", "body": {"rating": {"A": v}}} for n, v in enumerate(values)]


def test_wilcoxon() -> None:
    moves = [6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75]
    poll = {"ballots": rated([100 + move for move in moves]), "previous": rated([100] * 15)}
    found = analyse(Poll.model_validate(poll))["stability"]
    assert found["wilcoxon"]["w"] == 24
    assert found["wilcoxon"]["p"] == pytest.approx(0.04126, abs=5e-6)
    assert found["options"]["A"]["moved"] == 15


def test_voters_are_matched_by_pseudonym_and_the_absent_are_left_out() -> None:
    poll = {"ballots": rated([5, 6, 7]), "previous": list(reversed(rated([5, 6])))}
    found = analyse(Poll.model_validate(poll))["stability"]
    assert (found["n"], found["moved"], found["weighted_kappa"]) == (2, 0, 1.0)
    assert found["wilcoxon"] is None
