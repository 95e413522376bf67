"""A round robin: who is still in it, the one whose turn it is first. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Turns:
    """Those still in it by id, and the number of the turn: two who press at once press for one."""

    waiting: tuple[str, ...] = ()
    n: int = 0

    @classmethod
    def of(cls, stored: Mapping[str, Any] | None) -> "Turns":
        """The round robin as an activity holds it."""
        return cls(tuple(stored["waiting"]), stored["n"]) if stored else cls()

    @property
    def begun(self) -> bool:
        return self.n > 0

    @property
    def stored(self) -> dict[str, Any]:
        return {"waiting": list(self.waiting), "n": self.n}

    def among(self, here: Collection[str]) -> "Turns":
        """Without those who are not here any more."""
        return Turns(tuple(one for one in self.waiting if one in here), self.n)

    def on(self) -> "Turns":
        """The next one's turn; whoever had it waits at the end."""
        return Turns((*self.waiting[1:], *self.waiting[:1]), self.n + 1)

    def without(self, person: str) -> "Turns":
        """Somebody has passed for good; where it was their turn, it is the next one's."""
        left = tuple(one for one in self.waiting if one != person)
        return Turns(left, self.n + (self.waiting[:1] == (person,)))
