"""V18 IDEA, V19 SHELF's fitting tests and a pool, V20 Cooke (TU Delft, 3.7.3), repliCATS."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pytest
from scipy.stats import beta, norm

from app.methods import Outcome, Poll, count
from tests.known_answers.conftest import DataSet, consilience


@pytest.mark.parametrize(("confidence", "low", "high"), [(50, 11, 75), (90, 65 / 3, 515 / 9)])
def test_idea_brings_ranges_to_eighty_percent(confidence: int, low: float, high: float) -> None:
    guess = {"low": 20, "best": 35, "high": 60, "confidence": confidence}
    ballots = [{"body": {"interval": {"Q1": guess}}}]
    outcome = count(Poll.model_validate({"method": "idea", "ballots": ballots}))
    mean = outcome.diagnostics["options"]["Q1"]["mean"]
    assert (mean["low"], mean["best"], mean["high"]) == pytest.approx((low, 35, high))


NAMES = {"three_point_lower": "low", "three_point_best": "best", "three_point_upper": "high"}


@pytest.mark.parametrize("round_", ["round_1", "round_2"])
def test_idea_on_an_expert_workshop(data: Callable[[str], DataSet], round_: str) -> None:
    """All claims of a round as one poll, by the command."""
    folder = data("replicats")
    guesses: dict[str, dict[str, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    for row in folder.rows("ratings.csv"):
        asked = row["question"] == "direct_replication" and row["round"] == round_
        if asked and row["element"] in NAMES:
            guess = guesses[row["user_name"]][row["paper_id"]]
            guess[NAMES[row["element"]]] = float(row["value"])
    ballots = [{"voter": who, "body": {"interval": said}} for who, said in guesses.items()]
    outcome = consilience("count", "-", stdin={"method": "idea", "ballots": ballots})
    found = outcome["diagnostics"]["options"]
    expected = {
        paper: figures["rounds"][round_]
        for paper, figures in folder.json()["papers"].items()
        if round_ in figures["rounds"]
    }
    assert {
        paper: (said["n"], *said["mean"].values(), said["median"]["best"])
        for paper, said in found.items()
    } == {
        paper: (
            said["n"],
            *(
                pytest.approx(said[name], abs=1e-5)
                for name in ("mean_lower", "mean_best", "mean_upper", "median_best")
            ),
        )
        for paper, said in expected.items()
    }


def pooled(experts: list[dict[str, float]], **params: Any) -> Outcome:
    ballots = [{"body": {"quantiles": {"Q1": expert}}} for expert in experts]
    poll = {"method": "linear_pool", "params": params, "ballots": ballots}
    return count(Poll.model_validate(poll))


def keyed(values: list[float], probabilities: list[float]) -> dict[str, float]:
    return {f"{p:.17f}": x for p, x in zip(probabilities, values, strict=True)}


def test_fits_find_the_distribution_the_quantiles_came_from() -> None:
    values = [-10.0, 10.0, 50.0]
    outcome = pooled([keyed(values, list(norm.cdf(values, 10, 20)))], family="normal")
    found = outcome.diagnostics["fits"]["1"]["Q1"]
    assert (found["mean"], found["sd"]) == pytest.approx((10, 20), abs=1e-6)
    values = [18.0, 20.0, 22.0, 24.0]
    given = keyed(values, list(beta.cdf(values, 5, 20, 10, 50)))
    found = pooled([given], family="beta", lower=10, upper=60).diagnostics["fits"]["1"]["Q1"]
    assert (found["shape1"], found["shape2"]) == pytest.approx((5, 20), abs=1e-4)
    assert pooled([given], lower=10, upper=60).diagnostics["fits"]["1"]["Q1"]["family"] == "beta"


def test_a_pool_of_four() -> None:
    quartiles = [(30, 40, 50), (20, 25, 35), (40, 50, 60), (35, 40, 50)]
    experts: list[dict[str, float]] = [{"0.25": a, "0.5": b, "0.75": c} for a, b, c in quartiles]
    params = {"family": "normal", "quantiles": ["0.05", "0.5", "0.95"], "at": [39.189]}
    found = pooled(experts, **params).diagnostics
    fits = [found["fits"][str(n)]["Q1"] for n in range(1, 5)]
    assert [fit["mean"] for fit in fits] == pytest.approx([40, 26.432, 50, 41.432], abs=5e-4)
    assert [fit["sd"] for fit in fits] == pytest.approx([14.826, 11.516, 14.826, 11.516], abs=5e-4)
    pool = found["pool"]["Q1"]
    assert list(pool["quantiles"].values()) == pytest.approx([14.135, 39.189, 65.867], abs=6e-4)
    assert pool["cdf"]["39.189"] == pytest.approx(0.5, abs=1e-4)


@pytest.mark.parametrize("family", ["normal", "t", "gamma", "lognormal"])
def test_every_family_gives_back_its_own_quantiles(family: str) -> None:
    found = pooled([{"0.25": 10, "0.5": 20}], family=family, lower=0, quantiles=["0.25", "0.5"])
    values = list(found.diagnostics["pool"]["Q1"]["quantiles"].values())
    assert values == pytest.approx([10, 20], abs=1e-6)


def test_a_family_without_its_bounds_is_refused() -> None:
    with pytest.raises(ValueError, match="needs “lower”"):
        pooled([{"0.25": 10, "0.5": 20}], family="gamma")


COOKE = {
    "A": [(2, 5, 7), (12, 13, 15), (87, 89, 92), (2, 5, 8), (48, 50, 52)],
    "B": [(20, 23, 34), (8, 10, 11), (60, 70, 90), (20, 35, 45), (30, 35, 40)],
    "C": [(20, 25, 28), (10, 13, 15), (65, 67, 70), (42, 44, 46), (32, 33, 35)],
}


def test_cooke() -> None:
    ballots = [
        {
            "voter": name,
            "body": {
                "quantiles": {
                    f"Q{n}": {"0.05": a, "0.5": b, "0.95": c} for n, (a, b, c) in enumerate(rows)
                }
            },
        }
        for name, rows in COOKE.items()
    ]
    known = {f"Q{n}": x for n, x in enumerate([24, 11, 68, 47, 31])}
    outcome = count(
        Poll.model_validate({"method": "cooke", "realisations": known, "ballots": ballots})
    )
    experts = outcome.diagnostics["experts"]
    calibration = [experts[name]["calibration"] for name in "ABC"]
    assert calibration == pytest.approx([3.621e-5, 0.608, 0.327], rel=2e-3)
    information = [experts[name]["information"] for name in "ABC"]
    assert information == pytest.approx([1.418, 0.558, 1.354], abs=6e-4)
    weights = [experts[name]["weight"] for name in "ABC"]
    assert weights == pytest.approx([6.56e-5, 0.4339, 0.5660], rel=1e-3)
    assert outcome.ranking == [["C"], ["B"], ["A"]]
