"""The rest of a day, planned anew: moved by some minutes, or shortened to end as planned. Pure.

Times are those of the venue, as minutes after midnight or written "09:30".
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from math import floor

from app.errors import N_, Refused

MIDNIGHT = 24 * 60
SHORTEST = 5  # minutes; nobody says anything in less
TOO_LONG = N_("The day would not be over before midnight.")
TOO_EARLY = N_("“{title}” would be over before it began. Move the day by less.")
NO_ROOM = N_("Too little time would be left for “{title}”. Move the day instead, or by less.")


@dataclass(frozen=True)
class Slot:
    """An agenda item's planned time. `late` is None until it has begun, then by how many minutes it
    began late."""

    id: str
    title: str
    start: int
    end: int
    is_break: bool = False
    late: int | None = None

    @property
    def begun(self) -> bool:
        return self.late is not None


def minutes_of(clock_time: str) -> int:
    """ "09:30" as minutes after midnight."""
    hours, _, minutes = clock_time.partition(":")
    return int(hours) * 60 + int(minutes)


def clock_of(minutes: int) -> str:
    """Minutes after midnight as "09:30"."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def replanned(
    slots: Sequence[Slot], by: int, *, shorten: bool, keep_breaks: bool = True
) -> list[Slot]:
    """The slots that remain of a day, `by` minutes later (or earlier).

    With `shorten` the last one ends when it was planned to, and what lies between gives the minutes
    in proportion; `keep_breaks` leaves breaks as long as they were. What has begun already ends so
    much later, and is planned from when it did begin. Raises Refused `too_late`, `too_early` or
    `no_room`.
    """
    if not slots:
        return []
    begun = [slot for slot in slots if slot.begun]
    ahead = [slot for slot in slots if not slot.begun]
    pivot = min(slot.end for slot in begun) if begun else ahead[0].start
    when = _Pressed(ahead, pivot, by, keep_breaks) if shorten and ahead else _Moved(pivot, by)
    found = [
        *(replace(one, start=one.start + _seen_late(one, by), end=one.end + by) for one in begun),
        *(replace(one, start=when(one.start), end=when(one.end)) for one in ahead),
    ]
    for old, new in zip([*begun, *ahead], found, strict=True):
        _check(old, new, shorten)
    return found


def _seen_late(slot: Slot, by: int) -> int:
    return max(0, min(by, slot.late or 0))


def _check(old: Slot, new: Slot, shorten: bool) -> None:
    if new.end >= MIDNIGHT:
        raise Refused("too_late", TOO_LONG)
    if new.start < 0 or (new.end <= new.start and old.end > old.start):
        code, words = ("no_room", NO_ROOM) if shorten else ("too_early", TOO_EARLY)
        raise Refused(code, words, title=old.title)
    if shorten and new.end - new.start < min(SHORTEST, old.end - old.start):
        raise Refused("no_room", NO_ROOM, title=old.title)


@dataclass(frozen=True)
class _Moved:
    """Every time from the pivot on, so much later."""

    pivot: int
    by: int

    def __call__(self, at: int) -> int:
        return at + self.by if at >= self.pivot else at


class _Pressed:
    """Times from the pivot to the end of the day, pressed into what is left of it. What lies side
    by side stays side by side, since time itself is pressed, not the items."""

    def __init__(self, ahead: Sequence[Slot], pivot: int, by: int, keep_breaks: bool) -> None:
        self.pivot, self.by = pivot, by
        end = max(slot.end for slot in ahead)
        edges = {pivot, end, *(s.start for s in ahead), *(s.end for s in ahead)}
        inside = sorted(edge for edge in edges if pivot <= edge <= end)
        self.spans = list(pairwise(inside))
        breaks = [slot for slot in ahead if slot.is_break and keep_breaks]
        self.fixed = {
            span
            for span in self.spans
            if any(b.start <= span[0] and span[1] <= b.end for b in breaks)
        }
        kept = sum(last - first for first, last in self.fixed)
        elastic = end - pivot - kept
        self.rate = Fraction(max(0, elastic - by), elastic) if elastic else Fraction(0)

    def __call__(self, at: int) -> int:
        if at < self.pivot:
            return at
        found = Fraction(self.pivot + self.by)
        for first, last in self.spans:
            part = max(0, min(at, last) - first)
            found += part if (first, last) in self.fixed else part * self.rate
        return floor(found + Fraction(1, 2))


@dataclass(frozen=True)
class Need:
    """What an item still takes, in minutes; a break and the closing `stay`, whatever is cut."""

    id: str
    minutes: int
    stays: bool = False


def what_to_cut(needs: Sequence[Need], left: int) -> list[str]:
    """The ids of what no longer fits into the minutes left: what stays has its time first, then the
    others in their order."""
    left -= sum(need.minutes for need in needs if need.stays)
    cut = []
    for need in needs:
        if need.stays:
            continue
        if need.minutes > left:
            cut.append(need.id)
        else:
            left -= need.minutes
    return cut
