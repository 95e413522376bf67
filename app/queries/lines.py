"""Texts in numbered lines, so that everybody can point at the same place: the same lines on the
page, in the document and in the file, whatever their fonts."""

from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import east_asian_width

WIDTH = 90  # columns; a sign of Chinese takes two


@dataclass(frozen=True)
class Lines:
    """A text from line `first` on."""

    first: int
    texts: list[str]

    @property
    def last(self) -> int:
        return self.first + len(self.texts) - 1

    @property
    def numbered(self) -> list[tuple[int, str]]:
        return [(self.first + n, text) for n, text in enumerate(self.texts)]

    @property
    def numbers(self) -> str:
        """A number on each line."""
        return "\n".join(str(number) for number, _ in self.numbered)

    @property
    def text(self) -> str:
        return "\n".join(self.texts)


class Counter:
    """Gives texts their lines, one after the other."""

    def __init__(self) -> None:
        self.next = 1

    def lines(self, text: str) -> Lines:
        """The next lines; an empty text takes none."""
        found = Lines(self.next, [line for part in text.split("\n") for line in wrapped(part)])
        self.next = found.last + 1
        return found


def wrapped(text: str, width: int = WIDTH) -> Iterator[str]:
    """A paragraph broken between its words; a word that is longer than a line, or a script without
    spaces, is broken wherever the line is full."""
    line = ""
    for word in text.split():
        if line and columns(f"{line} {word}") > width:
            yield line
            line = ""
        line = f"{line} {word}" if line else word
        while columns(line) > width:
            full = _fitting(line, width)
            yield line[:full]
            line = line[full:]
    if line:
        yield line


def columns(text: str) -> int:
    """How wide a text is where every sign has one width, or two."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def _fitting(line: str, width: int) -> int:
    taken = 0
    for n, sign in enumerate(line):
        taken += columns(sign)
        if taken > width:
            return max(n, 1)
    return len(line)
