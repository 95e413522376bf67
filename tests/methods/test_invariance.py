"""Anonymity, neutrality, order and doubling for every method whose ballots can be drawn; reversal;
pooled quantiles there and back.
"""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.methods import METHODS, Outcome, Poll, count
from tests.methods.test_properties import OPTIONS, profiles, ranked, tiers

some = settings(max_examples=15, deadline=None)
RENAMED = dict(zip(OPTIONS, ["C", "A", "D", "B"], strict=True))
one = st.sampled_from(OPTIONS)


def by_option(value: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(one, value)


BODIES: dict[str, st.SearchStrategy[Any]] = {
    "choice": st.lists(one, max_size=1),
    "approval": st.lists(one, unique=True),
    "ranking": tiers(),
    "rating": by_option(st.none() | st.integers(0, 5)),
    "allocation": by_option(st.integers(0, 2)),
    "react": by_option(st.sampled_from(["agree", "disagree", "pass"])),
    "judgement": by_option(st.fixed_dictionaries({"holds": st.sampled_from(["yes", "no"])})),
    "criteria": by_option(st.fixed_dictionaries({"impact": st.sampled_from([0, 0.5, 1])})),
}
DRAWN = [name for name, rule in METHODS.items() if rule.shape in BODIES]


def poll(method: str, bodies: list[Any], options: list[str] = OPTIONS) -> Poll:
    """A poll with all that any of these methods needs."""
    ballots = [{"body": {METHODS[method].shape: body}} for body in bodies]
    fields: dict[str, Any] = {"seats": 2, "budget": 9, "costs": dict.fromkeys(OPTIONS, 3)}
    if METHODS[method].shape == "criteria":
        fields["criteria"] = [{"id": "impact"}]
    return Poll.model_validate({"options": options, "ballots": ballots, **fields})


def renamed(found: Any) -> Any:
    """The same with every option called by its other name, inside tiers in the order of names."""
    if isinstance(found, dict):
        return {renamed(key): renamed(value) for key, value in found.items()}
    if isinstance(found, list):
        return [renamed(value) for value in found]
    return RENAMED.get(found, found) if isinstance(found, str) else found


def figures(outcome: Outcome) -> tuple[Any, ...]:
    tiers = [sorted(tier) for tier in outcome.ranking]
    return tiers, outcome.scores, outcome.decided, sorted(outcome.winners)


@some
@given(st.data())
@pytest.mark.parametrize("method", DRAWN)
def test_who_voted_first_and_which_option_is_listed_first_is_nothing(
    method: str, data: st.DataObject
) -> None:
    bodies = data.draw(st.lists(BODIES[METHODS[method].shape], min_size=1, max_size=6))
    shuffled = data.draw(st.permutations(bodies))
    first, second = count(poll(method, bodies), method), count(poll(method, shuffled), method)
    assert (*figures(first), first.input_digest) == (*figures(second), second.input_digest)
    turned = count(poll(method, bodies, OPTIONS[::-1]), method)
    assert figures(turned) == figures(first)


@some
@given(st.data())
@pytest.mark.parametrize("method", sorted({*DRAWN} - {"irv", "stv", "seq_pav", "seq_phragmen",
                                                      "equal_shares"}))  # fmt: skip
def test_options_may_have_any_name(method: str, data: st.DataObject) -> None:
    """Rules that follow ties every way describe the first way by id; the others not even that."""
    bodies = data.draw(st.lists(BODIES[METHODS[method].shape], min_size=1, max_size=6))
    tiers, scores, decided, winners = figures(count(poll(method, bodies), method))
    other = figures(count(poll(method, renamed(bodies)), method))
    assert other == (
        [sorted(tier) for tier in renamed(tiers)], renamed(scores), decided,
        sorted(renamed(winners)),
    )  # fmt: skip


@some
@given(st.data())
@pytest.mark.parametrize("method", sorted({*DRAWN} - {"equal_shares", "stv", "quadratic"}))
def test_everybody_twice_decides_the_same(method: str, data: st.DataObject) -> None:
    """Quotas in whole votes and prices are the exceptions: there a doubled room is another room."""
    bodies = data.draw(st.lists(BODIES[METHODS[method].shape], min_size=1, max_size=5))
    once, twice = count(poll(method, bodies), method), count(poll(method, bodies * 2), method)
    assert (twice.winners, twice.decided) == (once.winners, once.decided)
    assert twice.ranking == once.ranking


@some
@given(profiles)
@pytest.mark.parametrize("method", ["copeland", "kemeny", "schulze", "borda"])
def test_turned_ballots_turn_the_ranking(method: str, rankings: list[list[list[str]]]) -> None:
    """Reversal symmetry: complete rankings upside down give the ranking upside down."""
    full = []
    for given_tiers in rankings:
        rest = [o for o in OPTIONS if not any(o in tier for tier in given_tiers)]
        full.append([*given_tiers, rest] if rest else given_tiers)
    params = {"strength": "margins"} if method == "schulze" else {}
    forwards = count(ranked(full, params=params), method)
    backwards = count(ranked([one[::-1] for one in full], params=params), method)
    places = {o: n for n, tier in enumerate(forwards.ranking) for o in tier}
    turned = {o: -n for n, tier in enumerate(backwards.ranking) for o in tier}
    for a in OPTIONS:
        for b in OPTIONS:
            if len(forwards.ranking) == len(OPTIONS):
                assert (places[a] < places[b]) == (turned[a] < turned[b])


@some
@given(
    st.lists(st.tuples(st.integers(1, 50), st.integers(1, 50)), min_size=1, max_size=4),
    st.sampled_from(["0.05", "0.25", "0.5", "0.9"]),
)
def test_a_quantile_of_the_pool_read_back_is_its_probability(
    quartiles: list[tuple[int, int]], p: str
) -> None:
    ballots = [
        {"body": {"quantiles": {"Q": {"0.25": low, "0.75": low + width}}}}
        for low, width in quartiles
    ]
    fields = {"method": "linear_pool", "ballots": ballots}
    params = {"family": "normal", "quantiles": [p]}
    pool = count(Poll.model_validate({**fields, "params": params})).diagnostics["pool"]["Q"]
    at = {"family": "normal", "at": [pool["quantiles"][p]]}
    back = count(Poll.model_validate({**fields, "params": at})).diagnostics["pool"]["Q"]["cdf"]
    assert list(back.values()) == [pytest.approx(float(p), abs=1e-6)]
