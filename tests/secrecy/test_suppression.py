"""No group under five can be worked out from what is published: the attack is tried on tables."""

import random
from collections import Counter

import pytest

from app.analysis.suppression import apart, hidden_groups
from app.db import Database
from app.policy import FEWEST
from app.queries.results import results
from tests.secrecy.solver import derivable
from tests.support.meeting import meeting

ANSWERS = ("agree", "disagree", "pass")
SHORT, WHOLE = 200, 2_000


def _table(draw: random.Random) -> dict[str, dict[str, int]]:
    """Two to five groups of 0 to 12 people with leanings of their own, small ones more often."""
    table = {}
    for group in "ABCDE"[: draw.randint(2, 5)]:
        size = draw.choice((0, 1, 2, 3, 4, 4, 5, 6, 8, 12))
        leaning = [draw.choice((0, 1, 1, 5)) or 0.01 for _ in ANSWERS]
        found = Counter(draw.choices(ANSWERS, leaning, k=size))
        table[group] = {answer: found[answer] for answer in ANSWERS}
    return table


def _total(table: dict[str, dict[str, int]]) -> dict[str, int]:
    return {answer: sum(row[answer] for row in table.values()) for answer in ANSWERS}


def _attack(count: int, *, guarded: bool) -> list[tuple[str, ...]]:
    draw = random.Random(20_251_123)
    found = []
    tried = 0
    while tried < count:
        table = _table(draw)
        total = _total(table)
        if sum(n > 0 for n in total.values()) < 2:
            continue  # all say the same: that is warned of, nothing can hide it
        tried += 1
        hidden = hidden_groups(table, FEWEST) if guarded else frozenset()
        sizes = {group: sum(row.values()) for group, row in table.items()}
        shown = {group: row for group, row in table.items() if group not in hidden and sizes[group]}
        sizes = {group: size for group, size in sizes.items() if size}
        found += [
            part for part in derivable(sizes, shown, total, FEWEST)
            # What the total alone says of a group no choice of groups can take back.
            if part not in derivable(sizes, {}, total, FEWEST)
        ]  # fmt: skip
    return found


def test_no_small_group_is_derivable() -> None:
    assert _attack(SHORT, guarded=True) == []


@pytest.mark.soak
def test_no_small_group_is_derivable_in_two_thousand_tables() -> None:
    assert _attack(WHOLE, guarded=True) == []


def test_the_attack_finds_what_is_not_guarded() -> None:
    assert len(_attack(SHORT, guarded=False)) > SHORT


def test_a_single_small_group_is_not_found_by_subtraction() -> None:
    table = {
        "A": {"agree": 2, "disagree": 1},
        "B": {"agree": 4, "disagree": 3},
        "C": {"agree": 5, "disagree": 9},
    }
    assert hidden_groups(table, FEWEST) == {"A", "B"}
    assert apart(table, FEWEST) == {"all": {"agree": 11, "disagree": 13}}


def test_large_groups_that_differ_stay_apart() -> None:
    table = {"States": {"agree": 4, "disagree": 3}, "experts": {"agree": 1, "disagree": 6}}
    assert apart(table, FEWEST) == table


async def test_a_confidential_round_hides_few_experts(sqlite_url: str) -> None:
    """The rule stands where results are made, for every screen and export alike."""
    db = Database(sqlite_url)
    shown = []
    for experts in (3, 6):
        room = await meeting(db, states=6, experts=experts)
        round_id = await room.open(secrecy="confidential", apart=True)
        for n, voter in enumerate(room.voters):
            await room.cast(voter, round_id, room.rating(1 + n % 2))
        await room.close(round_id)
        found = await db.read(results, round_id)
        assert found is not None
        shown.append(found.options[0].counts)
    await db.close()
    assert shown == [
        {"all": {"1": 5, "2": 4}},
        {"States": {"1": 3, "2": 3}, "experts": {"1": 3, "2": 3}},
    ]


async def test_unanimity_is_warned_of_where_it_tells(sqlite_url: str) -> None:
    db = Database(sqlite_url)
    room = await meeting(db)
    warned = []
    for secrecy in ("named", "confidential", "secret"):
        round_id = await room.open(secrecy=secrecy)
        for n, voter in enumerate(room.voters):
            await room.cast(voter, round_id, room.rating(9, 1 + n))
        await room.close(round_id)
        found = await db.read(results, round_id)
        assert found is not None
        warned.append([one.option.text for one in found.unanimous])
    await db.close()
    assert warned == [[], ["Porous borders"], ["Porous borders"]]
