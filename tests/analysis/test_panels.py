"""Chosen pairs reach the order that pairs drawn at random need far more judgements for."""

import pytest

from tests.analysis.panels import Panel, line, mean_curve, needed, spearman


def test_the_order_comes_sooner_than_by_chance() -> None:
    """Six panels of 16 items and 12 experts, spread 2."""
    about = {"items": 16, "experts": 12, "spread": 2.0}
    chosen = mean_curve(range(6), 60, **about)
    drawn = mean_curve(range(6), 60, **about, adaptive=False)
    assert chosen[-1] > drawn[-1]
    assert sum(chosen) > sum(drawn)


@pytest.mark.soak
def test_how_many_judgements_are_spared() -> None:
    """As docs/adaptive-pairs.md tells: 24 panels of 30 items and 30 experts, spread 2."""
    chosen = mean_curve(range(24), 200)
    drawn = mean_curve(range(24), 360, adaptive=False)
    assert needed(chosen, 0.9) <= 0.85 * needed(drawn, 0.9)


def test_a_panel_is_the_same_for_its_seed() -> None:
    one, other = [Panel(7, items=6, experts=3, ahead=2).curve(20) for _ in range(2)]
    assert one == other
    assert spearman({"A": 1, "B": 2, "C": 3}, {"A": 3, "B": 2, "C": 1}) == -1
    assert needed([0.5, 0.9], 0.7) == pytest.approx(15)
    assert needed([0.5], 0.7) == float("inf")
    assert "80," in line([0.5], "chosen")
