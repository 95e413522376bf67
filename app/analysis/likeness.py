"""Near-duplicates among texts: copies and contained wordings, not paraphrases."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

ALIKE = 90  # copies and contained wordings reach this, paraphrases do not


@dataclass(frozen=True)
class Likeness:
    """How alike two texts are, 90 to 100, and the words they share."""

    percent: int
    words: frozenset[str]


def likeness(one: str, other: str) -> Likeness | None:
    """How alike two texts are; None below `ALIKE`. It only points things out: nothing is ever
    merged by it."""
    return next((near for _, _, near in likenesses([one], [other])), None)


def likenesses(texts: Sequence[str], others: Sequence[str]) -> Iterator[tuple[int, int, Likeness]]:
    """Every pair that is alike, by place, by the set of words, whatever their order
    (token_set_ratio). All are compared at once, beside the event loop: a hall's proposals are a
    million pairs."""
    import numpy as np
    from rapidfuzz import fuzz, process

    mine, theirs = [words_of(one) for one in texts], [words_of(one) for one in others]
    percent = process.cdist(
        [" ".join(words) for words in mine], [" ".join(words) for words in theirs],
        scorer=fuzz.token_set_ratio, score_cutoff=ALIKE, dtype=np.float32,
    )  # fmt: skip
    for m, t in np.argwhere(percent).tolist():
        yield m, t, Likeness(int(percent[m, t]), frozenset(mine[m]) & frozenset(theirs[t]))


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared: without case and punctuation."""
    kept = (c if unicodedata.category(c)[0] in "LMN" else " " for c in text.casefold())
    return "".join(kept).split()
