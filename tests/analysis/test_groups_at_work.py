"""Seating people evenly, and adding up what their groups ranked."""

from fractions import Fraction

from hypothesis import example, given
from hypothesis import strategies as st

from app.analysis.rank_totals import rank_totals
from app.analysis.seating import Seat, seated

PEOPLE = st.lists(
    st.tuples(st.sampled_from(["East", "West", "South"]), st.sampled_from(["expert", ""])),
    min_size=1, max_size=40,
)  # fmt: skip
GROUPS = ["blue", "green", "red", "white"]


def test_lowest_total_first_and_ties_share_their_places() -> None:
    """Worked by hand: ranks 1, 2.5, 2.5 and 3, 1, 2 give 4, 3.5, 4.5."""
    totals = rank_totals({"red": [["A"], ["B", "C"]], "blue": [["B"], ["C"], ["A"]]})
    assert [(one.option, one.total) for one in totals] == [
        ("B", Fraction(7, 2)), ("A", Fraction(4)), ("C", Fraction(9, 2)),
    ]  # fmt: skip


def test_what_a_group_did_not_rank_has_no_total() -> None:
    totals = rank_totals({"red": [["A"], ["B"]], "blue": [["A"]]})
    assert [(one.option, one.total) for one in totals] == [("A", Fraction(2)), ("B", None)]
    assert totals[1].ranks == {"red": Fraction(2), "blue": None}


@given(PEOPLE, st.integers(1, 4))
@example([("East", ""), ("East", ""), *[("West", "")] * 5], 3)
def test_groups_differ_by_one_at_most_and_so_do_their_kinds(
    people: list[tuple[str, str]], n: int
) -> None:
    seats = [Seat(f"p{i}", (region,), kind) for i, (region, kind) in enumerate(people)]
    found = seated(seats, GROUPS[:n])
    assert set(found) == {seat.id for seat in seats}
    sizes = [list(found.values()).count(group) for group in GROUPS[:n]]
    assert max(sizes) - min(sizes) <= 1
    for kind in {(seat.regions, seat.capacity) for seat in seats}:
        there = [found[seat.id] for seat in seats if (seat.regions, seat.capacity) == kind]
        counts = [there.count(group) for group in GROUPS[:n]]
        assert max(counts) - min(counts) <= 2


def test_who_sits_stays() -> None:
    seats = [Seat("a", (), "", "red"), Seat("b", (), "", "red"), Seat("c", (), "")]
    assert seated(seats, ["blue", "red"]) == {"a": "red", "b": "red", "c": "blue"}
