"""The best orders of up to twenty items, over bit sets: bit n of a set stands for item n."""

from collections.abc import Sequence

MOST = 100
LIVE = 12  # items up to which plain lists are quicker than the import of numpy


class Search:
    """`gains[a][b]`: what placing a above b adds. A set holds the items at the top of an order; the
    best score of a set is that of its best last item. O(2ⁿ n) time, 8·2ⁿ·n bytes.
    """

    def __init__(self, gains: list[list[int]]) -> None:
        self.n = len(gains)
        small = self.n <= LIVE or sum(map(sum, gains)) >= 2**62
        # last[b][set]: the gain of adding item b below the set
        self.last, self.scores = in_lists(gains) if small else in_arrays(gains)
        self.best = int(self.scores[-1])
        self.reached = self.walk()

    def lasts(self, inside: int) -> list[int]:
        """The items that may stand last in a best order of a set."""
        return [
            item
            for item in range(self.n)
            if inside >> item & 1
            and self.scores[inside]
            == self.scores[rest := inside ^ (1 << item)] + self.last[item][rest]
        ]

    def walk(self) -> set[int]:
        """The sets that stand at the top of some best order."""
        full = (1 << self.n) - 1
        reached, waiting = {full}, [full]
        while waiting:
            inside = waiting.pop()
            for item in self.lasts(inside):
                rest = inside ^ (1 << item)
                if rest not in reached:
                    reached.add(rest)
                    waiting.append(rest)
        return reached

    def always(self, a: int, b: int) -> bool:
        """True if a stands above b in every best order: no top set holds b without a."""
        return not any(inside >> b & 1 and not inside >> a & 1 for inside in self.reached)

    def firsts(self) -> list[int]:
        """The items that stand first in some best order."""
        return [item for item in range(self.n) if 1 << item in self.reached]

    def orders(self) -> list[list[int]]:
        """The best orders, at most 100 of them."""
        found: list[list[int]] = []
        waiting: list[tuple[int, list[int]]] = [((1 << self.n) - 1, [])]
        while waiting and len(found) < MOST:
            inside, below = waiting.pop()
            if not inside:
                found.append(below)
                continue
            waiting += [(inside ^ (1 << item), [item, *below]) for item in self.lasts(inside)]
        return sorted(found)


def in_lists(gains: list[list[int]]) -> tuple[list[Sequence[int]], Sequence[int]]:
    """What each item adds below each set, and the best score of every set."""
    number = len(gains)
    last: list[Sequence[int]] = []
    for b in range(number):
        below = [0]
        for a in range(number):
            below += [gain + gains[a][b] for gain in below]
        last.append(below)
    scores = [0]
    for inside in range(1, 1 << number):
        items = (item for item in range(number) if inside >> item & 1)
        scores.append(max(scores[inside ^ 1 << i] + last[i][inside ^ 1 << i] for i in items))
    return last, scores


def in_arrays(gains: list[list[int]]) -> tuple[list[Sequence[int]], Sequence[int]]:
    """The same by whole arrays, from the small sets up."""
    import numpy as np

    number, size = len(gains), 1 << len(gains)
    last = [np.zeros(size, dtype=np.int64) for _ in gains]
    for b, below in enumerate(last):
        for a in range(number):
            below[1 << a : 2 << a] = below[: 1 << a] + gains[a][b]
    scores = np.full(size, -1, dtype=np.int64)
    scores[0] = 0
    sets = np.arange(size)
    sizes = sum(((sets >> bit) & 1 for bit in range(number)), start=np.zeros(size, dtype=int))
    for many in range(1, number + 1):
        layer = sets[sizes == many]
        for item, below in enumerate(last):
            ending = layer[(layer >> item) & 1 == 1]
            rest = ending ^ (1 << item)
            scores[ending] = np.maximum(scores[ending], scores[rest] + below[rest])
    return last, scores  # type: ignore[return-value]  # arrays are read as sequences
