"""How much room a text takes on a sheet, and what a sheet may be called."""

import unicodedata

from app.formats.inert import plain

# Excel's highest row is 409 points.
LINE, PADDING = 13.5, 5.0
MOST_LINES = 29
FORBIDDEN = str.maketrans("[]:*?/\\", "       ")


def lines_of(text: str, width: int) -> int:
    """How many lines a text takes in a column of so many characters, words kept whole.

    Chinese, Japanese and Korean signs are two characters wide and may break anywhere.
    """
    return sum(_lines(line, max(4, width - 1)) for line in text.split("\n"))


def _lines(line: str, room: int) -> int:
    lines, used = 1, 0
    for word in line.split(" "):
        size = _size(word)
        if used and used + 1 + size > room:
            lines, used = lines + 1, 0
        used += size + bool(used)
        if used > room:
            lines, used = lines + (used - 1) // room, (used - 1) % room + 1
    return lines


def _size(word: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in word)


def height_of(lines: int) -> float:
    """The height of a row in points."""
    return LINE * lines + PADDING


def sheet_name(name: str) -> str:
    """A name that every spreadsheet program takes: at most 31 characters, no brackets."""
    return plain(name).translate(FORBIDDEN).strip(" '")[:31] or "-"
