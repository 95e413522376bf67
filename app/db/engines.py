"""How connections to each database are set up."""

import re
import sqlite3
from typing import Any

from pydantic_core import from_json, to_json
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.engine import Engine
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import QueuePool, StaticPool

# Milliseconds for another process that holds the file: somebody waits for a writer's answer.
PATIENCE = {True: 2000, False: 10000}

# A ballot is four JSON values in its rows; the standard library needs five times as long for them.
JSON: dict[str, Any] = {
    "json_serializer": lambda value: to_json(value).decode(),
    "json_deserializer": from_json,
}


def postgresql_engine(url: str) -> AsyncEngine:
    """A pool on asyncpg for a PostgreSQL address, whichever driver the address names."""
    address = re.sub(r"^postgres(ql)?(\+\w+)?:", "postgresql+asyncpg:", url)
    return create_async_engine(address, pool_size=8, max_overflow=8, **JSON)


def sqlite_engine(url: str, *, writer: bool) -> Engine:
    """The one writing connection, or the pool of reading ones."""
    pool: dict[str, Any] = (
        {"poolclass": StaticPool} if writer else {"poolclass": QueuePool, "pool_size": 4}
    )
    engine = create_engine(url, connect_args={"check_same_thread": False}, **pool, **JSON)

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        for pragma in ("foreign_keys=ON", f"busy_timeout={PATIENCE[writer]}"):
            connection.execute(f"PRAGMA {pragma}")
        if writer:
            connection.execute("PRAGMA journal_mode=WAL")
            # NORMAL loses acknowledged ballots at a power cut; FULL does not.
            connection.execute("PRAGMA synchronous=FULL")
            # What is deleted is overwritten: a sealed ballot's traces, an erased person's name.
            connection.execute("PRAGMA secure_delete=ON")
        else:
            connection.execute("PRAGMA query_only=ON")
            connection.execute("PRAGMA wal_autocheckpoint=0")

    @event.listens_for(engine, "begin")
    def _take_the_lock_first(conn: Connection) -> None:
        conn.exec_driver_sql("BEGIN IMMEDIATE" if writer else "BEGIN")

    return engine
