"""Cells shared out in balanced blocks, first to whom they are nearest."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from app.activities.blocks import Rater, blocks, coverage, dealt, late_block, nearness

COUNT = st.integers(min_value=1, max_value=12)


def raters(n: int, **more: frozenset[str]) -> list[Rater]:
    return [Rater(f"r{i}", "States" if i % 3 else "experts", **more) for i in range(n)]


@settings(max_examples=50)
@given(people=COUNT, cells=COUNT, each=COUNT, most=st.none() | COUNT, seed=st.text(max_size=3),
       draw=st.randoms(use_true_random=False))  # fmt: skip
def test_cells_and_people_are_balanced_whoever_is_near(
    people: int, cells: int, each: int, most: int | None, seed: str, draw: object
) -> None:
    names = [f"c{i}" for i in range(cells)]
    voices = raters(people)
    near = {c: {r.id: draw.randint(0, 2) for r in voices} for c in names}  # type: ignore[attr-defined]
    given_out = blocks(names, voices, each, most, near, seed)
    counts = Counter(cell for block in given_out.values() for cell in block)
    sizes = [len(block) for block in given_out.values()]
    assert sum(sizes) == min(cells * min(each, people), (most or cells) * people)
    assert max(sizes) - min(sizes) <= 1
    assert max(counts[c] for c in names) - min(counts[c] for c in names) <= 1
    assert all(len(set(block)) == len(block) for block in given_out.values())
    assert given_out == blocks(names, voices[::-1], each, most, near, seed)


def test_a_cell_goes_first_to_whom_it_names() -> None:
    voices = [Rater("a", declared=frozenset({"Police"})), Rater("b"), Rater("c")]
    near = nearness({"x": "national police", "y": "policeman", "z": "ports"}, voices)
    assert near == {"x": {"a": 1}, "y": {}, "z": {}}
    given_out = blocks(["x", "y", "z"], voices, 1, None, near)
    assert given_out["a"] == ["x"]
    assert coverage(given_out, ["x", "y", "z"], near).far == 2


def test_kinds_are_spread_over_any_few() -> None:
    order = dealt(raters(9), "seed")
    kinds = {rater.id: rater.kind for rater in raters(9)}
    for at in range(0, 9, 3):
        assert sorted(kinds[one] for one in order[at : at + 3]) == ["States", "States", "experts"]


def test_what_sharing_comes_to() -> None:
    cells = [f"c{i}" for i in range(10)]
    found = coverage(blocks(cells, raters(5), 2), cells, {})
    assert (found.a_cell, found.a_rater, found.asked, found.percent) == ((2, 2), (4, 4), 20, 40)


def test_nothing_is_shared_out_where_nothing_or_nobody_is() -> None:
    assert blocks([], raters(2), 3) == {"r0": [], "r1": []}
    assert blocks(["c"], [], 3) == {}
    assert coverage({}, [], {}).percent == 0


def test_who_comes_late_gets_what_the_fewest_rate() -> None:
    assert late_block([["a", "b"], ["a", "c"]], ["a", "b", "c", "d"]) == ["b", "d"]
    assert late_block([], ["a"]) == []
