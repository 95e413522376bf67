"""What somebody with the database's own files can read: SQLite's file and write-ahead log, and
PostgreSQL's files of one database, as bytes."""

from pathlib import Path
from typing import Any

from sqlalchemy import text

from app.db import Database


async def sqlite_files(db: Database) -> dict[str, bytes]:
    """The database file and what stands beside it, free pages included."""
    main = Path(db.url.removeprefix("sqlite:///"))
    found = [main, Path(f"{main}-wal"), Path(f"{main}-journal")]
    return {path.name: path.read_bytes() for path in found if path.exists()}


async def postgresql_files(db: Database, folder: Path) -> dict[str, bytes]:
    """All files of this database after a checkpoint, dead rows included. Its write-ahead log is
    left out: the screen says that logs may keep the link until they expire."""
    async with db._engine.connect() as conn:
        await conn.execution_options(isolation_level="AUTOCOMMIT")
        await conn.execute(text("CHECKPOINT"))
        oid = (
            await conn.execute(text("SELECT oid FROM pg_database WHERE datname=current_database()"))
        ).scalar_one()
    base = folder / "base" / str(oid)
    return {path.name: path.read_bytes() for path in base.iterdir() if path.is_file()}


async def files_of(db: Database, request: Any) -> dict[str, bytes]:
    """The files of either kind of database, written out."""
    if db.sqlite:
        return await sqlite_files(db)
    server = request.getfixturevalue("postgresql_server")
    return await postgresql_files(db, server.folder / "data")
