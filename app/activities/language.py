"""Agreed language: a text's words, the brackets that stand in it, the passages that a flag may
name, and an amendment carried over to a text that has changed since. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import groupby, pairwise
from operator import itemgetter

from app.errors import N_

BRACKETS_OPEN = N_(
    "Open brackets stand in this wording. Settle what stands in them, or adopt it with its "
    "brackets."
)
CLAUSE = re.compile(r"[^.;:!?。；：！？؛؟]*(?:[.;:!?。；：！？؛؟]+\s*|$)")
Edit = tuple[int, int, str]


def words_of(text: str) -> list[str]:
    """Words, runs of space, and single signs, in their order; a Chinese letter is a word."""
    return list(_words(text))


def _words(text: str) -> Iterator[str]:
    for kind, letters in groupby(text, key=_kind):
        run = "".join(letters)
        yield from run if kind in ("sign", "han") else (run,)


def _kind(letter: str) -> str:
    category = unicodedata.category(letter)
    if letter.isspace():
        return "space"
    if category == "Lo" and unicodedata.name(letter, "").startswith(
        ("CJK", "HIRAGANA", "KATAKANA")
    ):
        return "han"
    # Marks belong to their letters: Arabic vowels, combined accents.
    return "word" if category[0] in "LNM" else "sign"


def bracketed(text: str) -> list[tuple[bool, str]]:
    """The text in pieces, each with whether it stands in brackets. Brackets within brackets belong
    to the outer ones; one that is never closed holds everything behind it."""
    found: list[tuple[bool, str]] = []
    start = depth = 0
    for place, letter in enumerate(text):
        if letter == "[":
            if depth == 0 and place > start:
                found.append((False, text[start:place]))
            start = start if depth else place
            depth += 1
        elif letter == "]" and depth:
            depth -= 1
            if depth == 0:
                found.append((True, text[start : place + 1]))
                start = place + 1
    return [*found, *([(depth > 0, text[start:])] if start < len(text) else [])]


def pieces(text: str, quoted: Iterable[str] = ()) -> list[tuple[bool, bool, str]]:
    """The text in pieces, each with whether it stands in brackets and whether it belongs to one of
    the passages that are quoted; a passage is found where it stands first."""
    within = [held for held, piece in bracketed(text) for _ in piece]
    flagged = [False] * len(text)
    for passage in filter(None, quoted):
        if (at := text.find(passage)) >= 0:
            flagged[at : at + len(passage)] = [True] * len(passage)
    return [
        (*state, "".join(letter for _, letter in run))
        for state, run in groupby(
            zip(zip(within, flagged, strict=True), text, strict=True), key=itemgetter(0)
        )
    ]


def open_brackets(text: str) -> int:
    """How many brackets were opened in a wording, inner ones too."""
    return text.count("[")


def passages(text: str) -> list[str]:
    """What a flag may name without quoting by hand: what stands in brackets, and each clause where
    there is more than one. Every one stands in the text word for word."""
    clauses = [found.strip() for found in CLAUSE.findall(text) if found.strip()]
    held = [piece for within, piece in bracketed(text) if within]
    every = dict.fromkeys([*held, *(clauses if len(clauses) > 1 else [])])
    return [passage for passage in every if passage != text]


def carried(base: str, amended: str, now: str) -> str | None:
    """What `now` would say with the amendment that was worded on `base`; None where both changed
    the same words, or where the amendment's words stand already."""
    if base == now:
        return amended if amended != now else None
    ours, theirs = _edits(base, amended), _edits(base, now)
    if set(ours) <= set(theirs):
        return None
    new = sorted({*ours, *theirs})
    if any(before[1] >= after[0] for before, after in pairwise(new)):
        return None
    return _edited(words_of(base), new)


def stands_in(base: str, amended: str, now: str) -> bool:
    """Whether everything that an amendment changed in `base` is changed so in `now`."""
    return set(_edits(base, amended)) <= set(_edits(base, now))


def _edits(before: str, after: str) -> list[Edit]:
    """From which word to which one what else is said."""
    old, new = words_of(before), words_of(after)
    return [
        (a, b, "".join(new[c:d]))
        for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if tag != "equal"
    ]


def _edited(words: list[str], edits: list[Edit]) -> str:
    found, at = "", 0
    for start, end, instead in edits:
        found += "".join(words[at:start]) + instead
        at = end
    return found + "".join(words[at:])
