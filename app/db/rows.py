"""Many rows at once: what a ballot writes, two hundred times in one transaction."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, Table

Prepare = Callable[[Any], Any] | None


def insert_rows(conn: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows that all name the same columns. They are prepared by their columns' types alone:
    a statement that looks at each parameter anew takes longer than the database does."""
    if rows:
        statement, columns = _written(conn.dialect, table, tuple(rows[0]))
        values = [
            tuple([prepare(row[name]) if prepare else row[name] for name, prepare in columns])
            for row in rows
        ]
        conn.exec_driver_sql(statement, values)


@lru_cache(maxsize=64)
def _written(
    dialect: Dialect, table: Table, names: tuple[str, ...]
) -> tuple[str, list[tuple[str, Prepare]]]:
    """The statement as the driver takes it, and its columns in their order."""
    compiled: Any = table.insert().compile(dialect=dialect, column_keys=list(names))
    types = {name: table.c[name].type.dialect_impl(dialect) for name in names}
    order = compiled.positiontup or names
    return str(compiled), [(name, types[name].bind_processor(dialect)) for name in order]
