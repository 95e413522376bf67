"""What is compared next: connected first, then whatever was shown least, then what tells most."""

import random
from collections import Counter
from itertools import combinations
from math import exp
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.adaptive import Asked, Next, Set, estimates, next_set, parts_of, worth
from app.methods.bradley_terry import PRECISION

FOUR = ("A", "B", "C", "D")


def pair(asked: Asked) -> tuple[str, ...] | None:
    found = next_set(asked, 2)
    return tuple(sorted(found.shown)) if found else None


def test_what_nothing_connects_comes_first() -> None:
    asked = Asked(FOUR, {("A", "B"): 1, ("C", "D"): 1}, voter="v")
    found = next_set(asked, 2)
    assert found is not None
    assert found.rule == "connect"
    assert pair(asked) in {("A", "C"), ("A", "D"), ("B", "C"), ("B", "D")}


def test_then_whatever_was_shown_least_beside_its_closest() -> None:
    """All are connected; D was shown once. A won twice over B and C, D lost: C and B are closer."""
    shown: dict[Set, int] = {("A", "B"): 2, ("A", "C"): 2, ("B", "C"): 2, ("C", "D"): 1}
    wins = {("A", "B"): 2.0, ("A", "C"): 2.0, ("B", "C"): 2.0, ("C", "D"): 1.0}
    found = next_set(Asked(FOUR, shown, wins, voter="v"), 2)
    assert found is not None
    assert (tuple(sorted(found.shown)), found.rule) == (("B", "D"), "fewest")


EVERY: tuple[Set, ...] = tuple(combinations(FOUR, 2))


def test_then_the_closest() -> None:
    """Each pair was shown once, and the order is A B C D; its two middle ones are as close as the
    ends, and more stand around them."""
    wins = dict.fromkeys(combinations(FOUR, 2), 1.0)
    found = next_set(Asked(FOUR, dict.fromkeys(EVERY, 1), wins, voter="v"), 2)
    assert found is not None
    assert (tuple(sorted(found.shown)), found.rule) == (("B", "C"), "closest")


def test_what_was_shown_and_not_yet_answered_stands_back() -> None:
    """Nothing is judged: those who compare at one time are shown different pairs."""
    shown = {**dict.fromkeys(EVERY, 1), ("A", "C"): 3, ("B", "D"): 3}
    found = next_set(Asked(FOUR, shown, voter="v"), 2)
    assert found is not None
    assert found.rule == "closest"
    assert tuple(sorted(found.shown)) not in {("A", "C"), ("B", "D")}


def test_what_a_judgement_is_worth() -> None:
    """As its docstring defines it, each pair's error before and after by inverting anew."""
    import numpy as np

    shown: dict[Set, int] = {("A", "B"): 2, ("B", "C"): 1, ("A", "D"): 3}
    wins = {("A", "B"): 2.0, ("B", "C"): 1.0, ("D", "A"): 2.5}
    t = np.array([estimates(FOUR, wins)[one] for one in FOUR])
    chance = 1 / (1 + np.exp(t[None, :] - t[:, None]))
    known = np.eye(4) * PRECISION
    pairs: dict[Set, Any] = {
        (a, b): np.array([(one == a) - (one == b) for one in FOUR])
        for a, b in combinations(FOUR, 2)
    }
    at = {pair: tuple(map(FOUR.index, pair)) for pair in EVERY}
    for pair, count in shown.items():
        known += count * chance[at[pair]] * (1 - chance[at[pair]]) * np.outer(*[pairs[pair]] * 2)
    passed = [sum(exp(-((a - b) ** 2) / 2) for b in t) for a in t]

    def error(matrix: Any) -> float:
        """Of the places, strengths being taken from their middle."""
        middle = np.eye(4) - 0.25
        found = np.diag(passed) @ middle @ np.linalg.inv(matrix) @ middle @ np.diag(passed)
        return float(np.trace(found))

    fall = {}
    for pair, way in pairs.items():
        variance = way @ np.linalg.inv(known) @ way
        told = 1 / (2 + 2 * np.cosh(way @ t / np.sqrt(1 + 3 * variance / np.pi**2)))
        fall[pair] = error(known) - error(known + told * np.outer(way, way))
    most = max(fall.values())
    assert worth(FOUR, shown, wins) == pytest.approx({pair: n / most for pair, n in fall.items()})


def test_nobody_is_asked_the_same_twice_and_at_the_end_nothing_is_left() -> None:
    asked = Asked(("A", "B"), {("A", "B"): 1}, own={("A", "B")}, voter="v")
    assert next_set(asked, 2) is None
    few = Asked(("A", "B", "C"), {("A", "B", "C"): 1}, own={("A", "B", "C")}, voter="v")
    assert next_set(few, 4) is None


def test_sets_are_balanced_by_times_shown_then_by_who_stood_together() -> None:
    options = tuple("ABCDEFGH")
    shown: Counter[tuple[str, ...]] = Counter()
    for n in range(20):
        found = next_set(Asked(options, shown, voter=f"v{n % 5}"), 4)
        assert found is not None
        assert found.rule == "balanced"
        shown[tuple(sorted(found.shown))] += 1
    times = Counter(one for members, n in shown.items() for one in members for _ in range(n))
    assert max(times.values()) - min(times.values()) <= 1
    assert len(set(parts_of(options, shown).values())) == 1


@given(st.integers(2, 7), st.integers(0, 40), st.integers(2, 5), st.integers(0, 2**32))
def test_the_same_for_the_same_and_never_one_that_was_judged(
    n: int, judged: int, size: int, seed: int
) -> None:
    rng = random.Random(seed)
    options = tuple("ABCDEFG"[:n])
    asked = Asked(options, voter="v")
    for _ in range(judged):
        found = next_set(asked, size)
        assert found == next_set(asked, size)
        if found is None:
            return
        assert len(set(found.shown)) == min(size, n)
        members = tuple(sorted(found.shown))
        assert members not in asked.own
        first, second = rng.sample(members, 2)
        wins = {**asked.wins, (first, second): 1.0}
        shown = {**asked.shown, members: asked.shown.get(members, 0) + 1}
        asked = Asked(options, shown, wins, frozenset({*asked.own, members}), "v")


def test_sides_are_dealt_evenly_over_voters() -> None:
    left = Counter(
        found.shown[0]
        for n in range(200)
        if isinstance(found := next_set(Asked(("A", "B"), voter=str(n)), 2), Next)
    )
    assert 70 < left["A"] < 130


def test_estimates_are_drawn_to_the_middle() -> None:
    """One win, worked by hand: t = 2 (1 − p) / λ with p = 1 / (1 + exp(−2t)) for two options."""
    found = estimates(("A", "B"), {("A", "B"): 1.0})
    t = found["A"]
    assert found["B"] == pytest.approx(-t)
    assert 0.25 * t == pytest.approx(1 - 1 / (1 + exp(-2 * t)), abs=1e-6)
