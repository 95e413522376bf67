"""The attack on published tables: what follows about each small group, by counting the possible.

It knows nothing of how groups are chosen to be shown: it is given the sizes of all groups, the rows
that were published, and the total, and tells for which groups of people the whole row is certain.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations


def derivable(
    sizes: Mapping[str, int],
    shown: Mapping[str, Mapping[str, int]],
    total: Mapping[str, int],
    fewest: int,
) -> list[tuple[str, ...]]:
    """The groups, and groups of groups, of fewer people than `fewest` whose row is certain."""
    rest = Counter(dict(total))
    for row in shown.values():
        rest.subtract(row)
    unknown = [group for group in sizes if group not in shown]
    return [
        part
        for n in range(1, len(sizes) + 1)
        for part in combinations(sorted(sizes), n)
        if 0 < sum(sizes[group] for group in part) < fewest
        and _certain([group for group in part if group in unknown], sizes, rest)
    ]


def _certain(unknown: Sequence[str], sizes: Mapping[str, int], rest: Mapping[str, int]) -> bool:
    """Whether exactly one row is possible for these groups together, the others taking the rest."""
    size = sum(sizes[group] for group in unknown)
    rows = _rows(list(rest.values()), size)
    next(rows, None)
    return next(rows, None) is None


def _rows(limits: list[int], size: int) -> Iterator[list[int]]:
    """All rows of so many people within the limits of each answer."""
    if not limits:
        if size == 0:
            yield []
        return
    for count in range(min(limits[0], size) + 1):
        for others in _rows(limits[1:], size - count):
            yield [count, *others]
