"""Chosen pairs reach the order that pairs drawn at random need far more judgements for."""

import pytest

from tests.analysis.panels import Panel, line, mean_curve, needed, spared, spearman


def test_the_order_comes_sooner_than_by_chance() -> None:
    """Six panels of 16 items and 12 experts, spread 2."""
    about = {"items": 16, "experts": 12, "spread": 2.0}
    chosen = mean_curve(range(6), 60, **about)
    drawn = mean_curve(range(6), 60, **about, adaptive=False)
    assert chosen[-1] > drawn[-1]
    assert sum(chosen) > sum(drawn)


@pytest.mark.soak
@pytest.mark.parametrize("spread", [2.0, 3.0])
def test_how_many_judgements_are_spared(spread: float) -> None:
    """As docs/adaptive-pairs.md tells: 40 panels of 40 items and 30 experts, 15 pairs each."""
    chosen = mean_curve(range(40), 450, spread=spread)
    drawn = mean_curve(range(40), 450, spread=spread, adaptive=False)
    assert spared(chosen, drawn, 450) <= 0.6


def test_a_panel_is_the_same_for_its_seed() -> None:
    one, other = [Panel(7, items=6, experts=3, ahead=2).curve(20) for _ in range(2)]
    assert one == other
    assert spearman({"A": 1, "B": 2, "C": 3}, {"A": 3, "B": 2, "C": 1}) == -1
    assert needed([0.5, 0.9], 0.7) == pytest.approx(15)
    assert needed([0.5], 0.7) == float("inf")
    assert spared([0.5, 0.9], [0.3, 0.5], 20) == 0.5
    assert 'points="76,240"' in line([0.5], "chosen")
