"""Estimates as texts and curves, and how they did against what turned out."""

import pytest

from app.activities.estimate import probabilities
from app.analysis.estimates import Curve, Range, curve_of, each, read, written
from app.analysis.realised import Calibrated, Hits, brier, calibration, hits

GUESS = {"low": -20, "best": 3.5, "high": 6e7, "confidence": 80}
QUANTILES = {"0.5": 4, "0.05": -1.25, "0.95": 9}


@pytest.mark.parametrize(
    ("shape", "answer", "text", "found"),
    [
        ("interval", GUESS, "-20 ≤ 3.5 ≤ 60000000 (80 %)", Range(-20, 3.5, 6e7, 80)),
        ("interval", {"low": 1, "best": 1, "high": 2}, "1 ≤ 1 ≤ 2", Range(1, 1, 2)),
        (
            "quantiles", QUANTILES, "0.05: -1.25, 0.5: 4, 0.95: 9",
            Curve(((0.05, -1.25), (0.5, 4), (0.95, 9))),
        ),
        ("quantiles", {"0.9": 1e-9}, "0.9: 1e-09", Curve(((0.9, 1e-9),))),
    ],
)  # fmt: skip
def test_an_answer_is_written_and_read_again(
    shape: str, answer: dict[str, float], text: str, found: Range | Curve
) -> None:
    assert written(shape, answer) == text
    assert read(text) == found


def test_equal_answers_are_drawn_as_often_as_they_were_given() -> None:
    assert each({"2 ≤ 3 ≤ 4": 2, "0 ≤ 1 ≤ 9": 1}) == [Range(0, 1, 9), *[Range(2, 3, 4)] * 2]


def test_the_middle_of_a_curve() -> None:
    assert Curve(((0.25, 10), (0.75, 20))).best == 15
    assert Curve(((0.1, 0), (0.2, 1), (0.6, 5), (0.7, 9))).best == pytest.approx(4)
    assert Curve(((0.6, 10), (0.9, 20))).best == 10
    assert Curve(((0.1, 10), (0.4, 20))).best == 20
    assert Curve(((0.25, 10), (0.75, 20))).confidence == 50
    assert curve_of({"0.75": 20, "0.25": 10}) == Curve(((0.25, 10), (0.75, 20)))
    assert curve_of({}) is None


def test_chips_stand_at_the_middle_of_their_share() -> None:
    assert probabilities({"chips": 10})[:2] == ("0.05", "0.15")
    assert probabilities({"chips": 20})[-1] == "0.975"
    assert probabilities({}) == ("0.05", "0.5", "0.95")


def test_brier_by_hand() -> None:
    assert brier([(100, 1), (0, 0)]) == 0
    assert brier([(50, 1), (50, 0)]) == 0.25
    assert brier([(80, 1), (30, 0)]) == pytest.approx(0.065)
    assert brier([]) is None


def test_forecasts_are_grouped_by_their_chance() -> None:
    found = calibration([(10, 0), (19, 1), (20, 0), (100, 1)])
    assert found == [
        Calibrated(0, 20, 2, 14.5, 50),
        Calibrated(20, 40, 1, 20, 0),
        Calibrated(80, 100, 1, 100, 100),
    ]


def test_how_many_ranges_hold_the_answer() -> None:
    answers: list[tuple[Range | Curve, float]] = [
        (Range(0, 1, 2, 80), 2.0), (Range(0, 1, 2, 60), 3.0), (Curve(((0.25, 0), (0.75, 2))), 1.0),
    ]  # fmt: skip
    found = hits(answers)
    assert (found.n, found.held) == (3, 2)
    assert found.stated == pytest.approx(190 / 3)
    assert hits([(Range(0, 1, 2), 1.0)]) == Hits(1, 1, None)
