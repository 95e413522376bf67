"""A database that takes nothing for a while: its disk is full, it is read-only, or it is held.

Full and read-only are SQLite's own refusals, brought about on the server's writing connection
while a file says so; held is another process with a write lock.
"""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.faults.failpoints import find

PRAGMAS = {"storage_full": "max_page_count={pages}", "read_only": "query_only=ON"}
WELL = ("max_page_count=1073741823", "query_only=OFF")


def arm(file: str) -> None:
    """Before each change, be as ill as the file says."""
    holder, name = find("app.db.database", "Database._transact_here")
    plain = getattr(holder, name)

    def call(self: Any, run: Any) -> Any:
        with self._write_engine.connect() as conn:
            connection = conn.connection.driver_connection
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
            ill = Path(file).read_text() if Path(file).exists() else ""
            for pragma in [PRAGMAS[ill].format(pages=pages)] if ill else WELL:
                connection.execute(f"PRAGMA {pragma}")
        return plain(self, run)

    setattr(holder, name, call)


@contextlib.contextmanager
def ill(file: Path, how: str, database_url: str) -> Iterator[None]:
    """The database takes nothing while the block runs; `how` is the code that says why."""
    if how == "busy_retry":
        held = sqlite3.connect(database_url.removeprefix("sqlite:///"), isolation_level=None)
        held.execute("PRAGMA busy_timeout=10000")
        held.execute("BEGIN EXCLUSIVE")
        try:
            yield
        finally:
            held.execute("ROLLBACK")
            held.close()
        return
    file.write_text(how)
    try:
        yield
    finally:
        file.unlink()
