"""Text that does nothing when a file is opened: no formula, no control character."""

import re

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")
# Full-width signs start a formula where the spreadsheet is Japanese or Chinese.
STARTERS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def plain(text: object) -> str:
    """A value as text without the characters that no office format can hold."""
    return CONTROL.sub("", "" if text is None else str(text))


def quoted(text: object) -> str:
    """The same for CSV: what a spreadsheet would take for a formula gets a quote before it."""
    value = plain(text)
    return f"'{value}" if value.lstrip(" \n").startswith(STARTERS) else value
