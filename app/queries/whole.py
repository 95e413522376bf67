"""The whole database as plain rows, for a backup; and what a check of it needs to know."""

from typing import Any

from sqlalchemy import Connection, Select, Table, select, text
from sqlmodel import SQLModel

# Files made for a day, and that they were asked for, are no part of a backup: they can be made
# again, and must not outlive that day. Mail is part of it, or a restored meeting wrote anew.
LEFT_OUT = {"made_export"}


def all_tables(conn: Connection) -> tuple[str, dict[str, list[dict[str, Any]]]]:
    """The schema's revision, and every table's rows by name, parents before children."""
    tables = {
        table.name: [dict(row._mapping) for row in conn.execute(_rows(table))]  # noqa: SLF001
        for table in SQLModel.metadata.sorted_tables
        if table.name not in LEFT_OUT
    }
    return revision(conn), tables


def _rows(table: Table) -> Select[Any]:
    every = select(table)
    return every.where(table.c.kind != "export") if table.name == "task" else every


def revision(conn: Connection) -> str:
    """The schema's revision that Alembic wrote down."""
    return str(conn.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def row_counts(conn: Connection) -> dict[str, int]:
    """How many rows each table has."""
    return {
        table.name: int(conn.execute(text(f'SELECT count(*) FROM "{table.name}"')).scalar_one())
        for table in SQLModel.metadata.sorted_tables
    }
