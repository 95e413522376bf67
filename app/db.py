"""The database: one way to change a workshop, one way to read it, and the only commit.

A change locks the workshop, lets a plain function decide and write, numbers what was accepted,
writes `seq` and `head` once, and commits. SQLite has one writer thread, which is also the only
checkpointer; PostgreSQL locks the workshop's row. Readers never wait for writers.
"""

import asyncio
import hashlib
import hmac
import re
import secrets
import sqlite3
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, TypeVar

import rfc8785
from sqlalchemy import (
    JSON,
    Column,
    Connection,
    DateTime,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    event,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import QueuePool, StaticPool

from app import clock
from app.errors import N_, Busy, Conflict, NotFound, Refused

# db.py stands beside models and imports none of them: it knows the four tables it writes itself.
_known = MetaData()
_workshop = Table(
    "workshop", _known, Column("id", String), Column("seq", Integer), Column("head", String)
)
_log_line = Table(
    "log_line",
    _known,
    Column("workshop_id", String),
    Column("number", Integer),
    Column("kind", String),
    Column("at", String),
    Column("ids", JSON),
    Column("salted", JSON),
    Column("hash", String),
)
_log_salt = Table(
    "log_salt",
    _known,
    Column("workshop_id", String),
    Column("number", Integer),
    Column("salt", String),
)
_command_key = Table(
    "command_key",
    _known,
    Column("scope", String),
    Column("key_hash", String),
    Column("body_mac", String),
    Column("object_id", String),
    Column("number", Integer),
    Column("at", DateTime(timezone=True)),
)

CHANNEL = "consilience"
P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Key:
    """A command's key, made by the client, and the bytes (who, what) that it stands for."""

    value: str
    body: bytes

    @classmethod
    def fresh(cls) -> "Key":
        """A key of our own for a command that came without one: nobody can repeat it."""
        return cls(secrets.token_hex(32), b"")

    @property
    def hash(self) -> str:
        return hashlib.sha256(self.value.encode()).hexdigest()

    @property
    def mac(self) -> str:
        return hmac.new(self.value.encode(), self.body, hashlib.sha256).hexdigest()


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
    lines: list[dict[str, Any]] = field(default_factory=list)
    salts: list[dict[str, Any]] = field(default_factory=list)
    keys: list[dict[str, Any]] = field(default_factory=list)

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

    def token(self, object_id: str, role: str) -> str:
        """A secret for an object; the same one again when the same keyed command is repeated."""
        if self.key is None:
            return secrets.token_urlsafe(32)
        return derived_token(self.secret, self.key, object_id, role)


def derived_token(secret: bytes, key: Key, object_id: str, role: str) -> str:
    """HMAC-SHA-256(server secret, key, object id, role): stored hashed, yet repeatable."""
    parts = f"{key.value}\0{object_id}\0{role}".encode()
    return hmac.new(secret, parts, hashlib.sha256).hexdigest()


def first_link(workshop_id: str, salt: str) -> bytes:
    """h0 of a workshop's chain (design law 13)."""
    return hashlib.sha256(rfc8785.dumps(["consilience-log-1", workshop_id, salt])).digest()


def link(previous: bytes, line: dict[str, Any]) -> bytes:
    """h(n): SHA-256 of h(n-1) as 32 bytes followed by the line's RFC 8785 JSON."""
    return hashlib.sha256(previous + rfc8785.dumps(line)).digest()


def known_keys(conn: Connection, scope: str, keys: Iterable[Key]) -> dict[str, Done]:
    """Which of the keys came before, by key hash. A key used with another body maps to Done("")
    with a number of -1."""
    by_hash = {key.hash: key for key in keys}
    if not by_hash:
        return {}
    found = conn.execute(
        select(_command_key).where(
            _command_key.c.scope == scope, _command_key.c.key_hash.in_(list(by_hash))
        )
    )
    return {
        row.key_hash: Done(row.object_id, row.number, replayed=True)
        if hmac.compare_digest(row.body_mac, by_hash[row.key_hash].mac)
        else Done("", -1, replayed=True)
        for row in found
    }


KEY_REUSED = N_("This was sent before with another content. Reload the page and send it again.")


class Database:
    """Engines for one database, SQLite or PostgreSQL, and the two ways to use them."""

    def __init__(self, url: str, secret: bytes = b"") -> None:
        self.url = url
        self.secret = secret
        self.sqlite = url.startswith("sqlite")
        self._listeners: list[Callable[[str, int], None]] = []
        if self.sqlite:
            self._writer = ThreadPoolExecutor(1, thread_name_prefix="writer")
            self._readers = ThreadPoolExecutor(4, thread_name_prefix="reader")
            self._write_engine = _sqlite_engine(url, writer=True)
            self._read_engine = _sqlite_engine(url, writer=False)
        else:
            address = re.sub(r"^postgres(ql)?(\+\w+)?:", "postgresql+asyncpg:", url)
            self._engine = create_async_engine(address, pool_size=8, max_overflow=8)

    def on_change(self, listener: Callable[[str, int], None]) -> None:
        """Call `listener(workshop_id, seq)` on the event loop after every commit made here."""
        self._listeners.append(listener)

    async def change(
        self,
        workshop_id: str | None,
        action: Callable[Concatenate[Tx, P], T],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run `action(tx, …)` in one locked transaction and return what it returns.

        Raises what the action refuses; NotFound for an unknown workshop; Busy where the database
        could not take the change, which then was not made.
        """

        def run(tx: Tx) -> T:
            return action(tx, *args, **kwargs)

        try:
            return await self._locked(workshop_id, None, run)
        except _CommitUnknownError as unknown:
            raise _busy(unknown) from unknown

    async def keyed(
        self,
        key: Key | None,
        workshop_id: str | None,
        action: Callable[Concatenate[Tx, P], Done],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Done:
        """The same as `change`, done once for one key: a repeat returns the first answer.

        Raises Refused("key_reused") where the key came before with another body.
        """
        if key is None:
            return await self.change(workshop_id, action, *args, **kwargs)
        scope = workshop_id or "server"

        def run(tx: Tx) -> Done:
            if before := known_keys(tx.conn, scope, [key]).get(key.hash):
                return _same(before)
            done = action(tx, *args, **kwargs)
            tx.remember(key, done, scope)
            return done

        try:
            return await self._locked(workshop_id, key, run)
        except _CommitUnknownError as unknown:
            # Unknown, not failed: look the key up on a new connection before answering.
            found = await self.read(known_keys, scope, [key])
            if before := found.get(key.hash):
                return _same(before)
            raise _busy(unknown) from unknown

    async def _locked(
        self, workshop_id: str | None, key: Key | None, decide: Callable[[Tx], T]
    ) -> T:
        def run(conn: Connection) -> tuple[T, Tx]:
            tx = self._begin(conn, workshop_id, key)
            result = decide(tx)
            self._finish(tx)
            return result, tx

        try:
            result, tx = await self._transact(run)
        except (DBAPIError, sqlite3.Error) as error:
            raise _busy(error) from error
        if tx.lines:
            for listener in self._listeners:
                listener(tx.workshop_id, tx.seq)
        return result

    async def read(
        self, query: Callable[Concatenate[Connection, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run `query(conn, …)` on one read snapshot."""

        def run(conn: Connection) -> T:
            return query(conn, *args, **kwargs)

        if self.sqlite:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._readers, self._read_here, run)
        async with self._engine.connect() as conn:
            await conn.execution_options(isolation_level="REPEATABLE READ")
            async with conn.begin():
                return await conn.run_sync(run)

    async def close(self) -> None:
        """Finish what runs and let go of every connection."""
        if self.sqlite:
            self._writer.shutdown(wait=True)
            self._readers.shutdown(wait=True)
            self._write_engine.dispose()
            self._read_engine.dispose()
        else:
            await self._engine.dispose()

    # -- how a change is made ------------------------------------------------------------------

    def _begin(self, conn: Connection, workshop_id: str | None, key: Key | None) -> Tx:
        if workshop_id is None:
            return Tx(conn, "", 0, b"", clock.now(), self.secret, key)
        lock = "" if self.sqlite else " FOR NO KEY UPDATE"
        row = conn.execute(
            text(f"SELECT seq, head FROM workshop WHERE id = :id{lock}"),
            {"id": workshop_id},
        ).one_or_none()
        if row is None:
            raise NotFound
        # The clock is read after the lock, so that later numbers never carry earlier times.
        head = bytes.fromhex(row.head)
        return Tx(conn, workshop_id, row.seq, head, clock.now(), self.secret, key)

    def _finish(self, tx: Tx) -> None:
        if tx.lines:
            tx.conn.execute(insert(_log_line), tx.lines)
            tx.conn.execute(
                update(_workshop)
                .where(_workshop.c.id == tx.workshop_id)
                .values(seq=tx.seq, head=tx.head.hex())
            )
        if tx.salts:
            tx.conn.execute(insert(_log_salt), tx.salts)
        if tx.keys:
            tx.conn.execute(insert(_command_key), tx.keys)
        if not self.sqlite and tx.lines:
            wake = {"channel": CHANNEL, "payload": f"{tx.workshop_id} {tx.seq}"}
            tx.conn.execute(text("SELECT pg_notify(:channel, :payload)"), wake)

    async def _transact(self, run: Callable[[Connection], T]) -> T:
        if self.sqlite:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._writer, self._transact_here, run)
        async with self._engine.connect() as conn:
            result = await conn.run_sync(run)
            try:
                await conn.commit()
            except (DBAPIError, OSError) as error:
                raise _CommitUnknownError(str(error)) from error
            return result

    def _transact_here(self, run: Callable[[Connection], T]) -> T:
        with self._write_engine.connect() as conn:
            result = run(conn)
            try:
                conn.commit()
            except (DBAPIError, sqlite3.Error) as error:
                raise _CommitUnknownError(str(error)) from error
            return result

    def _read_here(self, run: Callable[[Connection], T]) -> T:
        with self._read_engine.connect() as conn:
            return run(conn)


class _CommitUnknownError(Exception):
    """The commit itself failed to answer."""


def _same(before: Done) -> Done:
    if before.number < 0:
        raise Refused("key_reused", KEY_REUSED)
    return before


def _busy(error: Exception) -> Refused:
    if isinstance(error, IntegrityError):
        return Conflict(
            "conflict", N_("Someone else changed the same thing just now. Look again and repeat.")
        )
    said = str(error).lower()
    if "full" in said:
        return Busy(
            "storage_full",
            N_("The server's disk is full. Nothing was recorded; free some space and send again."),
        )
    if "readonly" in said or "read-only" in said:
        return Busy(
            "read_only", N_("The server's database can't be written. Nothing was recorded.")
        )
    if any(word in said for word in ("locked", "busy", "connect", "timeout", "closed")):
        return Busy("busy_retry", N_("The server is busy. Nothing was recorded; send it again."))
    raise error


def _sqlite_engine(url: str, *, writer: bool) -> Engine:
    pool: dict[str, Any] = (
        {"poolclass": StaticPool} if writer else {"poolclass": QueuePool, "pool_size": 4}
    )
    engine = create_engine(url, connect_args={"check_same_thread": False, "timeout": 10}, **pool)

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        for pragma in ("foreign_keys=ON", "busy_timeout=10000"):
            connection.execute(f"PRAGMA {pragma}")
        if writer:
            connection.execute("PRAGMA journal_mode=WAL")
            # NORMAL loses acknowledged ballots at a power cut; FULL does not.
            connection.execute("PRAGMA synchronous=FULL")
        else:
            connection.execute("PRAGMA query_only=ON")
            connection.execute("PRAGMA wal_autocheckpoint=0")

    @event.listens_for(engine, "begin")
    def _take_the_lock_first(conn: Connection) -> None:
        conn.exec_driver_sql("BEGIN IMMEDIATE" if writer else "BEGIN")

    return engine
