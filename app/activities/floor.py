"""The speakers' list: its terms, and who speaks next. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.activities.sentences import Sentence
from app.errors import N_


@dataclass(frozen=True)
class Terms:
    """How the floor is given: whether the list takes names, how long a turn is (None: as long as it
    takes), and whether every delegation speaks once before any speaks again."""

    open: bool = True
    seconds: int | None = None
    one_each: bool = False

    @classmethod
    def of(cls, stored: Mapping[str, Any] | None) -> "Terms":
        """The terms as the workshop holds them."""
        return cls(**(stored or {}))

    @property
    def sentences(self) -> list[Sentence]:
        """The terms as people read them."""
        said = [] if self.open else [Sentence(N_("The list is closed."), {})]
        if self.seconds:
            said.append(Sentence(N_("{n} minutes a turn."), {"n": minutes(self.seconds)}))
        if self.one_each:
            said.append(Sentence(N_("Every delegation speaks once before any speaks again."), {}))
        return said


@dataclass(frozen=True)
class Asked:
    """Someone who waits for the floor. `voice` is their delegation, or they themselves."""

    id: str
    voice: str
    position: int


def in_order(waiting: Iterable[Asked], turns: Mapping[str, int], terms: Terms) -> list[Asked]:
    """Those who wait, the next one first: as they asked or were put, and where every delegation
    speaks once before any speaks again, first turns before second ones. `turns` are those that a
    voice has had."""
    asked = sorted(waiting, key=lambda one: one.position)
    if not terms.one_each:
        return asked
    had: Counter[str] = Counter(turns)
    nth: dict[str, int] = {}
    for one in asked:
        nth[one.id] = had[one.voice]
        had[one.voice] += 1
    return sorted(asked, key=lambda one: (nth[one.id], one.position))


def minutes(seconds: int) -> str:
    """Seconds as people write minutes: 90 is 1.5."""
    return f"{seconds / 60:.1f}".removesuffix(".0")
