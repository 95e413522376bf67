"""What must hold for every poll: anonymity, neutrality, monotonicity, bounds, budgets."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.agreement import agreement
from app.methods import METHODS, Outcome, Poll, count

OPTIONS = ["A", "B", "C", "D"]
RANKED = ["borda", "copeland", "schulze", "ranked_pairs", "kemeny", "minimax", "irv", "rank_sum"]
CONDORCET = ["copeland", "schulze", "ranked_pairs", "kemeny", "minimax"]
RENAMED = dict(zip(OPTIONS, ["D", "C", "A", "B"], strict=True))

some = settings(max_examples=40, deadline=None)


@st.composite
def tiers(draw: st.DrawFn) -> list[list[str]]:
    """A ranking, perhaps partial, perhaps with ties."""
    order = draw(st.permutations(OPTIONS))[: draw(st.integers(0, len(OPTIONS)))]
    ranking: list[list[str]] = []
    for option in order:
        shared: bool = draw(st.booleans())
        if ranking and shared:
            ranking[-1].append(option)
        else:
            ranking.append([option])
    return ranking


profiles = st.lists(tiers(), min_size=1, max_size=9)
approvals = st.lists(st.sets(st.sampled_from(OPTIONS)), min_size=1, max_size=8)


def ranked(rankings: list[list[list[str]]], **fields: Any) -> Poll:
    ballots = [{"body": {"ranking": ranking}} for ranking in rankings]
    return Poll.model_validate({"options": OPTIONS, "ballots": ballots, **fields})


def approved(bodies: list[set[str]], **fields: Any) -> Poll:
    ballots = [{"body": {"approval": sorted(body)}} for body in bodies]
    return Poll.model_validate({"options": OPTIONS, "ballots": ballots, **fields})


def result(outcome: Outcome) -> tuple[Any, ...]:
    return outcome.ranking, outcome.scores, outcome.decided, outcome.input_digest


@some
@given(profiles)
@pytest.mark.parametrize("method", RANKED)
def test_the_order_of_ballots_is_nothing(method: str, rankings: list[list[list[str]]]) -> None:
    backwards = ranked(list(reversed(rankings)))
    assert result(count(ranked(rankings), method)) == result(count(backwards, method))


@some
@given(profiles)
@pytest.mark.parametrize("method", RANKED)
def test_names_are_nothing(method: str, rankings: list[list[list[str]]]) -> None:
    renamed = [[[RENAMED[option] for option in tier] for tier in one] for one in rankings]
    expected = {RENAMED[winner] for winner in count(ranked(rankings), method).winners}
    assert set(count(ranked(renamed), method).winners) == expected


@some
@given(profiles)
@pytest.mark.parametrize("method", RANKED)
def test_everyone_twice_changes_nothing(method: str, rankings: list[list[list[str]]]) -> None:
    once, twice = count(ranked(rankings), method), count(ranked(rankings * 2), method)
    assert (once.ranking, once.winners) == (twice.ranking, twice.winners)


@some
@given(profiles)
@pytest.mark.parametrize("method", RANKED)
def test_a_ranking_names_every_option_once(method: str, rankings: list[list[list[str]]]) -> None:
    outcome = count(ranked(rankings), method)
    assert sorted(option for tier in outcome.ranking for option in tier) == OPTIONS


@some
@given(profiles)
@pytest.mark.parametrize("method", CONDORCET)
def test_whoever_beats_all_wins_alone(method: str, rankings: list[list[list[str]]]) -> None:
    outcome = count(ranked(rankings), method)
    winner = outcome.diagnostics["condorcet_winner"]
    if winner is not None:
        assert outcome.winners == [winner]


@some
@given(profiles, st.data())
@pytest.mark.parametrize("method", ["borda", "schulze"])
def test_being_raised_never_hurts(
    method: str, rankings: list[list[list[str]]], data: st.DataObject
) -> None:
    winners = count(ranked(rankings), method).winners
    if not winners:
        return
    lifted = data.draw(st.sampled_from(winners))
    place = data.draw(st.integers(0, len(rankings) - 1))
    without = [[o for o in tier if o != lifted] for tier in rankings[place]]
    raised = [[lifted], *(tier for tier in without if tier)]
    more = [*rankings[:place], raised, *rankings[place + 1 :]]
    assert lifted in count(ranked(more), method).winners


@some
@given(profiles)
def test_turning_every_ballot_round_turns_schulze_round(rankings: list[list[list[str]]]) -> None:
    full = [
        [*one, [o for o in OPTIONS if not any(o in tier for tier in one)]]
        if len({o for tier in one for o in tier}) < len(OPTIONS)
        else one
        for one in rankings
    ]
    forwards = count(ranked(full, params={"strength": "margins"}), "schulze")
    backwards = count(
        ranked([one[::-1] for one in full], params={"strength": "margins"}), "schulze"
    )
    if len(forwards.winners) == 1:
        assert forwards.winners != backwards.winners


@some
@given(approvals, st.integers(1, 4))
def test_the_best_committee_is_no_worse_than_the_one_found_step_by_step(
    bodies: list[set[str]], seats: int
) -> None:
    poll = approved(bodies, seats=seats)
    exact, steps = count(poll, "pav"), count(poll, "seq_pav")
    reached = sum(Fraction(step["gain"]) for step in steps.diagnostics["steps"])
    assert Fraction(exact.diagnostics["score"]) >= reached


@some
@given(approvals, st.lists(st.integers(1, 9), min_size=4, max_size=4), st.integers(1, 20))
@pytest.mark.parametrize("completion", ["none", "phragmen", "add1", "utilitarian"])
def test_equal_shares_stays_inside_the_budget(
    completion: str, bodies: list[set[str]], prices: list[int], budget: int
) -> None:
    costs = dict(zip(OPTIONS, prices, strict=True))
    poll = approved(bodies, budget=budget, costs=costs, params={"completion": completion})
    steps = count(poll, "equal_shares").diagnostics["steps"]
    assert sum(costs[step["option"]] for step in steps) <= budget


@some
@given(profiles, st.integers(1, 3))
@pytest.mark.parametrize("rule", ["scottish", "wig", "meek"])
def test_no_more_are_elected_than_there_are_seats(
    rule: str, rankings: list[list[list[str]]], seats: int
) -> None:
    outcome = count(ranked(rankings, seats=seats, params={"rule": rule}), "stv")
    assert len(outcome.winners) <= seats
    for committee in outcome.diagnostics["committees"]:
        assert len(committee) == seats


@some
@given(st.lists(st.lists(st.integers(1, 5), min_size=4, max_size=4), min_size=2, max_size=6))
def test_agreement_lies_within_its_bounds(rows: list[list[int]]) -> None:
    table = [dict(zip(OPTIONS, map(Fraction, row), strict=True)) for row in rows]
    found = agreement(table)
    if found["kendall_w"]:
        assert 0 <= found["kendall_w"]["w"] <= 1 + 1e-12
    for alpha in found["krippendorff_alpha"].values():
        assert alpha is None or alpha <= 1


BODIES: dict[str, st.SearchStrategy[Any]] = {
    "choice": st.lists(st.sampled_from(OPTIONS), max_size=2),
    "approval": st.lists(st.sampled_from(OPTIONS), max_size=4),
    "motion": st.sampled_from(["yes", "no", "abstain", "perhaps"]),
    "consent": st.sampled_from(["consent", "objection", "pending", 1]),
    "ranking": tiers(),
    "rating": st.dictionaries(st.sampled_from(OPTIONS), st.none() | st.integers(-1, 10)),
    "allocation": st.dictionaries(st.sampled_from(OPTIONS), st.integers(-3, 9)),
    "react": st.dictionaries(st.sampled_from(OPTIONS), st.sampled_from(["agree", "pass"])),
}
SHAPED = [method.id for method in METHODS.values() if method.shape in BODIES]


@some
@given(st.data())
@pytest.mark.parametrize("method", SHAPED)
def test_whatever_is_cast_is_counted_or_reported(method: str, data: st.DataObject) -> None:
    rule = METHODS[method]
    bodies = data.draw(st.lists(BODIES[rule.shape], max_size=6))
    ballots = [{"body": {rule.shape: body}} for body in bodies]
    poll = {"options": OPTIONS, "seats": 2, "budget": 9, "ballots": ballots}
    costs = dict.fromkeys(OPTIONS, 3)
    outcome = count(Poll.model_validate({**poll, "costs": costs, "method": method}))
    assert outcome.turnout.cast == len(bodies)
    assert outcome.turnout.invalid == len(outcome.diagnostics.get("invalid", []))
    assert Outcome.model_validate_json(outcome.model_dump_json()) == outcome
