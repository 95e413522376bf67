"""From scores to tiers, and from tiers to who is in; a tie at the cut is reported, never drawn."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from app.ballots.numbers import text
from app.methods.outcome import Decided


def tiers_by(options: Iterable[str], key: Callable[[str], Any]) -> list[list[str]]:
    """Options in falling order of their key; equal keys share a tier, inside it by id."""
    by_key: dict[Any, list[str]] = {}
    for option in options:
        by_key.setdefault(key(option), []).append(option)
    return [sorted(by_key[value]) for value in sorted(by_key, reverse=True)]


def tiers(scores: Mapping[str, Any]) -> list[list[str]]:
    """Options in falling order of their score."""
    return tiers_by(scores, lambda option: scores[option])


def cut(
    ranking: Sequence[list[str]], seats: int | None
) -> tuple[list[str], list[list[str]], Decided]:
    """Winners, the ties in the way, and whether it is decided.

    Without seats, or with one, the whole top tier wins or is tied. With more, only those safely
    inside win and the tier that the cut would go through is the tie.
    """
    places = seats or 1
    inside: list[str] = []
    for tier in ranking:
        left = places - len(inside)
        if left == 0:
            break
        if len(tier) > left:
            return (inside if places > 1 else list(tier)), [list(tier)], "tie"
        inside += tier
    return inside, [], "yes" if inside else "no"


def listed(options: Iterable[str]) -> str:
    """Names after one another, or “none”."""
    return ", ".join(options) or "none"


def scored(ranking: Sequence[Sequence[str]], scores: Mapping[str, Any]) -> str:
    """Names with their exact scores in the order of a ranking: “A 194, B 173”."""
    return ", ".join(f"{option} {text(scores[option])}" for tier in ranking for option in tier)


def in_words(ranking: Sequence[Sequence[str]]) -> str:
    """A ranking as one line: “A > B = C > D”."""
    return " > ".join(" = ".join(tier) for tier in ranking)
