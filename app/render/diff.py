"""Two wordings word by word, so that a room sees what was taken out and what was put in."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from app.activities.language import words_of

Segment = tuple[str, str]


def changes(before: str, after: str) -> list[Segment]:
    """Segments ("same" | "removed" | "added", text) from the old wording to the new.

    All "same" and "removed" texts together are the old wording, all "same" and "added" the new.
    What is gone stands before what came."""
    old, new = words_of(before), words_of(after)
    found: list[Segment] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(("same", "".join(old[a:b])))
        else:
            found += [("removed", "".join(old[a:b])), ("added", "".join(new[c:d]))]
    return list(_whole_phrases(found))


def _whole_phrases(segments: list[Segment]) -> Iterator[Segment]:
    """Joins neighbouring changes between which nothing but space stayed, so that a new phrase reads
    as one phrase."""
    removed = added = ""
    for at, (kind, text) in enumerate(segments):
        if kind == "removed":
            removed += text
        elif kind == "added":
            added += text
        elif text.isspace() and 0 < at < len(segments) - 1:
            removed, added = removed + text, added + text
        else:
            yield from _change(removed, added)
            removed = added = ""
            yield kind, text
    yield from _change(removed, added)


def _change(removed: str, added: str) -> Iterator[Segment]:
    """One change; the space that both sides begin or end with is the same."""
    lead, tail = "", ""
    if removed and added:
        if removed[0].isspace() and removed[0] == added[0]:
            lead, removed, added = removed[0], removed[1:], added[1:]
        if removed and added and removed[-1].isspace() and removed[-1] == added[-1]:
            tail, removed, added = removed[-1], removed[:-1], added[:-1]
    pieces = (("same", lead), ("removed", removed), ("added", added), ("same", tail))
    yield from ((kind, text) for kind, text in pieces if text)
