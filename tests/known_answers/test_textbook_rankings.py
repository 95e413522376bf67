"""Worked examples beyond the vectors: rankings.

Condorcet's sixty voters (Essai, 1785; as in Young 1988, Condorcet's theory of voting); a hundred
voters (Wikipedia, Borda count); the rounding of first base (Hollander and Wolfe 1973, table 7.1).
"""

from fractions import Fraction
from typing import Any

import pytest

from app.methods import Poll, count
from tests.known_answers.polls import Lines, ranked

SIXTY: Lines = [(23, "ABC"), (17, "BCA"), (2, "BAC"), (10, "CAB"), (8, "CBA")]
HUNDRED: Lines = [(51, "ACBD"), (5, "CBDA"), (23, "BCDA"), (21, "DCBA")]

ORDERS = {
    "plurality": "A > B > C",
    "borda": "B > A > C",
    "copeland": "A=B=C",
    "schulze": "B > C > A",
    "ranked_pairs": "B > C > A",
    "kemeny": "B > C > A",
    "minimax": "B > A > C",
    "irv": "A > B > C",
    "rank_sum": "B > A > C",
}


@pytest.mark.parametrize("method", ORDERS)
def test_condorcet_sixty(method: str) -> None:
    outcome = count(ranked(SIXTY), method)
    assert outcome.ranking == [tier.split("=") for tier in ORDERS[method].split(" > ")]


def test_condorcet_sixty_in_figures() -> None:
    pairs = count(ranked(SIXTY), "schulze").diagnostics["pairwise"]
    assert (pairs["A"]["B"], pairs["B"]["C"], pairs["C"]["A"]) == ("33", "42", "35")
    assert count(ranked(SIXTY), "borda").scores == {"A": "58", "B": "69", "C": "53"}
    assert count(ranked(SIXTY), "kemeny").diagnostics["score"] == "104"
    assert count(ranked(SIXTY), "minimax").scores == {"A": "35", "B": "33", "C": "42"}
    margins = count(ranked(SIXTY, params={"strength": "margins"}), "minimax")
    assert margins.scores == {"A": "10", "B": "6", "C": "24"}
    copeland = count(ranked(SIXTY), "copeland")
    assert (copeland.decided, copeland.diagnostics["smith"]) == ("cycle", ["A", "B", "C"])
    locked = count(ranked(SIXTY), "ranked_pairs").trace
    assert locked == [
        "42–18: B over C.",
        "35–25: C over A.",
        "33–27: A over B; left out, as it would close a circle: A over B.",
        "Order: B > C > A.",
    ]


@pytest.mark.parametrize(
    ("params", "scores"),
    [
        ({}, {"A": "153", "B": "151", "C": "205", "D": "91"}),
        ({"start": 1}, {"A": "253", "B": "251", "C": "305", "D": "191"}),
        ({"points": "dowdall"}, {"A": "253/4", "B": "99/2", "C": "105/2", "D": "517/12"}),
    ],
)
def test_borda_of_a_hundred(params: dict[str, Any], scores: dict[str, str]) -> None:
    assert count(ranked(HUNDRED, params=params), "borda").scores == scores


def test_borda_modified_gives_as_many_points_as_options_are_ranked() -> None:
    """Emerson (2013): who ranks m of n gives m, m−1 … 1, and nothing to the rest."""
    outcome = count(
        ranked([(1, "A"), (1, "BC"), (1, "CAB")], params={"points": "modified"}), "borda"
    )
    assert outcome.scores == {"A": "3", "B": "3", "C": "4"}


FIRST_BASE = """
540 550 555, 585 570 575, 520 560 550, 555 550 540, 590 585 570, 545 555 560, 540 540 535,
545 550 535, 525 515 500, 585 580 570, 525 520 510, 565 555 545, 560 535 545, 505 500 495,
550 550 540, 545 555 550, 555 555 535, 545 550 555, 550 545 525, 565 560 540, 570 565 555,
630 630 625
"""


def test_rank_sums_of_rounding_first_base() -> None:
    ballots = []
    for player in FIRST_BASE.split(","):
        times = dict(zip(("round out", "narrow", "wide"), map(int, player.split()), strict=True))
        tiers = [[way for way in times if times[way] == t] for t in sorted({*times.values()})]
        ballots.append({"body": {"ranking": tiers}})
    outcome = count(Poll.model_validate({"method": "rank_sum", "ballots": ballots}))
    assert outcome.scores == {"narrow": "47", "round out": "53", "wide": "32"}
    assert outcome.winners == ["wide"]


def test_a_share_of_a_point_stays_a_fraction() -> None:
    outcome = count(ranked([(1, "ABC")], params={"points": "dowdall"}), "borda")
    assert sum(Fraction(str(score)) for score in outcome.scores.values()) == Fraction(11, 6)
