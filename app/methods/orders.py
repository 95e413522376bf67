"""One order out of several equally good ones: what they agree on."""

from collections.abc import Callable, Iterable


def layered(options: Iterable[str], above: Callable[[str, str], bool]) -> list[list[str]]:
    """Tiers of a strict partial order: those that nothing is above, then those that nothing left is
    above, and so on. Options that only a circle is above would never come; they form the last tier.
    """
    left, tiers = set(options), []
    over = {a: {b for b in left if b != a and above(b, a)} for a in left}
    while left:
        tier = sorted(a for a in left if over[a].isdisjoint(left))
        tiers.append(tier or sorted(left))
        left.difference_update(tiers[-1])
    return tiers


def agreed(rankings: list[list[list[str]]]) -> list[list[str]]:
    """The tiers on which all rankings agree: a stands above b only if it does in every one."""
    places = [{o: n for n, tier in enumerate(tiers) for o in tier} for tiers in rankings]
    return layered(places[0], lambda a, b: all(place[a] < place[b] for place in places))
