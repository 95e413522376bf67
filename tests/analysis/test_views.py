"""Direct comparison in words, the order for discussion, groups, sensitivity to the rule."""

import pytest

from app.analysis import analyse, by_spread
from app.analysis.groups import one_proportion, two_proportions
from app.methods import Poll
from tests.known_answers.polls import SCHULZE_45, TENNESSEE, ranked


def test_a_winner_or_a_circle_in_words() -> None:
    assert analyse(ranked(TENNESSEE))["condorcet"]["words"] == (
        "N beats every other option in direct comparison."
    )
    found = analyse(ranked(SCHULZE_45))["condorcet"]
    assert len(found["cycle"]) == 3
    assert found["words"].startswith("No option beats all others; the majority runs in a circle: ")


def test_one_ballot_set_and_three_winners() -> None:
    found = analyse(ranked(TENNESSEE))["sensitivity"]
    assert found["methods"]["borda"]["winners"] == ["N"]
    assert found["methods"]["irv"]["winners"] == ["K"]
    assert found["tau"]["copeland schulze"] == 1.0


def test_certainty_separates_the_clear_and_not_the_close() -> None:
    found = analyse(ranked([(28, "ABC"), (1, "ACB"), (1, "BAC")]))["certainty"]
    assert found["options"]["A"] == {"rank_low": 1, "rank_high": 1, "in_top": 1.0}
    assert found["not_separated"] == []
    close = analyse(ranked([(10, "ABC"), (10, "BAC")]))["certainty"]
    assert close["not_separated"] == [["A", "B"]]
    assert close == analyse(ranked([(10, "ABC"), (10, "BAC")]))["certainty"]


def test_certainty_of_ratings_counts_who_answered() -> None:
    answers: list[list[int | None]] = [[9, 2, None], [8, 3, None], [9, 1, 5], [7, 3, 5]]
    ballots = [{"body": {"rating": dict(zip("ABC", row, strict=True))}} for row in answers]
    found = analyse(Poll.model_validate({"ballots": ballots}))["certainty"]
    assert found["options"]["A"]["rank_high"] == 1
    assert found["options"]["B"]["rank_low"] > 1


def test_the_widest_disagreement_comes_first_whatever_the_verdict() -> None:
    answers = [[9, 5, 1, None], [9, 5, 9, None], [8, 6, 2, None], [9, 4, 8, None]]
    ballots = [{"body": {"rating": dict(zip("ABCD", row, strict=True))}} for row in answers]
    order = by_spread(Poll.model_validate({"options": list("ABCD"), "ballots": ballots}))
    assert [one.option for one in order] == ["C", "B", "A", "D"]
    assert order[0].iqr == pytest.approx(6.5)
    assert order[-1].n == 0


def test_group_scores_of_polis() -> None:
    assert one_proportion(7, 9) == pytest.approx(1.897367, abs=1e-6)
    assert one_proportion(2, 15) == pytest.approx(-2.5)
    assert two_proportions((0, 0), (0, 0)) == 0.0
    ballots = [
        {"count": n, "groups": {"region": region}, "body": {"react": {"S1": answer}}}
        for n, region, answer in [
            (7, "Africa", "agree"),
            (2, "Africa", "pass"),
            (5, "Asia", "disagree"),
            (4, "Europe", "agree"),
        ]
    ]
    regions = analyse(Poll.model_validate({"ballots": ballots}))["groups"]["S1"]["region"]
    africa = regions["Africa"]
    assert list(regions) == ["Africa", "Asia"]  # four Europeans: no table of their own
    assert (africa["n"], africa["agree"]) == (9, 7)
    assert africa["z_one"] == pytest.approx(1.897367, abs=1e-6)
    assert africa["z_two"] > 0
