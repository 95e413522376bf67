"""One way to change a workshop, one way to read it, and the only commit.

A change locks the workshop, lets a plain function decide and write, numbers what was accepted,
writes `seq` and `head` once, and commits. SQLite has one writer thread, which is also the only
checkpointer; PostgreSQL locks the workshop's row. Readers never wait for writers.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from app import clock
from app.db.ending import refuse_ended
from app.db.engines import postgresql_engine, sqlite_engine
from app.db.keys import Done, Key, known_keys, same
from app.db.rows import insert_rows
from app.db.sweeping import sweep_postgresql, sweep_sqlite
from app.db.tables import command_key, log_line, log_salt
from app.db.trouble import TROUBLE, UNREACHED, CommitUnknownError, as_refusal
from app.db.tx import Tx
from app.errors import Busy, NotFound, Refused

CHANNEL = "consilience"
NUMBER = "UPDATE workshop SET seq = :seq, head = :head WHERE id = :id"
NUMBER_AND_WAKE = f"WITH numbered AS ({NUMBER}) SELECT pg_notify(:channel, :payload)"
Listener = Callable[[str, int, frozenset[str]], None]
P = ParamSpec("P")
T = TypeVar("T")


class Database:
    """Engines for one database, SQLite or PostgreSQL, and the two ways to use them."""

    def __init__(self, url: str, secret: bytes = b"") -> None:
        self.url = url
        self.secret = secret
        self.sqlite = url.startswith("sqlite")
        self.trouble = ""  # why the last change could not be taken; empty once one was
        self._listeners: list[Listener] = []
        if self.sqlite:
            self._writer = ThreadPoolExecutor(1, thread_name_prefix="writer")
            self._readers = ThreadPoolExecutor(4, thread_name_prefix="reader")
            self._write_engine = sqlite_engine(url, writer=True)
            self._read_engine = sqlite_engine(url, writer=False)
        else:
            self._engine = postgresql_engine(url)

    def on_change(self, listener: Listener) -> None:
        """Call `listener(workshop_id, seq, kinds)` on the event loop after every commit made here:
        how far the log has come, and the kinds of the lines that are new."""
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

        Raises what the action refuses; NotFound for an unknown workshop; Conflict `ended` for one
        that has ended, unless the action goes on; Busy where the database could not take the
        change, which then was not made.
        """

        def run(tx: Tx) -> T:
            refuse_ended(tx.ended, action)
            return action(tx, *args, **kwargs)

        try:
            return await self._locked(workshop_id, None, run)
        except CommitUnknownError as unknown:
            raise self._told(as_refusal(unknown)) from unknown

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
                return same(before)
            refuse_ended(tx.ended, action)
            done = action(tx, *args, **kwargs)
            tx.remember(key, done, scope)
            return done

        try:
            return await self._locked(workshop_id, key, run)
        except CommitUnknownError as unknown:
            # Unknown, not failed: look the key up on a new connection before answering.
            found = await self.read(known_keys, scope, [key])
            if before := found.get(key.hash):
                return same(before)
            raise self._told(as_refusal(unknown)) from unknown

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
        except TROUBLE as error:
            raise self._told(as_refusal(error)) from error
        self.trouble = ""
        if tx.lines:
            kinds = frozenset(line["kind"] for line in tx.lines)
            for listener in self._listeners:
                listener(tx.workshop_id, tx.seq, kinds)
        return result

    async def read(
        self, query: Callable[Concatenate[Connection, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run `query(conn, …)` on one read snapshot. Raises Busy where it can't be read now."""

        def run(conn: Connection) -> T:
            return query(conn, *args, **kwargs)

        try:
            return await self._look(run)
        except TROUBLE as error:
            raise as_refusal(error) from error

    async def _look(self, run: Callable[[Connection], T]) -> T:
        if self.sqlite:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._readers, self._read_here, run)
        async with self._engine.connect() as conn:
            await conn.execution_options(isolation_level="REPEATABLE READ")
            async with conn.begin():
                return await conn.run_sync(run)

    def _told(self, refusal: Refused) -> Refused:
        """The refusal; a database that takes nothing is kept in mind for those who run meetings."""
        if isinstance(refusal, Busy):
            self.trouble = refusal.code
        return refusal

    async def sweep(self, tables: Sequence[str], transaction: str) -> bool:
        """Remove the traces that `transaction` and those before it left in these tables' files;
        False if something still needs them, and it must be tried again."""
        if self.sqlite:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._writer, self._sweep_here)
        async with self._engine.connect() as conn:
            await conn.execution_options(isolation_level="AUTOCOMMIT")
            return await conn.run_sync(sweep_postgresql, tables, transaction)

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
            text(f"SELECT seq, head, ended_at FROM workshop WHERE id = :id{lock}"),
            {"id": workshop_id},
        ).one_or_none()
        if row is None:
            raise NotFound
        # The clock is read after the lock, so that later numbers never carry earlier times.
        head = bytes.fromhex(row.head)
        ended = row.ended_at is not None
        return Tx(conn, workshop_id, row.seq, head, clock.now(), self.secret, key, ended)

    def _finish(self, tx: Tx) -> None:
        written = ((log_line, tx.lines), (log_salt, tx.salts), (command_key, tx.keys))
        insert_rows(tx.conn, *tx.rows, *written)
        if tx.lines:
            numbered: dict[str, Any] = {"id": tx.workshop_id, "seq": tx.seq, "head": tx.head.hex()}
            if self.sqlite:
                tx.conn.execute(text(NUMBER), numbered)
            else:
                wake = {"channel": CHANNEL, "payload": f"{tx.workshop_id} {tx.seq}"}
                tx.conn.execute(text(NUMBER_AND_WAKE), numbered | wake)

    async def _transact(self, run: Callable[[Connection], T]) -> T:
        if self.sqlite:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._writer, self._transact_here, run)
        async with self._engine.connect() as conn:
            result = await conn.run_sync(run)
            try:
                await conn.commit()
            except (DBAPIError, *UNREACHED) as error:
                raise CommitUnknownError(str(error)) from error
            return result

    def _transact_here(self, run: Callable[[Connection], T]) -> T:
        with self._write_engine.connect() as conn:
            result = run(conn)
            try:
                conn.commit()
            except (DBAPIError, sqlite3.Error) as error:
                raise CommitUnknownError(str(error)) from error
            return result

    def _sweep_here(self) -> bool:
        with self._write_engine.connect() as conn:
            connection = conn.connection.driver_connection
            assert isinstance(connection, sqlite3.Connection)
            return sweep_sqlite(connection)

    def _read_here(self, run: Callable[[Connection], T]) -> T:
        with self._read_engine.connect() as conn:
            return run(conn)
