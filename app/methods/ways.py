"""Following a rule every way its ties can go, instead of drawing one."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
Pick = Callable[[Sequence[str]], str]
MOST_WAYS = 500


class Ways:
    """`all_of(run)` runs a rule once for every way; the rule asks `pick(tied)` wherever it meets a
    tie. The first way always takes the first by id. `capped` tells that there were more.
    """

    def __init__(self) -> None:
        self.capped = False

    def all_of(self, run: Callable[[Pick], T]) -> Iterator[T]:
        script: list[int] = []
        for _ in range(MOST_WAYS):
            sizes: list[int] = []

            def pick(tied: Sequence[str], sizes: list[int] = sizes, now: list[int] = script) -> str:
                if len(tied) == 1:
                    return tied[0]
                sizes.append(len(tied))
                place = now[len(sizes) - 1] if len(sizes) <= len(now) else 0
                return sorted(tied)[place]

            yield run(pick)
            played = [*script, *[0] * (len(sizes) - len(script))]
            while played and played[-1] + 1 == sizes[len(played) - 1]:
                played.pop()
            if not played:
                return
            script = [*played[:-1], played[-1] + 1]
        self.capped = True
