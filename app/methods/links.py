"""Which options a way leads to from which, as links are added one by one. Sets are bits: bit b of a
number stands for option b, so that joining two sets is one step however many they hold.
"""

from collections.abc import Iterable, Iterator, Sequence

Reached = tuple[int, ...]  # bit b of reached[a]: a way leads from a to b


def bits(number: int) -> Iterator[int]:
    """The places of the bits that are set, rising."""
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest


def linked(reached: Sequence[int], a: int, b: int) -> bool:
    return bool(reached[a] >> b & 1)


def joined(reached: Reached, links: Iterable[tuple[int, int]]) -> Reached:
    """The ways after more links, and all that follows by going on from one to the next."""
    now = list(reached)
    for a, b in links:
        for _ in opened(now, a, b):
            pass
    return tuple(now)


def opened(reached: list[int], a: int, b: int) -> Iterator[tuple[int, int]]:
    """Add the link from a to b to the ways, and yield each two that only now are connected: from a
    and all that lead to it, to b and all it leads to.
    """
    if linked(reached, a, b):
        return
    beyond = reached[b] | 1 << b
    for start, before in enumerate(reached):
        if start == a or linked(reached, start, a):
            reached[start] = before | beyond
            for end in bits(beyond & ~before):
                yield start, end
