"""The rest of a day planned anew: moved, shortened with breaks kept or not, and what to cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.activities.day import Need, Slot, clock_of, minutes_of, replanned, what_to_cut
from app.errors import Refused

DAY = [
    Slot("now", "Opening", 540, 600, late=20),
    Slot("panel", "Panel", 600, 660),
    Slot("tea", "Tea", 660, 690, is_break=True),
    Slot("vote", "Vote", 690, 780),
]


def times(slots: list[Slot]) -> dict[str, str]:
    return {slot.id: f"{clock_of(slot.start)} {clock_of(slot.end)}" for slot in slots}


def test_everything_moves_and_what_runs_is_planned_from_when_it_began() -> None:
    assert times(replanned(DAY, 20, shorten=False)) == {
        "now": "09:20 10:20",
        "panel": "10:20 11:20",
        "tea": "11:20 11:50",
        "vote": "11:50 13:20",
    }


def test_what_remains_is_shortened_and_breaks_stay() -> None:
    assert times(replanned(DAY, 30, shorten=True)) == {
        "now": "09:20 10:30",
        "panel": "10:30 11:18",
        "tea": "11:18 11:48",
        "vote": "11:48 13:00",
    }


def test_breaks_give_their_part_where_that_was_chosen() -> None:
    assert times(replanned(DAY, 30, shorten=True, keep_breaks=False)) == {
        "now": "09:20 10:30",
        "panel": "10:30 11:20",
        "tea": "11:20 11:45",
        "vote": "11:45 13:00",
    }


def test_what_lies_side_by_side_stays_so() -> None:
    groups = [Slot(one, one, 600, 660) for one in ("a", "b")]
    found = replanned([*groups, Slot("c", "c", 660, 720)], 30, shorten=True)
    assert times(found) == {"a": "10:30 11:15", "b": "10:30 11:15", "c": "11:15 12:00"}


@pytest.mark.parametrize(
    ("by", "shorten", "code"),
    [(700, False, "too_late"), (-70, False, "too_early"), (145, True, "no_room")],
)
def test_no_day_is_made_that_cannot_be(by: int, shorten: bool, code: str) -> None:
    with pytest.raises(Refused) as refused:
        replanned(DAY, by, shorten=shorten)
    assert refused.value.code == code


@given(st.lists(st.integers(5, 90), min_size=1, max_size=8), st.integers(-60, 60))
def test_a_day_moved_there_and_back_is_as_it_was(lengths: list[int], by: int) -> None:
    ends = [600 + sum(lengths[: n + 1]) for n in range(len(lengths))]
    slots = [
        Slot(str(n), str(n), end - length, end)
        for n, (end, length) in enumerate(zip(ends, lengths, strict=True))
    ]
    assert replanned(replanned(slots, by, shorten=False), -by, shorten=False) == slots


@given(st.lists(st.integers(20, 90), min_size=1, max_size=8), st.integers(0, 15))
def test_a_shortened_day_has_no_gap_and_its_own_end(lengths: list[int], by: int) -> None:
    ends = [600 + sum(lengths[: n + 1]) for n in range(len(lengths))]
    slots = [
        Slot(str(n), str(n), end - length, end, is_break=n % 3 == 2)
        for n, (end, length) in enumerate(zip(ends, lengths, strict=True))
    ]
    found = replanned(slots, by, shorten=True)
    assert found[0].start == 600 + by
    assert found[-1].end == ends[-1]
    assert [one.end for one in found[:-1]] == [one.start for one in found[1:]]
    assert [
        one.end - one.start == old.end - old.start
        for one, old in zip(found, slots, strict=True)
        if one.is_break
    ] == [True] * sum(one.is_break for one in slots)


def test_what_stays_has_its_time_before_anything_is_cut() -> None:
    needs = [Need("a", 30), Need("tea", 15, stays=True), Need("b", 60), Need("c", 20)]
    assert what_to_cut(needs, 125) == []
    assert what_to_cut(needs, 70) == ["b"]
    assert what_to_cut(needs, 20) == ["a", "b", "c"]


def test_times_are_written_as_they_were_read() -> None:
    assert [clock_of(minutes_of(one)) for one in ("09:05", "23:59")] == ["09:05", "23:59"]
