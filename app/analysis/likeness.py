"""Near-duplicates among texts: copies and contained wordings, not paraphrases."""

import unicodedata
from dataclasses import dataclass

ALIKE = 90  # copies and contained wordings reach this, paraphrases do not


@dataclass(frozen=True)
class Likeness:
    """How alike two texts are, 90 to 100, and the words they share."""

    percent: int
    words: frozenset[str]


def likeness(one: str, other: str) -> Likeness | None:
    """By the set of words, whatever their order (token_set_ratio); None below `ALIKE`. It only
    points things out: nothing is ever merged by it.
    """
    from rapidfuzz import fuzz

    mine, theirs = words_of(one), words_of(other)
    percent = int(fuzz.token_set_ratio(" ".join(mine), " ".join(theirs)))
    return Likeness(percent, frozenset(mine) & frozenset(theirs)) if percent >= ALIKE else None


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared: without case and punctuation."""
    kept = (c if unicodedata.category(c)[0] in "LMN" else " " for c in text.casefold())
    return "".join(kept).split()
