"""V11 baseball (Agresti, table 10.11), V12 a leader by AHP (Wikipedia), Davidson's puddings."""

from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest

from app.methods import Poll, count
from tests.known_answers.conftest import DataSet, consilience

TEAMS = ["Bal", "Bos", "Cle", "Det", "Mil", "NY", "Tor"]
WINS = [
    [0, 1, 7, 4, 2, 3, 1],
    [12, 0, 7, 2, 6, 7, 6],
    [6, 6, 0, 4, 4, 6, 5],
    [9, 11, 9, 0, 6, 5, 7],
    [11, 7, 9, 7, 0, 7, 9],
    [10, 6, 7, 8, 6, 0, 6],
    [12, 7, 8, 6, 4, 7, 0],
]


def compared(rows: list[tuple[int, str, str, bool]], options: list[str]) -> Poll:
    ballots = [
        {"count": n, "body": {"pair": {"winner": a, "loser": b, "tie": tie}}}
        for n, a, b, tie in rows
        if n
    ]
    return Poll.model_validate({"method": "bradley_terry", "options": options, "ballots": ballots})


def test_baseball() -> None:
    rows = [
        (WINS[i][j], TEAMS[i], TEAMS[j], False) for i in range(7) for j in range(7) if WINS[i][j]
    ]
    outcome = count(compared(rows, TEAMS))
    expected = [0, 1.1077, 0.6839, 1.4364, 1.5814, 1.2476, 1.2945]
    assert [outcome.scores[team] for team in TEAMS] == pytest.approx(expected, abs=5e-5)
    assert outcome.winners == ["Mil"]
    assert outcome.exact is False


def test_puddings_with_ties_as_half_a_win(data: Callable[[str], DataSet]) -> None:
    from math import exp

    folder = data("pairwise-pudding")
    rows: list[tuple[int, str, str, bool]] = []
    for row in folder.rows("pudding.csv"):
        one, other = row["i"], row["j"]
        rows += [
            (int(row["w_ij"]), one, other, False),
            (int(row["w_ji"]), other, one, False),
            (int(row["t_ij"]), one, other, True),
        ]
    poll = compared(rows, list("123456")).model_dump(mode="json", exclude_unset=True)
    scores = consilience("count", "-", stdin=poll)["scores"]
    worth = {option: exp(score) for option, score in scores.items()}
    shares = {option: value / sum(worth.values()) for option, value in worth.items()}
    assert shares == pytest.approx(folder.json()["bt_ties_half"], abs=1e-6)


def test_comparisons_that_do_not_connect_are_reported() -> None:
    outcome = count(compared([(3, "A", "B", False), (1, "C", "D", True)], list("ABCD")))
    assert outcome.diagnostics["components"] == [["A"], ["B"], ["C", "D"]]
    assert len(outcome.warnings) == 1


def test_one_win_is_drawn_towards_the_middle() -> None:
    """Worked by hand: the most likely distance d solves 1 - p(d) = d / 8; the prior has a precision
    of a quarter for each of two strengths at d / 2 from their mean."""
    from math import exp

    scores = count(compared([(1, "A", "B", False)], list("AB"))).scores
    distance = float(scores["A"] or 0) - float(scores["B"] or 0)
    assert 1 - 1 / (1 + exp(-distance)) == pytest.approx(distance / 8, abs=1e-9)


def test_ahp_leader() -> None:
    judged = {"Tom": {"Dick": "1/4", "Harry": "4"}, "Dick": {"Harry": "9"}}
    poll = {"method": "ahp", "ballots": [{"body": {"judgements": judged}}]}
    outcome = count(Poll.model_validate(poll))
    weights = {name: round(float(weight or 0), 3) for name, weight in outcome.scores.items()}
    assert weights == {"Tom": 0.217, "Dick": 0.717, "Harry": 0.066}
    assert outcome.diagnostics["lambda_max"] == pytest.approx(3.0369, abs=5e-5)
    assert outcome.diagnostics["cr"] == pytest.approx(0.032, abs=5e-4)


def test_ahp_with_a_pair_that_nobody_judged() -> None:
    judged = {"A": {"B": "2"}, "B": {"C": "2"}}
    poll = {"method": "ahp", "ballots": [{"body": {"judgements": judged}}]}
    outcome = count(Poll.model_validate(poll))
    assert [outcome.scores[name] for name in "ABC"] == pytest.approx([4 / 7, 2 / 7, 1 / 7])
    assert outcome.warnings == ["1 pairs were judged by nobody."]


def test_best_and_worst_for_each_time_shown() -> None:
    sets: list[dict[str, Any]] = [
        {"shown": list(shown), "best": shown[0], "worst": shown[-1]}
        for shown in combinations("ABCD", 3)
    ]
    poll = {"method": "best_worst", "ballots": [{"body": {"best_worst": one}} for one in sets]}
    outcome = count(Poll.model_validate(poll))
    assert outcome.scores == {"A": "1", "B": "1/3", "C": "-1/3", "D": "-1"}
