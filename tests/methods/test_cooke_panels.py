"""Cooke's model where panels are large, silent, on logarithms, or not good enough."""

from typing import Any

import pytest

from app.errors import Refused
from app.methods import Outcome, Poll, count

THREE = {"0.05": 1, "0.5": 5, "0.95": 10}


def weighed(experts: dict[str, dict[str, Any]], known: dict[str, float], **params: Any) -> Outcome:
    ballots = [{"voter": v, "body": {"quantiles": body}} for v, body in experts.items()]
    poll = {"method": "cooke", "realisations": known, "params": params, "ballots": ballots}
    return count(Poll.model_validate(poll))


def test_nobody_good_enough() -> None:
    outcome = weighed({"A": {"K": THREE}}, {"K": 100}, alpha=1)
    assert (outcome.decided, outcome.diagnostics["pool"]) == ("no", {})
    assert outcome.warnings == [
        "Fewer than ten known answers: the weights are uncertain.",
        "No expert reaches the calibration asked for.",
    ]


def test_ten_known_answers_need_no_warning_and_who_answers_none_weighs_nothing() -> None:
    questions = [f"K{n}" for n in range(10)]
    experts = {"A": dict.fromkeys(questions, THREE), "B": {"Q": THREE}}
    outcome = weighed(experts, dict.fromkeys(questions, 4.0))
    assert outcome.warnings == []
    silent = outcome.diagnostics["experts"]["B"]
    assert silent == {"calibration": 0.0, "information": 0.0, "weight": 0.0}
    assert outcome.ranking == [["A"], ["B"]]


def test_different_probabilities_are_refused() -> None:
    with pytest.raises(Refused, match="same probabilities"):
        weighed({"A": {"K": THREE}, "B": {"K": {"0.1": 1, "0.9": 3}}}, {"K": 2})


def test_a_logarithmic_scale() -> None:
    wide = {"0.05": 1, "0.5": 100, "0.95": 10_000}
    outcome = weighed({"A": {"K": wide, "Q": wide}}, {"K": 100}, scales={"K": "log", "Q": "log"})
    pool = outcome.diagnostics["pool"]["Q"]["quantiles"]
    assert list(pool.values()) == pytest.approx([1, 100, 10_000], rel=1e-6)
    with pytest.raises(Refused, match="above zero"):
        weighed({"A": {"K": {"0.05": -1, "0.5": 5, "0.95": 10}}}, {"K": 2}, scales={"K": "log"})


def test_a_pool_of_two_lies_between_them() -> None:
    other = {"0.05": 21, "0.5": 25, "0.95": 30}
    known = {"K": 5.0}
    outcome = weighed({"A": {"K": THREE, "Q": THREE}, "B": {"K": THREE, "Q": other}}, known)
    pool = outcome.diagnostics["pool"]["Q"]["quantiles"]
    assert 5 < pool["0.5"] < 25
    assert [outcome.scores[name] for name in "AB"] == [0.5, 0.5]


def test_nothing_has_no_logarithm() -> None:
    with pytest.raises(Refused, match="above zero"):
        weighed({"A": {"K": {"0.05": 0, "0.5": 5, "0.95": 10}}}, {"K": 2}, scales={"K": "log"})


def test_experts_without_a_name_are_called_by_their_row() -> None:
    ballots = [{"body": {"quantiles": {"K": THREE}}}] * 2
    poll = {"method": "cooke", "realisations": {"K": 4}, "ballots": ballots}
    assert list(count(Poll.model_validate(poll)).scores) == ["1", "2"]
