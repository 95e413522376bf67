"""V1 Tennessee (Wikipedia), V2 Schulze's example of 45 voters, V3 a tie."""

import pytest

from app.methods import count
from tests.known_answers.polls import FOUR_TIED, SCHULZE_45, TENNESSEE, ranked

TENNESSEE_RANKINGS = {
    "plurality": "M > N > K > C",
    "borda": "N > C > M > K",
    "copeland": "N > C > K > M",
    "schulze": "N > C > K > M",
    "ranked_pairs": "N > C > K > M",
    "kemeny": "N > C > K > M",
    "minimax": "N > M > C > K",
    "irv": "K > M > N > C",
}

SCHULZE_RANKINGS = {
    "borda": "E > A > B > C > D",
    "copeland": "E > A=B=C > D",
    "schulze": "E > A > C > B > D",
    "ranked_pairs": "A > C > E > B > D",
    "kemeny": "E > B > A > D > C",
}


def as_tiers(line: str) -> list[list[str]]:
    return [tier.split("=") for tier in line.split(" > ")]


@pytest.mark.parametrize("method", TENNESSEE_RANKINGS)
def test_tennessee_has_three_winners_under_eight_rules(method: str) -> None:
    outcome = count(ranked(TENNESSEE), method)
    assert outcome.ranking == as_tiers(TENNESSEE_RANKINGS[method])
    assert (outcome.winners, outcome.decided) == (outcome.ranking[0], "yes")


def test_tennessee_scores() -> None:
    borda = count(ranked(TENNESSEE), "borda")
    assert borda.scores == {"N": "194", "C": "173", "M": "126", "K": "107"}
    assert borda.diagnostics["condorcet_winner"] == "N"
    assert count(ranked(TENNESSEE), "copeland").scores == {"N": "3", "C": "2", "K": "1", "M": "0"}
    rounds = count(ranked(TENNESSEE), "irv").diagnostics["rounds"]
    assert rounds[-1]["tally"] == {"K": "58", "M": "42"}


@pytest.mark.parametrize("method", SCHULZE_RANKINGS)
def test_schulze_45(method: str) -> None:
    assert count(ranked(SCHULZE_45), method).ranking == as_tiers(SCHULZE_RANKINGS[method])


def test_schulze_45_paths_and_points() -> None:
    outcome = count(ranked(SCHULZE_45), "schulze")
    paths = outcome.diagnostics["path_strengths"]
    assert (paths["A"]["B"], paths["E"]["A"], paths["A"]["E"], paths["E"]["D"]) == (
        "28", "25", "24", "31",
    )  # fmt: skip
    assert outcome.diagnostics["condorcet_winner"] is None
    assert outcome.diagnostics["smith"] == ["A", "B", "C", "D", "E"]
    assert count(ranked(SCHULZE_45), "borda").scores == {
        "A": "98", "B": "92", "C": "89", "D": "69", "E": "102",
    }  # fmt: skip


def test_an_elimination_tie_on_the_way_changes_nothing_when_every_way_ends_alike() -> None:
    outcome = count(ranked(SCHULZE_45), "irv")
    assert (outcome.winners, outcome.decided) == (["C"], "yes")
    assert "tied for last place" in " ".join(outcome.trace)


def test_four_tied() -> None:
    outcome = count(ranked(FOUR_TIED), "schulze")
    assert outcome.ranking == [["B", "D"], ["A", "C"]]
    assert (outcome.winners, outcome.decided, outcome.ties) == (["B", "D"], "tie", [["B", "D"]])


def test_a_circle_of_equal_majorities_is_called_a_cycle() -> None:
    circle = ranked([(1, "ABC"), (1, "BCA"), (1, "CAB")])
    for method in ("schulze", "copeland", "minimax"):
        assert count(circle, method).decided == "cycle"
    assert count(circle, "irv").winners == ["A", "B", "C"]


def test_kemeny_scores() -> None:
    assert count(ranked(TENNESSEE), "kemeny").diagnostics["score"] == "393"
    assert count(ranked(SCHULZE_45), "kemeny").diagnostics["score"] == "260"


@pytest.mark.parametrize("method", ["kemeny", "ranked_pairs"])
def test_all_orders_that_are_equally_good(method: str) -> None:
    outcome = count(ranked(FOUR_TIED), method)
    orders = ["".join(o for tier in one for o in tier) for one in outcome.diagnostics["rankings"]]
    assert sorted(orders) == ["BCDA", "BDAC", "DABC"]
    assert (outcome.winners, outcome.decided) == (["B", "D"], "tie")


def test_kemeny_score_of_four_tied() -> None:
    assert count(ranked(FOUR_TIED), "kemeny").diagnostics["score"] == "31"
