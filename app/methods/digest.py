"""The input digest: which poll an outcome was counted from, whatever the order in which ballots
came.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from functools import cache
from typing import Any, TypeVar

from pydantic_core import to_json

from app.ballots.body import Texts
from app.ballots.numbers import text

T = TypeVar("T")
PLAIN = (str, bool)
COUNT = "count"
Halves = tuple[bytes, bytes]


def spelled(value: Any) -> Any:
    """A JSON value with every number as a string, so that no reader's arithmetic can change the
    digest, and with the keys of objects in the order of RFC 8785 (by UTF-16 code units).
    """
    if isinstance(value, Texts):
        return value
    if isinstance(value, dict):
        return ordered({key: spelled(inner) for key, inner in value.items()})
    if isinstance(value, list):
        return [spelled(inner) for inner in value]
    if isinstance(value, PLAIN) or value is None:
        return value
    return str(value) if isinstance(value, int | Fraction) else text(value)


def ordered(value: dict[str, T]) -> dict[str, T]:
    """An object with its keys in order, by UTF-16 code units as RFC 8785 wants it."""
    if len(value) < 2:
        return value
    keys = sorted(value) if "".join(value).isascii() else sorted(value, key=utf16)
    return {key: value[key] for key in keys}


def utf16(key: str) -> bytes:
    return key.encode("utf-16-be")


def encoded(value: Any) -> bytes:
    """RFC 8785 JSON in UTF-8 of what is spelled out. Strings are escaped as the RFC asks: quote,
    backslash and control characters only.
    """
    return to_json(value)


def merged(ballots: Iterable[tuple[dict[str, Any], int]]) -> list[bytes]:
    """Equal ballots as one with their counts summed, as JSON, sorted by their bytes without it."""
    counts: Counter[Halves] = Counter()
    for content, count in ballots:
        counts[halves(content)] += count
    return [whole(*one, count=counts[one]) for one in sorted(counts, key=lambda one: whole(*one))]


def halves(content: dict[str, Any]) -> Halves:
    """What stands before and after the count in the JSON of a ballot: nothing is encoded twice."""
    told = [(key, member(key, spelled(content[key]))) for key in sorted(content)]
    before = b",".join(text for key, text in told if key < COUNT)
    return before, b",".join(text for key, text in told if key > COUNT)


def whole(before: bytes, after: bytes, count: int | None = None) -> bytes:
    """The JSON of a ballot, with or without its count."""
    number = b"" if count is None else member(COUNT, str(count))
    return b"{" + b",".join(part for part in (before, number, after) if part) + b"}"


def member(key: str, value: Any) -> bytes:
    """One member of an object, spelled out already."""
    return named(key) + encoded(value)


@cache
def named(key: str) -> bytes:
    """How a member begins; of what is digested the names are few."""
    return to_json(key) + b":"


def input_bytes(fields: dict[str, Any], ballots: Iterable[tuple[dict[str, Any], int]]) -> bytes:
    """The canonical JSON of the normalised poll: what a count starts from, and nothing else.

    `fields` are those the method may read; a ballot is its content (body, weight, …) and how many
    are like it.
    """
    told = {key: member(key, value) for key, value in spelled(fields).items()}
    told["ballots"] = b'"ballots":[' + b",".join(merged(ballots)) + b"]"
    return b"{" + b",".join(ordered(told).values()) + b"}"


def digest_of(content: bytes) -> str:
    """SHA-256 in lower-case hex."""
    return hashlib.sha256(content).hexdigest()
