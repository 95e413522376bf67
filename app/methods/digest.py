"""The input digest: which poll an outcome was counted from, whatever the order in which ballots
came.
"""

import hashlib
import json
from collections import Counter
from fractions import Fraction
from typing import Any

from app.ballots.body import Texts
from app.ballots.numbers import text

PLAIN = (str, bool)
ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


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


def ordered(value: dict[str, Any]) -> dict[str, Any]:
    """An object with its keys in order, by UTF-16 code units as RFC 8785 wants it."""
    if len(value) < 2:
        return value
    keys = sorted(value) if "".join(value).isascii() else sorted(value, key=utf16)
    return {key: value[key] for key in keys}


def utf16(key: str) -> bytes:
    return key.encode("utf-16-be")


def encoded(value: Any) -> bytes:
    """RFC 8785 JSON in UTF-8 of what is spelled out. Strings are escaped by the standard library as
    the RFC asks: quote, backslash and control characters only.
    """
    return ENCODER.encode(value).encode()


def merged(ballots: list[tuple[dict[str, Any], int]]) -> list[dict[str, Any]]:
    """Equal ballots as one with their counts summed, spelled out, sorted by their bytes."""
    counts: Counter[bytes] = Counter()
    contents: dict[bytes, dict[str, Any]] = {}
    for content, count in ballots:
        plain = spelled(content)
        key = encoded(plain)
        counts[key] += count
        contents[key] = plain
    return [ordered({**contents[key], "count": str(counts[key])}) for key in sorted(counts)]


def input_bytes(fields: dict[str, Any], ballots: list[tuple[dict[str, Any], int]]) -> bytes:
    """The canonical JSON of the normalised poll: what a count starts from, and nothing else.

    `fields` are those the method may read; a ballot is its content (body, weight, …) and how many
    are like it.
    """
    return encoded(ordered({**spelled(fields), "ballots": merged(ballots)}))


def digest_of(content: bytes) -> str:
    """SHA-256 in lower-case hex."""
    return hashlib.sha256(content).hexdigest()
