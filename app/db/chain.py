"""The log's chain: each link holds the one before it (design law 13)."""

import hashlib
import json
from typing import Any

import rfc8785


def first_link(workshop_id: str, salt: str) -> bytes:
    """h0 of a workshop's chain (design law 13)."""
    return hashlib.sha256(rfc8785.dumps(["consilience-log-1", workshop_id, salt])).digest()


def link(previous: bytes, line: dict[str, Any]) -> bytes:
    """h(n): SHA-256 of h(n-1) as 32 bytes followed by the line's RFC 8785 JSON."""
    return hashlib.sha256(previous + canonical(line)).digest()


def canonical(line: dict[str, Any]) -> bytes:
    """A line's RFC 8785 JSON. Where it holds no more than ASCII texts and small numbers, as a
    ballot's does, the standard library's own encoder writes the very same, in a tenth of the time.
    """
    written = _SORTED.encode(line)
    plain = written.isascii() and all(type(value) is str for value in line["ids"].values())
    return written.encode() if plain else rfc8785.dumps(line)


_SORTED = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)
