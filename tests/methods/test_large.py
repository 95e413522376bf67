"""Large polls: the quick ways give what the plain ones give, and bounds are stated."""

import random
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest

from app.methods import Poll, count, pairwise
from app.methods.committees import Bloc
from app.methods.kemeny_search import Search, in_arrays, in_lists
from app.methods.pav_search import best_committees
from app.methods.ranked_pairs import UNDETERMINED
from app.methods.ways import MOST_WAYS, Ways


def rankings(options: int, ballots: int, **fields: Any) -> Poll:
    draw = random.Random(7)
    names = [f"R{n:03}" for n in range(options)]
    bodies = [
        {"ranking": [[o] for o in draw.sample(names, draw.randrange(1, options + 1))]}
        for _ in range(ballots)
    ]
    drawn = [{"body": body} for body in bodies]
    return Poll.model_validate({"options": names, "ballots": drawn, **fields})


@pytest.mark.parametrize("unranked", ["last", "unknown"])
def test_pairs_by_columns_are_pairs_one_by_one(
    unranked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll = rankings(40, 90, params={"unranked": unranked})
    at_once = count(poll, "schulze")
    monkeypatch.setattr(pairwise, "MANY", 10**9)
    monkeypatch.setattr(pairwise, "SOME", 10**9)
    assert count(poll, "schulze") == at_once


def test_powers_beyond_64_bits_are_added_one_by_one() -> None:
    assert pairwise.fit([1, 2])
    assert not pairwise.fit([2**61, 2**61])
    assert not pairwise.fit([Fraction(1, 2)])


def test_orders_by_arrays_are_orders_by_lists() -> None:
    draw = random.Random(3)
    gains = [[draw.randrange(9) if a != b else 0 for b in range(7)] for a in range(7)]
    lists, arrays = in_lists(gains), in_arrays(gains)
    assert [list(row) for row in lists[0]] == [list(map(int, row)) for row in arrays[0]]
    assert list(lists[1]) == list(map(int, arrays[1]))
    huge = [[n * 2**60 for n in row] for row in gains]
    assert Search(huge).best == Search(gains).best * 2**60


def test_kemeny_of_thirteen_options_uses_arrays_and_agrees_with_schulze_on_a_clear_order() -> None:
    names = [f"R{n:02}" for n in range(13)]
    poll = Poll.model_validate(
        {"options": names, "ballots": [{"count": 3, "body": {"ranking": [[o] for o in names]}}]}
    )
    outcome = count(poll, "kemeny")
    assert outcome.ranking == [[o] for o in names]
    assert outcome.diagnostics["score"] == str(3 * 13 * 12 // 2)


def test_ranked_pairs_of_too_many_equal_majorities_is_undetermined() -> None:
    names = "ABCDEFGH"
    order = [names[n:] + names[:n] for n in range(8)]
    ballots = [{"body": {"ranking": [[o] for o in one]}} for one in order]
    outcome = count(Poll.model_validate({"method": "ranked_pairs", "ballots": ballots}))
    assert (outcome.winners, outcome.decided, outcome.exact) == ([], "tie", False)
    assert outcome.diagnostics["undetermined"] is True
    assert outcome.warnings == [UNDETERMINED]
    assert 1 <= len(outcome.diagnostics["rankings"]) <= 100
    assert outcome.ties == [list(names)]


def test_more_ways_than_are_followed() -> None:
    ways = Ways()
    assert len(list(ways.all_of(lambda pick: [pick("ab") for _ in range(9)]))) == MOST_WAYS
    assert ways.capped


@pytest.mark.parametrize(("method", "shape"), [("seq_phragmen", "approval"), ("stv", "ranking")])
def test_so_many_ties_that_not_every_way_is_followed(method: str, shape: str) -> None:
    names = [f"R{n:02}" for n in range(12)]
    bodies: list[Any] = [[name] if shape == "approval" else [[name]] for name in names]
    ballots = [{"body": {shape: body}} for body in bodies]
    outcome = count(Poll.model_validate({"method": method, "seats": 6, "ballots": ballots}))
    assert outcome.warnings == ["So many ties that not every way was followed."]
    assert (outcome.exact, outcome.decided) == (False, "tie")


def test_so_many_ties_for_last_place() -> None:
    names = [f"R{n:02}" for n in range(12)]
    ballots = [{"body": {"ranking": [[name]]}} for name in names]
    outcome = count(Poll.model_validate({"method": "irv", "ballots": ballots}))
    assert outcome.exact is False
    assert outcome.warnings == ["So many ties for last place that not every way was followed."]


def harmonic(voters: list[set[str]], committee: tuple[str, ...]) -> float:
    return sum(sum(1 / j for j in range(1, len(one & {*committee}) + 1)) for one in voters)


def test_the_search_finds_what_comparing_all_finds() -> None:
    draw = random.Random(5)
    names = [f"R{n:02}" for n in range(9)]
    for seats in (1, 3, 5, 9):
        voters = [set(draw.sample(names, draw.randrange(1, 6))) for _ in range(12)]
        found = best_committees([Bloc(frozenset(v), 1) for v in voters], names, seats)
        worth = {c: harmonic(voters, c) for c in combinations(names, seats)}
        best = [list(c) for c in worth if worth[c] > max(worth.values()) - 1e-9]
        assert sorted(found.committees) == best
        assert found.number == len(best)
        assert float(found.score) == pytest.approx(max(worth.values()))
        assert found.every == set.intersection(*map(set, best))
        assert found.some == set.union(*map(set, best))


def test_more_best_committees_than_are_listed() -> None:
    names = [f"R{n:02}" for n in range(12)]
    poll = Poll.model_validate(
        {"options": names, "seats": 3, "ballots": [{"body": {"approval": []}}]}
    )
    outcome = count(poll, "pav")
    assert (outcome.diagnostics["optima"], len(outcome.diagnostics["committees"])) == (220, 100)
    assert outcome.ties == [names]
    assert outcome.warnings == ["Only 100 of the best committees are listed."]
    assert outcome.trace[-1] == "And by 120 more committees."


def test_a_committee_of_nearly_all_counts_beyond_64_bits() -> None:
    names = [f"R{n:02}" for n in range(60)]
    ballots = [{"count": 2**40, "body": {"approval": names[:-1]}}]
    poll = Poll.model_validate({"options": names, "seats": 59, "ballots": ballots})
    assert count(poll, "pav").winners == names[:-1]
