"""The log's chain: each link holds the one before it (design law 13)."""

import hashlib
from typing import Any

import rfc8785


def first_link(workshop_id: str, salt: str) -> bytes:
    """h0 of a workshop's chain (design law 13)."""
    return hashlib.sha256(rfc8785.dumps(["consilience-log-1", workshop_id, salt])).digest()


def link(previous: bytes, line: dict[str, Any]) -> bytes:
    """h(n): SHA-256 of h(n-1) as 32 bytes followed by the line's RFC 8785 JSON."""
    return hashlib.sha256(previous + rfc8785.dumps(line)).digest()
