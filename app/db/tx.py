"""One transaction on one locked workshop, as actions see it."""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table

from app import clock
from app.db.chain import first_link, link
from app.db.keys import Done, Key, derived_token


@dataclass
class Tx:
    """One transaction on one locked workshop. Handed to actions, never awaited."""

    conn: Connection
    workshop_id: str
    seq: int
    head: bytes
    now: datetime
    secret: bytes
    key: Key | None = None
    ended: bool = False
    lines: list[dict[str, Any]] = field(default_factory=list)
    salts: list[dict[str, Any]] = field(default_factory=list)
    keys: list[dict[str, Any]] = field(default_factory=list)
    rows: list[tuple[Table, list[dict[str, Any]]]] = field(default_factory=list)

    def begin_log(self, workshop_id: str, salt: str) -> str:
        """Start the log of a workshop made in this transaction; returns its first head."""
        self.workshop_id = workshop_id
        self.head = first_link(workshop_id, salt)
        return self.head.hex()

    def log(self, kind: str, *, salted: dict[str, str] | None = None, **ids: Any) -> int:
        """Append one line and return its number.

        `ids` are opaque ids and small facts; `salted` values are stored only as salted hashes, so
        that a line can prove who did something without saying so.
        """
        self.seq += 1
        hidden: dict[str, str] = {}
        if salted:
            salt = secrets.token_hex(16)
            self.salts.append({"workshop_id": self.workshop_id, "number": self.seq, "salt": salt})
            hidden = {
                name: hashlib.sha256(f"{salt}{value}".encode()).hexdigest()
                for name, value in salted.items()
            }
        line = {
            "at": clock.stamp(self.now),
            "ids": ids,
            "kind": kind,
            "n": self.seq,
            "salted": hidden,
        }
        self.head = link(self.head, line)
        stored = {**line, "workshop_id": self.workshop_id, "number": self.seq}
        del stored["n"]
        self.lines.append({**stored, "hash": self.head.hex()})
        return self.seq

    def remember(self, key: Key, done: Done, scope: str | None = None) -> None:
        """Store a key beside what it did, so that a repeat gets the same answer."""
        self.keys.append(
            {
                "scope": scope or self.workshop_id,
                "key_hash": key.hash,
                "body_mac": key.mac,
                "object_id": done.id,
                "number": done.number,
                "at": self.now,
            }
        )

    def insert(self, table: Table, rows: list[dict[str, Any]]) -> None:
        """Insert rows when the transaction ends, in one go with the lines that tell of them: until
        then no query finds them."""
        self.rows.append((table, rows))

    def token(self, object_id: str, role: str) -> str:
        """A secret for an object; the same one again when the same keyed command is repeated."""
        if self.key is None:
            return secrets.token_urlsafe(32)
        return derived_token(self.secret, self.key, object_id, role)
