"""The vectorised recounts are those of the rules; intervals; W under Hypothesis."""

import random
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis import analyse
from app.analysis.concordance import kendall_w
from app.analysis.orders import BY_COMPARISON, by_median, comparisons
from app.analysis.resampling import draws
from app.analysis.stability import stability, wilson
from app.methods import METHODS, Poll

OPTIONS = list("ABCDE")


def panel(seed: int, voters: int = 9) -> Poll:
    rng = random.Random(seed)
    ballots = [
        {"body": {"ranking": [[o] for o in rng.sample(OPTIONS, rng.randint(2, 5))]}}
        for _ in range(voters)
    ]
    return Poll.model_validate({"options": OPTIONS, "ballots": ballots})


@pytest.mark.parametrize("rule", sorted(BY_COMPARISON))
@pytest.mark.parametrize("seed", range(4))
def test_the_recount_orders_like_the_rule(rule: str, seed: int) -> None:
    import numpy as np

    from app.analysis.raters import raters

    poll = panel(seed)
    rows = raters(METHODS["schulze"].prepare(poll))
    table = np.array([[float(row[o]) for o in OPTIONS] for row in rows])
    wins = np.ones((1, len(rows))) @ comparisons(table)
    above = BY_COMPARISON[rule](wins, len(OPTIONS))[0]
    ranking = METHODS[rule].count(poll).ranking
    for high, low in pairwise(ranking):
        for a in high:
            for b in low:
                assert not above[OPTIONS.index(b), OPTIONS.index(a)]
    best = {OPTIONS[n] for n in range(5) if not above[:, n].any()}
    assert set(ranking[0]) <= best


def test_places_of_reactions_are_those_of_the_outcome() -> None:
    """Drawn again from two who answered, the statement that one of them disagrees with is last in
    three of four draws, and in the other shares the second place with one that nobody judged."""
    both = {"A": "agree", "B": "pass"}
    cast = [{"body": {"react": both}}, {"body": {"react": {**both, "C": "disagree"}}}]
    poll = Poll.model_validate(
        {"method": "agree_disagree", "options": ["A", "B", "C"], "seats": 2, "ballots": cast}
    )
    assert METHODS["agree_disagree"].count(poll).ranking == [["A"], ["B"], ["C"]]
    found = analyse(poll)["certainty"]
    places = {o: (one["rank_low"], one["rank_high"]) for o, one in found["options"].items()}
    assert (found["by"], places) == ("difference", {"A": (1, 1), "B": (2, 2), "C": (2, 3)})
    assert found["options"]["C"]["in_top"] == pytest.approx(1 / 4, abs=0.03)


@given(
    st.lists(st.lists(st.one_of(st.none(), st.integers(1, 9)), min_size=3, max_size=3), min_size=1)
)
def test_the_resampled_median_is_that_of_type_seven(rows: list[list[int | None]]) -> None:
    import numpy as np

    table = np.array([[np.nan if v is None else v for v in row] for row in rows], dtype=float)
    above = by_median(table, np.ones((1, len(rows))))[0]
    key = [
        (np.median(own), own.mean()) if len(own := column[~np.isnan(column)]) else (-1e18, -1e18)
        for column in table.T
    ]
    for a in range(3):
        for b in range(3):
            close = key[a][0] == key[b][0] and abs(key[a][1] - key[b][1]) < 1e-9
            assert above[a, b] == (key[a] > key[b] and not close)


def test_draws_repeat_and_hold_as_many_ballots() -> None:
    for at_once in (1, 100, 10_000):
        first, second = ([one.sum() for one in draws([3, 4], at_once)] for _ in range(2))
        assert first == second
        assert sum(first) == 2000 * 7


rankings = st.lists(
    st.lists(st.integers(1, 4).map(Fraction), min_size=4, max_size=4), min_size=2, max_size=6
)


@settings(max_examples=20)
@given(rankings)
def test_w_and_its_interval_lie_between_nothing_and_one(rows: list[list[Fraction]]) -> None:
    found = kendall_w([dict(zip("abcd", row, strict=True)) for row in rows])
    if found is None:
        return
    for name in ("w", "low", "high", "p_shuffled"):
        assert -1e-9 <= found[name] <= 1 + 1e-9
    turned = kendall_w([dict(zip("dcba", row, strict=True)) for row in reversed(rows)])
    assert turned is not None
    assert turned["w"] == pytest.approx(found["w"])


def test_raters_of_one_mind() -> None:
    found = kendall_w([dict(zip("abcde", map(Fraction, range(5)), strict=True))] * 6)
    assert found is not None
    assert (found["w"], found["low"], found["high"], found["mean_rho"]) == (1.0, 1.0, 1.0, 1.0)
    assert found["p_shuffled"] == pytest.approx(1 / 2001)


def test_the_interval_of_wilson() -> None:
    """Newcombe (1998), table I: 81 of 263 gives 0.2553 to 0.3662."""
    found = wilson(81, 263)
    assert found is not None
    assert (round(found["low"], 4), round(found["high"], 4)) == (0.2553, 0.3662)


def test_no_test_that_finds_nothing_is_called_stable() -> None:
    one, two = Fraction(1), Fraction(2)
    cases: list[Any] = [[], [(one, one)], [(one, two)], [(one, two)] * 30]
    words = [stability(pairs)["words"] for pairs in cases]
    assert words[0] == "Nobody answered in both rounds."
    assert words[1] == "0 of 1 answers moved by one step or more; none moved at all."
    assert words[2].endswith("which does not show that there is none.")
    assert words[3].startswith("30 of 30 answers moved by one step or more, more in one direction")
    assert not any("stable" in sentence for sentence in words)


def test_four_classes_of_a_panel() -> None:
    answers: dict[str, list[int | None]] = {
        "agreed": [8, 8, 8, 8],
        "agreed_divided": [9, 9, 1, 7],
        "rejected": [1, 2, 1, 2],
        "undecided": [5, 5, 5, 5],
        "unanswered": [None] * 4,
    }
    ballots = [{"body": {"rating": {o: v[n] for o, v in answers.items()}}} for n in range(4)]
    scale = {"min": 1, "max": 9, "step": 1}
    found = analyse(Poll.model_validate({"ballots": ballots, "scale": scale}))["verdicts"]
    assert {o: one["verdict"] for o, one in found.items()} == {
        **{o: o for o in ("agreed", "agreed_divided", "rejected", "undecided")},
        "unanswered": None,
    }
    assert found["undecided"]["variation"] == 0.0
    assert found["unanswered"]["variation"] is None
    assert found["agreed"]["di"] == 0
    assert found["agreed"]["class"] == "appropriate"
    bare = analyse(Poll.model_validate({"ballots": ballots}))["verdicts"]
    assert "di" not in bare["agreed"]


def test_rules_that_do_not_fit_are_left_out_with_the_reason() -> None:
    five = {"min": 0, "max": 5, "step": 1}
    ballots = [{"count": 3, "body": {"rating": {"A": 5, "B": 0}}}]
    found = analyse(Poll.model_validate({"ballots": ballots, "scale": five}))["sensitivity"]
    assert sorted(found["methods"]) == ["rating_consensus", "score", "star"]
    assert found["left_out"] == {"ram_appropriateness": "It is made for another scale."}
    assert (found["robust_core"], found["in_some"]) == (["A"], [])


def test_orders_where_one_says_nothing() -> None:
    ballots = [{"count": 2, "body": {"ranking": [["A", "B"]]}}]
    found = analyse(Poll.model_validate({"options": ["A", "B"], "ballots": ballots}))
    assert found["sensitivity"]["tau"]["borda schulze"] is None
    assert found["kendall_w"] is None


def test_what_is_not_ranked_may_say_nothing() -> None:
    ballots = [{"count": 9, "body": {"ranking": [["A"], ["B"]]}}]
    poll = {"options": list("ABC"), "ballots": ballots, "params": {"unranked": "unknown"}}
    found = analyse(Poll.model_validate(poll))["certainty"]["options"]
    assert (found["A"]["rank_high"], found["B"]["rank_low"], found["C"]["rank_high"]) == (1, 2, 1)
