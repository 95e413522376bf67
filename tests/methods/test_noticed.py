"""Small things that nothing else would notice if they were otherwise."""

from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from pydantic import ValidationError
from scipy.stats import norm

from app.errors import Refused
from app.methods import METHODS, Outcome, Poll, count, irv, ranked_pairs
from app.methods.mixture import quantile_of
from app.methods.preflib import preflib_poll
from tests.known_answers.polls import Lines, ranked

SAATY = {3: 0.58, 4: 0.90, 5: 1.12, 6: 1.24, 7: 1.32, 8: 1.41, 9: 1.45, 10: 1.49}


def counted(method: str, bodies: list[dict[str, Any]], **fields: Any) -> Outcome:
    ballots = [{"body": body} for body in bodies]
    return count(Poll.model_validate({"method": method, "ballots": ballots, **fields}))


@pytest.mark.parametrize("n", SAATY)
def test_consistency_is_measured_by_the_random_index_of_1980(n: int) -> None:
    options = [f"O{i:02}" for i in range(n)]
    judged: dict[str, dict[str, str]] = {one: {} for one in options}
    for one, other in combinations(options, 2):
        judged[one][other] = "2"  # A is twice B, B twice C, and A only twice C
    found = counted("ahp", [{"judgements": judged}], options=options).diagnostics
    assert found["ri"] == SAATY[n]
    assert found["cr"] == pytest.approx((found["lambda_max"] - n) / (n - 1) / SAATY[n])


def test_a_threshold_other_than_half() -> None:
    bodies = [{"react": {"A": "agree", "B": "disagree"}}] * 3
    bodies += [{"react": {"A": "disagree", "B": "disagree"}}] * 2
    simple = counted("agree_disagree", bodies)
    assert (simple.winners, simple.diagnostics["options"]["B"]["share"]) == (["A"], "0")
    assert counted("agree_disagree", bodies, threshold="2/3").winners == []


def test_several_judgements_of_a_pair_are_averaged_as_ratios() -> None:
    bodies = [{"judgements": {"A": {"B": ratio}}} for ratio in ("4", "1", "2")]
    scores = counted("ahp", bodies).scores
    assert scores == {"A": pytest.approx(2 / 3), "B": pytest.approx(1 / 3)}


def test_why_it_does_not_pass_is_said() -> None:
    aside = counted("consent", [{"consent": "stand_aside"}], params={"most_stand_aside": 0})
    assert aside.trace[-1] == "Too many stand aside: it does not pass."
    assert counted("consent", []).trace[1] == "Nobody has answered: it does not pass."


def test_as_many_may_stand_aside_as_the_limit_says() -> None:
    bodies = [{"consent": "consent"}, {"consent": "stand_aside"}]
    assert counted("consent", bodies, params={"most_stand_aside": 1}).decided == "yes"


def test_what_no_chain_of_judgements_joins_is_not_ordered() -> None:
    apart = [{"judgements": {"A": {"B": "3"}, "C": {"D": "9"}}}]
    outcome = counted("ahp", apart, options=["A", "B", "C", "D"])
    assert (outcome.winners, outcome.decided) == ([], "no")
    assert outcome.ranking == [["A", "B", "C", "D"]]
    assert outcome.diagnostics["components"] == [["A", "B"], ["C", "D"]]
    assert outcome.warnings == ["4 pairs were judged by nobody."]


def test_weights_of_a_hierarchy_are_statistics() -> None:
    none = counted("ahp", [], options=["A", "B"])
    assert none.ranking == [["A", "B"]]
    judged = {"judgements": {"A": {"B": "1"}}}
    equal = counted("ahp", [judged], options=["A", "B"])
    assert (equal.ranking, equal.exact, equal.diagnostics["cr"]) == ([["A", "B"]], False, 0.0)
    options = [f"O{n:02}" for n in range(11)]
    row = {"judgements": {options[0]: dict.fromkeys(options[1:], "1")}}
    assert counted("ahp", [row], options=options).diagnostics["cr"] is None  # no index beyond ten


def test_so_many_ties_that_not_every_way_is_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the bound one of those tied for last leaves; up to it every way is followed."""
    lines: Lines = [(1, "ABC"), (1, "BCA"), (1, "CAB")]
    monkeypatch.setattr(irv, "MOST_WAYS", 1)
    outcome = count(ranked(lines), "irv")
    assert (outcome.exact, outcome.winners) == (True, ["A", "B", "C"])
    monkeypatch.setattr(irv, "MOST_WAYS", 0)
    outcome = count(ranked(lines), "irv")
    assert (outcome.exact, outcome.winners) == (False, ["B"])
    assert outcome.warnings == ["So many ties for last place that not every way was followed."]
    assert count(ranked([(3, "AC"), (2, "BC"), (1, "CA")]), "irv").exact is True  # no tie at all
    assert count(ranked([(1, "AB"), (1, "BA")]), "irv").exact is False  # two are many enough


def test_an_expert_just_as_good_as_asked_for_is_heard() -> None:
    said = {f"K{n}": {"0.05": 1, "0.5": 5, "0.95": 10} for n in range(3)}
    poll = {
        "method": "cooke",
        "realisations": dict.fromkeys(said, 4),
        "ballots": [{"voter": "A", "body": {"quantiles": said}}],
    }
    first = count(Poll.model_validate(poll)).diagnostics["experts"]["A"]["calibration"]
    again = count(Poll.model_validate({**poll, "params": {"alpha": first}}))
    assert again.diagnostics["experts"]["A"]["weight"] == 1.0


BOUNDS = [
    ("gamma", 10, None),
    ("gamma", 12, None),
    ("beta", 0, 30),
    ("beta", 0, 25),
    ("beta", 10, 99),
]


@pytest.mark.parametrize(("family", "lower", "upper"), BOUNDS)
def test_all_values_lie_between_the_bounds_of_a_family(
    family: str, lower: float, upper: float | None
) -> None:
    said = [{"quantiles": {"Q": {"0.05": 10, "0.5": 20, "0.95": 30}}}]
    params = {"family": family, "lower": lower, "upper": upper}
    with pytest.raises(Refused, match="below all values"):
        counted("linear_pool", said, params=params)
    best = counted("linear_pool", said, params={**params, "family": "best"})
    assert best.diagnostics["fits"]["1"]["Q"]["family"] != family


def test_disagreement_begins_above_what_symmetry_allows() -> None:
    """RAND/UCLA: the range between the percentiles has to exceed the one adjusted for symmetry."""
    answers = [1, 1, 3, 3, 6, 6, 6]  # both are 17/5
    found = counted("ram_appropriateness", [{"rating": {"A": value}} for value in answers])
    option = found.diagnostics["options"]["A"]
    assert (option["ipr"], option["ipras"], option["disagreement"]) == (3.4, 3.4, False)


CIRCLE: Lines = [(2, "ABC"), (1, "BCA"), (2, "CAB")]  # A over B for sure; two equal majorities


@pytest.mark.parametrize(
    ("bound", "exact", "winners", "orders"),
    [(2, True, ["A", "C"], ["ABC", "CAB"]), (1, False, [], ["CAB"])],
)
def test_orders_of_equal_majorities_up_to_a_bound(
    bound: int, exact: bool, winners: list[str], orders: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranked_pairs, "MOST_WAYS", bound)
    outcome = count(ranked(CIRCLE), "ranked_pairs")
    found = ["".join(o for tier in one for o in tier) for one in outcome.diagnostics["rankings"]]
    assert (outcome.exact, outcome.winners, found) == (exact, winners, orders)
    assert (outcome.ranking, outcome.ties) == ([["A", "C"], ["B"]], [["A", "C"]])


@pytest.mark.parametrize("p", [1e-6, 0.5, 1 - 1e-6])
def test_a_quantile_far_outside_the_first_range_is_found(p: float) -> None:
    found = quantile_of([norm.cdf, norm.cdf], [2, 1], p, -0.001, 0.001)
    assert found == pytest.approx(norm.ppf(p), abs=1e-9)
    beside = quantile_of([norm(7).cdf], [1], p, 0.001, 0.002)
    assert beside == pytest.approx(norm(7).ppf(p), abs=1e-9)


def test_the_line_of_a_file_that_cannot_be_read_is_named() -> None:
    with pytest.raises(Refused, match="Line 3 is no PrefLib order"):
        preflib_poll("# NUMBER ALTERNATIVES: 2\n1: 1,2\nnothing\n")


def test_whoever_is_first_in_one_of_the_orders_ties() -> None:
    """E is not, and still stands with the two where the orders agree on nothing."""
    lines: Lines = [(1, "BACDE"), (1, "DBAEC"), (1, "EACDB"), (1, "EDBCA"), (1, "ACDEB")]
    outcome = count(ranked(lines), "ranked_pairs")
    assert outcome.ranking == [["A", "D", "E"], ["B", "C"]]
    assert (outcome.winners, outcome.ties, outcome.decided) == (["A", "D"], [["A", "D"]], "tie")


def test_nobody_rated_anything() -> None:
    outcome = counted("score", [], options=["A", "B"])
    assert outcome.trace[0] == "Order by median, then mean, then share of 0: A = B."


def test_a_large_budget_is_raised_by_more_than_one() -> None:
    """In about a thousand steps: here both are paid by the same step, which is too much."""
    costs = {"A": 4694, "B": 4695, "C": 1825}
    bodies = [{"approval": ["B"]}, {"approval": ["A"]}]
    params = {"completion": "add1"}
    outcome = counted("equal_shares", bodies, budget=8499, costs=costs, params=params)
    assert outcome.winners == []
    costs["A"] -= 10
    assert counted("equal_shares", bodies, budget=8499, costs=costs, params=params).winners == ["A"]


def test_sums_beyond_sixty_four_bits_are_exact() -> None:
    options = "ABCDEFGHIJK"
    ballots = [
        {"count": 2**53 - 1, "body": {"approval": list(options)}},
        {"count": 1, "body": {"approval": list(options[:10])}},
    ]
    poll = {"method": "pav", "seats": 10, "options": list(options), "ballots": ballots}
    outcome = count(Poll.model_validate(poll))
    harmonic = sum(Fraction(1, n) for n in range(1, 11))
    assert outcome.diagnostics["score"] == str(2**53 * harmonic)
    assert outcome.winners == list(options[:10])


def test_of_equal_surpluses_the_one_that_led_before_goes_on_first() -> None:
    """X's surplus lifts A from 5 and B from 3 to the same 7."""
    lines: Lines = [(4, "XAD"), (8, "XBC"), (5, "AD"), (3, "BC"), (3, "C"), (2, "D")]
    rounds = count(ranked(lines, seats=4), "stv").diagnostics["rounds"]
    tallies = [{o: float(votes) for o, votes in one["tally"].items()} for one in rounds]
    assert tallies[1] == {"X": 6, "A": 7, "B": 7, "C": 3, "D": 2}
    assert (tallies[2]["A"], tallies[2]["B"]) == (6, 7)


def test_nobody_may_be_eligible_and_all_may_be_needed() -> None:
    assert Poll.model_validate({"eligible": 0}).eligible == 0
    with pytest.raises(ValidationError):
        Poll.model_validate({"eligible": 4, "quorum": "3/2"})


def test_the_highest_answers_of_the_scale_break_the_last_tie_of_star() -> None:
    """Three is the highest here: both have 4 and one ballot each, but A has a 3."""
    scale = {"min": 0, "max": 3}
    bodies = [{"rating": {"A": 3, "B": 2}}, {"rating": {"A": 1, "B": 2}}]
    outcome = counted("star", bodies, scale=scale, options=["A", "B"])
    assert (outcome.winners, outcome.decided) == (["A"], "yes")


def test_a_count_is_heavy_only_beyond_what_is_counted_live() -> None:
    def poll(number: int) -> Poll:
        return Poll.model_validate({"options": [f"O{n}" for n in range(number)]})

    assert METHODS["kemeny"].heavy(poll(12)) is None
    assert METHODS["kemeny"].heavy(poll(13)) is not None
