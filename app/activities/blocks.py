"""Who rates which cells: balanced blocks, first to whom a cell is nearest. Pure.

Every cell is rated by as many as every other, or by one fewer; nobody has more than one cell more
than anybody else. Within that, a cell goes to those whose declared regions and institution it
names, and kinds (States, experts) are spread over the cells.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Rater:
    """A voice with what its members declared of themselves."""

    id: str
    kind: str = ""
    declared: frozenset[str] = frozenset()


Near = Mapping[str, Mapping[str, int]]  # cell → rater → how much of what they declared it names


def nearness(words: Mapping[str, str], raters: Sequence[Rater]) -> dict[str, dict[str, int]]:
    """Cell → rater → how many of the things that the rater declared stand in the cell's words.

    Compared without regard to case, as whole words: who declared "police" is near to "national
    police", not to "policeman".
    """
    told = {one for rater in raters for one in rater.declared if one.strip()}
    patterns = {one: re.compile(rf"(?<!\w){re.escape(one)}(?!\w)", re.IGNORECASE) for one in told}
    found: dict[str, dict[str, int]] = {}
    for cell, text in words.items():
        named = {one for one, pattern in patterns.items() if pattern.search(text)}
        near = {rater.id: len(named & rater.declared) for rater in raters}
        found[cell] = {rater: n for rater, n in near.items() if n}
    return found


def blocks(
    cells: Sequence[str],
    raters: Sequence[Rater],
    each: int,
    most: int | None = None,
    near: Near | None = None,
    seed: str = "",
) -> dict[str, list[str]]:
    """Rater → the cells put to them, in the order of `cells`; every rater is named.

    Each cell goes to `each` raters, fewer where there are fewer, or where `most` cells a rater do
    not give as many. First each cell takes those nearest to it, those of equal nearness in turn;
    then the fullest hands over to the emptiest, always the cell by which the least nearness is
    lost, until all have the same number or one more. That always ends: whoever has two cells more
    has one which the other has not.
    """
    near, order = near or {}, dealt(raters, seed)
    if not order or not cells:
        return {rater.id: [] for rater in raters}
    taken: dict[str, set[str]] = {one: set() for one in order}
    turn = 0
    for cell, n in _quotas(cells, len(order), each, most, seed).items():
        close = near.get(cell, {})
        queue = [*order[turn:], *order[:turn]]
        for one in sorted(queue, key=lambda rater: -close.get(rater, 0))[:n]:
            taken[one].add(cell)
        turn = (turn + n) % len(order)
    _level(taken, order, near, cells)
    return {rater.id: [cell for cell in cells if cell in taken[rater.id]] for rater in raters}


def _quotas(
    cells: Sequence[str], raters: int, each: int, most: int | None, seed: str
) -> dict[str, int]:
    """How many rate each cell: all the same, or one fewer for some, drawn from the seed."""
    total = len(cells) * min(each, raters)
    if most is not None:
        total = min(total, most * raters)
    order = list(cells)
    Random(f"cells {seed}").shuffle(order)  # noqa: S311 - nothing secret is drawn
    n, more = divmod(total, len(order))
    return {cell: n + (place < more) for place, cell in enumerate(order)}


def dealt(raters: Sequence[Rater], seed: str) -> list[str]:
    """The raters in an order drawn from the seed, in which their kinds are spread evenly: among any
    few that follow each other, each kind has about its share."""
    drawn = sorted(raters, key=lambda rater: rater.id)
    Random(f"raters {seed}").shuffle(drawn)  # noqa: S311 - nothing secret is drawn
    by_kind: dict[str, list[str]] = defaultdict(list)
    for rater in drawn:
        by_kind[rater.kind].append(rater.id)
    places = [
        ((place + 0.5) / len(same), kind, rater)
        for kind, same in by_kind.items()
        for place, rater in enumerate(same)
    ]
    return [rater for _, _, rater in sorted(places)]


def _level(
    taken: dict[str, set[str]], order: Sequence[str], near: Near, cells: Sequence[str]
) -> None:
    place = {cell: n for n, cell in enumerate(cells)}
    while True:
        full = max(order, key=lambda one: len(taken[one]))
        empty = min(order, key=lambda one: len(taken[one]))
        if len(taken[full]) - len(taken[empty]) < 2:
            return

        def lost(cell: str, giver: str = full, taker: str = empty) -> tuple[int, int]:
            close = near.get(cell, {})
            return close.get(giver, 0) - close.get(taker, 0), place[cell]

        handed = min(taken[full] - taken[empty], key=lost)
        taken[full].remove(handed)
        taken[empty].add(handed)


def late_block(given: Iterable[Sequence[str]], cells: Sequence[str]) -> list[str]:
    """The cells put to somebody who comes late: as many as the others have, of those that the
    fewest rate."""
    blocks_given = list(given)
    counts = Counter(cell for block in blocks_given for cell in block)
    size = max((len(block) for block in blocks_given), default=0)
    fewest = set(sorted(cells, key=lambda cell: counts[cell])[:size])
    return [cell for cell in cells if cell in fewest]


@dataclass(frozen=True)
class Coverage:
    """What a way of sharing out comes to: ratings a cell and cells a person, each from the fewest
    to the most; `far` are cells that name nothing which anybody declared."""

    cells: int
    raters: int
    asked: int
    a_cell: tuple[int, int]
    a_rater: tuple[int, int]
    far: int = 0

    @property
    def percent(self) -> int:
        """The answers asked for, of all that rating everything would take."""
        return round(100 * self.asked / (self.cells * self.raters or 1))


def coverage(given: Mapping[str, Sequence[str]], cells: Sequence[str], near: Near) -> Coverage:
    """What these blocks come to."""
    counts = Counter(cell for block in given.values() for cell in block)
    a_cell = [counts[cell] for cell in cells] or [0]
    a_rater = [len(block) for block in given.values()] or [0]
    return Coverage(
        len(cells), len(given), counts.total(), (min(a_cell), max(a_cell)),
        (min(a_rater), max(a_rater)), sum(not near.get(cell) for cell in cells),
    )  # fmt: skip
