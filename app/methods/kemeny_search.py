"""The best orders of up to twenty items, over bit sets: bit n of a set stands for item n."""

from typing import Any

MOST = 100


class Search:
    """`gains[a][b]`: what placing a above b adds. A set holds the items at the top of an order; the
    best score of a set is that of its best last item. O(2ⁿ n) time, 8·2ⁿ·n bytes.
    """

    def __init__(self, gains: list[list[int]]) -> None:
        import numpy as np

        self.n = len(gains)
        size = 1 << self.n
        self.last = [
            np.zeros(size, dtype=np.int64) for _ in gains
        ]  # gain of adding item b below a set
        for b, last in enumerate(self.last):
            for a in range(self.n):
                last[1 << a : 2 << a] = last[: 1 << a] + gains[a][b]
        self.scores = self.fill(np, size)
        self.best = int(self.scores[size - 1])
        self.reached = self.walk()

    def fill(self, np: Any, size: int) -> Any:
        """The best score of every set, from the small sets up."""
        scores = np.full(size, -1, dtype=np.int64)
        scores[0] = 0
        sets = np.arange(size)
        sizes = sum(((sets >> bit) & 1 for bit in range(self.n)), start=np.zeros(size, dtype=int))
        for number in range(1, self.n + 1):
            layer = sets[sizes == number]
            for item, last in enumerate(self.last):
                ending = layer[(layer >> item) & 1 == 1]
                rest = ending ^ (1 << item)
                scores[ending] = np.maximum(scores[ending], scores[rest] + last[rest])
        return scores

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
