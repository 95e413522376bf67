"""The log's chain: each link holds the one before it (design law 13)."""

import hashlib
from typing import Any

import rfc8785
from pydantic_core import to_json


def first_link(workshop_id: str, salt: str) -> bytes:
    """h0 of a workshop's chain (design law 13)."""
    return hashlib.sha256(rfc8785.dumps(["consilience-log-1", workshop_id, salt])).digest()


def link(previous: bytes, line: dict[str, Any]) -> bytes:
    """h(n): SHA-256 of h(n-1) as 32 bytes followed by the line's RFC 8785 JSON."""
    return hashlib.sha256(previous + canonical(line)).digest()


def canonical(line: dict[str, Any]) -> bytes:
    """A line's RFC 8785 JSON. Where its ids and hashes are no more than ASCII texts, as a ballot's
    are, pydantic's encoder writes the very same, in a twentieth of the time.
    """
    ids, salted = line["ids"], line["salted"]
    if any(type(value) is not str for value in ids.values()):
        return rfc8785.dumps(line)
    plain = {**line, "ids": dict(sorted(ids.items())), "salted": dict(sorted(salted.items()))}
    written = to_json(dict(sorted(plain.items())))
    return written if written.isascii() else rfc8785.dumps(line)
