"""Two wordings word by word, so that a room sees what was taken out and what was put in."""

import re
from difflib import SequenceMatcher

WORD = re.compile(r"\s+|[^\s\w]|\w+")


def changes(before: str, after: str) -> list[tuple[str, str]]:
    """Segments ("same" | "removed" | "added", text) from the old wording to the new."""
    old, new = WORD.findall(before), WORD.findall(after)
    found: list[tuple[str, str]] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(("same", "".join(old[a:b])))
            continue
        if b > a:
            found.append(("removed", "".join(old[a:b])))
        if d > c:
            found.append(("added", "".join(new[c:d])))
    return found
