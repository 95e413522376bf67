"""Keys of commands: repeating is harmless (design law 5)."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from sqlalchemy import Connection, Dialect, Executable, bindparam, select

from app.db.rows import among
from app.db.tables import command_key
from app.errors import N_, Refused

KEY_REUSED = N_("This was sent before with another content. Reload the page and send it again.")


@dataclass(frozen=True)
class Key:
    """A command's key, made by the client, and the bytes (who, what) that it stands for."""

    value: str
    body: bytes
    hash: str = field(init=False, compare=False)
    mac: str = field(init=False, compare=False)

    @classmethod
    def fresh(cls) -> "Key":
        """A key of our own for a command that came without one: nobody can repeat it."""
        return cls(secrets.token_hex(32), b"")

    def __post_init__(self) -> None:
        """Worked out where the command comes in, not under the lock."""
        secret = self.value.encode()
        object.__setattr__(self, "hash", hashlib.sha256(secret).hexdigest())
        object.__setattr__(self, "mac", hmac.digest(secret, self.body, "sha256").hex())


@dataclass(frozen=True)
class Done:
    """What a change did: the object it made or changed (several ids stand apart by a space),
    its number in the log, and whether it had been done before under the same key."""

    id: str = ""
    number: int = 0
    replayed: bool = False

    @property
    def ids(self) -> list[str]:
        return self.id.split()


def known_keys(conn: Connection, scope: str, keys: Iterable[Key]) -> dict[str, Done]:
    """Which of the keys came before, by key hash. A key used with another body maps to Done("")
    with a number of -1."""
    by_hash = {key.hash: key for key in keys}
    if not by_hash:
        return {}
    found = conn.execute(_known(conn.dialect), {"scope": scope, "hashes": list(by_hash)})
    return {
        row.key_hash: Done(row.object_id, row.number, replayed=True)
        if hmac.compare_digest(row.body_mac, by_hash[row.key_hash].mac)
        else Done("", -1, replayed=True)
        for row in found
    }


@lru_cache(maxsize=4)
def _known(dialect: Dialect) -> Executable:
    return select(command_key).where(
        command_key.c.scope == bindparam("scope"),
        among(dialect, command_key.c.key_hash, "hashes"),
    )


def same(before: Done) -> Done:
    """The first answer again. Raises Refused("key_reused") where the body was another one."""
    if before.number < 0:
        raise Refused("key_reused", KEY_REUSED)
    return before


def derived_token(secret: bytes, key: Key, object_id: str, role: str) -> str:
    """HMAC-SHA-256(server secret, key, object id, role): stored hashed, yet repeatable."""
    parts = f"{key.value}\0{object_id}\0{role}".encode()
    return hmac.new(secret, parts, hashlib.sha256).hexdigest()
