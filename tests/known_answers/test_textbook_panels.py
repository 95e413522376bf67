"""Worked examples beyond the vectors: ratings, pairs, criteria, estimates.

Citations among four journals of statistics (Stigler 1994; Agresti 2002, table 10.12); distances
from Philadelphia (Saaty 1977, A scaling method for priorities); three alternatives on four criteria
(Triantaphyllou 2000, weighted sum model); quartiles (Wikipedia, method 2); IPRAS (RAND/UCLA
manual, 2001); a pool of three families after SHELF's own test of its weighted linear pool.
"""

import pytest
from scipy.stats import gamma, lognorm, norm

from app.methods import Outcome, Poll, count

JOURNALS = ["Biometrika", "Communications", "JASA", "JRSS-B"]
CITED = [(0, 1, 730, 33), (0, 2, 498, 320), (0, 3, 221, 284), (1, 2, 68, 813), (1, 3, 17, 276),
         (2, 3, 142, 325)]  # fmt: skip


def test_citations_among_journals() -> None:
    ballots = [
        {"count": n, "body": {"pair": {"winner": JOURNALS[a], "loser": JOURNALS[b]}}}
        for one, other, won, lost in CITED
        for a, b, n in ((one, other, won), (other, one, lost))
    ]
    poll = {"method": "bradley_terry", "options": JOURNALS, "ballots": ballots}
    outcome = count(Poll.model_validate(poll))
    expected = [0, -2.94907, -0.47957, 0.26895]
    assert [outcome.scores[name] for name in JOURNALS] == pytest.approx(expected, abs=5e-6)


PHILADELPHIA = {
    "Cairo": {"Tokyo": "1/3", "Chicago": "8", "San Francisco": "3", "London": "3", "Montreal": "7"},
    "Tokyo": {"Chicago": "9", "San Francisco": "3", "London": "3", "Montreal": "9"},
    "Chicago": {"San Francisco": "1/6", "London": "1/5", "Montreal": "2"},
    "San Francisco": {"London": "1/3", "Montreal": "6"},
    "London": {"Montreal": "6"},
}


def test_distances_from_philadelphia() -> None:
    poll = {"method": "ahp", "ballots": [{"body": {"judgements": PHILADELPHIA}}]}
    outcome = count(Poll.model_validate(poll))
    published = {
        "Cairo": 0.263, "Tokyo": 0.397, "Chicago": 0.033, "San Francisco": 0.116,
        "London": 0.164, "Montreal": 0.027,
    }  # fmt: skip
    assert outcome.scores == pytest.approx(published, abs=1.5e-3)
    assert outcome.diagnostics["lambda_max"] == pytest.approx(6.45, abs=5e-3)


def test_three_alternatives_by_weighted_sum() -> None:
    rows = {"A1": (25, 20, 15, 30), "A2": (10, 30, 20, 30), "A3": (30, 10, 30, 10)}
    body = {o: {f"c{n}": value for n, value in enumerate(row)} for o, row in rows.items()}
    weights = ["1/5", "3/20", "2/5", "1/4"]
    poll = {
        "method": "weighted_criteria",
        "scale": {"min": 0, "max": 100},
        "criteria": [{"id": f"c{n}", "weight": weight} for n, weight in enumerate(weights)],
        "ballots": [{"body": {"criteria": body}}],
    }
    outcome = count(Poll.model_validate(poll))
    assert outcome.scores == {"A1": "43/200", "A2": "11/50", "A3": "11/50"}
    assert outcome.ties == [["A2", "A3"]]


def rated(method: str, values: list[int], top: int) -> dict[str, float]:
    ballots = [{"body": {"rating": {"A": value}}} for value in values]
    poll = {"method": method, "scale": {"min": 1, "max": top}, "ballots": ballots}
    figures: dict[str, float] = count(Poll.model_validate(poll)).diagnostics["options"]["A"]
    return figures


def test_quartiles_of_eleven() -> None:
    found = rated("rating_consensus", [6, 7, 15, 36, 39, 40, 41, 42, 43, 47, 49], 50)
    assert (found["q1"], found["median"], found["q3"], found["iqr"]) == (25.5, 40, 42.5, 17)


@pytest.mark.parametrize(
    ("values", "ipras"), [([5] * 3, 2.35), ([7, 7, 8, 8], 6.1), ([8] * 3, 6.85), ([2] * 3, 6.85)]
)
def test_the_wider_range_allowed_away_from_the_middle(values: list[int], ipras: float) -> None:
    assert rated("ram_appropriateness", values, 9)["ipras"] == pytest.approx(ipras)


def three_families(**params: object) -> Outcome:
    """An expert each whose quantiles come from a gamma, a normal and a lognormal distribution,
    with weights 1/6, 2/6 and 3/6."""
    made = [gamma(3, scale=1 / 2), norm(10, 2), lognorm(2, scale=10)]
    ballots = [
        {
            "weight": weight,
            "body": {"quantiles": {"Q": {str(p): float(one.ppf(p)) for p in (0.25, 0.5, 0.75)}}},
        }
        for one, weight in zip(made, ("1/6", "2/6", "3/6"), strict=True)
    ]
    poll = {"method": "linear_pool", "params": {"lower": 0, **params}, "ballots": ballots}
    return count(Poll.model_validate(poll))


def test_a_weighted_pool_of_three_families() -> None:
    found = three_families(quantiles=["0.95"], at=[10]).diagnostics
    fits = [found["fits"][str(n)]["Q"]["family"] for n in (1, 2, 3)]
    assert fits == ["gamma", "normal", "lognormal"]
    high = found["pool"]["Q"]["quantiles"]["0.95"]
    made = [(gamma(3, scale=1 / 2), 1), (norm(10, 2), 2), (lognorm(2, scale=10), 3)]
    assert sum(w / 6 * one.cdf(high) for one, w in made) == pytest.approx(0.95, abs=1e-4)
    assert found["pool"]["Q"]["cdf"]["10"] == pytest.approx(
        sum(w / 6 * one.cdf(10) for one, w in made), abs=1e-4
    )
