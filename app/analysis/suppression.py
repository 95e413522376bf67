"""Which groups' figures may stand beside a total, so that no small group can be worked out.

Primary: a group under the threshold, or one in which all say the same (then everybody's answer is
known). Complementary: where the groups left out could be found by subtracting those shown from the
total, further ones are left out, smallest first, until they can't (L. Willenborg and T. de Waal,
*Elements of Statistical Disclosure Control*, 2001, chapters 1 and 6).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import combinations

Table = Mapping[str, Mapping[str, int]]  # group → answer → how many; every member counts once


def hidden_groups(table: Table, fewest: int) -> frozenset[str]:
    """The groups not to show; the others may stand beside the total, and so may all sizes.

    Where all groups together say the same, nothing can hide it: that needs a warning instead.
    """
    sizes = {group: sum(row.values()) for group, row in table.items()}
    hidden = {group for group in table if 0 < sizes[group] < fewest or _unanimous(table[group])}
    hidden -= {group for group in table if not sizes[group]}
    left = sorted((group for group in table if group not in hidden), key=lambda g: (sizes[g], g))
    while hidden and left and _exposed(table, sizes, hidden, fewest):
        hidden.add(left.pop(0))
    return frozenset(hidden)


def uncounted_groups(table: Table, fewest: int) -> frozenset[str]:
    """The groups of which not to say how many took part, in a table of "heard" and "quiet".

    As above, but that nobody of a group of some size took part may be said: where there is no
    contribution none is joined to anybody. Such groups are left out last, where the others could be
    found by subtracting them; and where nobody at all took part, nothing is left to find.
    """
    sizes = {group: sum(row.values()) for group, row in table.items()}
    silent = {group for group in table if sizes[group] >= fewest and not table[group]["heard"]}
    telling = {g for g in table if 0 < sizes[g] < fewest or _unanimous(table[g])}
    hidden = telling - silent
    left = sorted(table.keys() - hidden, key=lambda g: (g in silent, sizes[g], g))
    heard = any(row["heard"] for row in table.values())
    while heard and hidden and left and _exposed(table, sizes, hidden, fewest):
        hidden.add(left.pop(0))
    return frozenset(hidden)


def apart(table: Table, fewest: int) -> dict[str, dict[str, int]]:
    """The table with all its groups, or with everybody as "all" where one would have to hide."""
    if not hidden_groups(table, fewest):
        return {group: dict(row) for group, row in table.items()}
    return {"all": dict(sum((Counter(dict(row)) for row in table.values()), Counter()))}


def _unanimous(row: Mapping[str, int]) -> bool:
    return sum(count > 0 for count in row.values()) == 1


def _exposed(table: Table, sizes: Mapping[str, int], hidden: set[str], fewest: int) -> bool:
    """Whether what is hidden follows from the total: the sum of the hidden groups always does."""
    union = Counter[str]()
    for group in hidden:
        union.update(table[group])
    everybody = sum(union.values())
    if everybody < fewest or len(hidden) == 1 or _unanimous(union):
        return True
    return any(
        _fixed(union, everybody, size)
        for size in {sum(sizes[group] for group in part) for part in _parts(hidden)}
        if 0 < size < fewest
    )


def _parts(hidden: Iterable[str]) -> Iterable[tuple[str, ...]]:
    names = sorted(hidden)
    return (part for n in range(1, len(names)) for part in combinations(names, n))


def _fixed(union: Mapping[str, int], everybody: int, size: int) -> bool:
    """Whether so many of the hidden can have answered in one way only: the bounds meet."""
    low = sum(max(0, count - (everybody - size)) for count in union.values())
    high = sum(min(size, count) for count in union.values())
    return size in (low, high)
