"""The whole database as plain rows, for a backup; and what a check of it needs to know."""

from typing import Any

from sqlalchemy import Connection, select, text
from sqlmodel import SQLModel

# Files made for a day are no part of a backup: they can be made again, and must not outlive it.
LEFT_OUT = {"made_export"}


def all_tables(conn: Connection) -> tuple[str, dict[str, list[dict[str, Any]]]]:
    """The schema's revision, and every table's rows by name, parents before children."""
    tables = {
        table.name: [dict(row._mapping) for row in conn.execute(select(table))]  # noqa: SLF001
        for table in SQLModel.metadata.sorted_tables
        if table.name not in LEFT_OUT
    }
    return revision(conn), tables


def revision(conn: Connection) -> str:
    """The schema's revision that Alembic wrote down."""
    return str(conn.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def row_counts(conn: Connection) -> dict[str, int]:
    """How many rows each table has."""
    return {
        table.name: int(conn.execute(text(f'SELECT count(*) FROM "{table.name}"')).scalar_one())
        for table in SQLModel.metadata.sorted_tables
    }
