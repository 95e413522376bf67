"""Many rows at once: what a ballot writes, two hundred times in one transaction.

SQLite repeats a prepared statement for each row. PostgreSQL would run such a repetition as one
query a row, and the transaction would wait for each: it gets one statement over arrays instead.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import ARRAY, ColumnElement, Connection, Dialect, Table, any_, bindparam

Prepare = Callable[[Any], Any] | None
Row = dict[str, Any]


def insert_rows(conn: Connection, *into: tuple[Table, Sequence[Row]]) -> None:
    """Insert rows into tables; those of one table name the same columns. They are prepared by their
    columns' types alone: a statement that looks at each parameter anew takes longer than the
    database does. PostgreSQL gets one statement for all tables, and is waited for once.
    """
    dialect = conn.dialect
    given = [(table, rows) for table, rows in into if rows]
    if not given:
        return
    values = [_prepared(dialect, table, rows) for table, rows in given]
    named = tuple([(table, tuple(rows[0])) for table, rows in given])
    if _by_arrays(dialect):
        arrays = [array for of_one_table in values for array in _columns(of_one_table)]
        conn.exec_driver_sql(_inserting_by_arrays(dialect, named), tuple(arrays))
        return
    for (table, names), of_one_table in zip(named, values, strict=True):
        conn.exec_driver_sql(_inserting(table, names), of_one_table)


def update_rows(conn: Connection, table: Table, column: str, changes: dict[str, Any]) -> None:
    """Set one column of the rows with these ids, each to a value of its own."""
    if changes:
        rows = [{column: value, "id": row_id} for row_id, value in changes.items()]
        values = _prepared(conn.dialect, table, rows)
        statement = _updating(conn.dialect, table, column)
        conn.exec_driver_sql(
            statement, tuple(_columns(values)) if _by_arrays(conn.dialect) else values
        )


def among(dialect: Dialect, column: Any, name: str) -> ColumnElement[bool]:
    """Whether a column has one of the values in the list given as parameter `name`. PostgreSQL gets
    them as one array: a list would be another statement for each number of values, to be parsed and
    planned anew."""
    if _by_arrays(dialect):
        return cast(ColumnElement[bool], column == any_(bindparam(name, type_=ARRAY(column.type))))
    return cast(ColumnElement[bool], column.in_(bindparam(name, expanding=True)))


def _by_arrays(dialect: Dialect) -> bool:
    return dialect.name == "postgresql"


def _columns(values: list[tuple[Any, ...]]) -> list[list[Any]]:
    """The rows as PostgreSQL takes them: an array for each column."""
    return [list(column) for column in zip(*values, strict=True)]


def _prepared(dialect: Dialect, table: Table, rows: Sequence[Row]) -> list[tuple[Any, ...]]:
    columns = _preparing(dialect, table, tuple(rows[0]))
    return [
        tuple([prepare(row[name]) if prepare else row[name] for name, prepare in columns])
        for row in rows
    ]


@lru_cache(maxsize=64)
def _preparing(dialect: Dialect, table: Table, names: tuple[str, ...]) -> list[tuple[str, Prepare]]:
    """How the values of each column are made ready for the driver."""
    types = {name: table.c[name].type.dialect_impl(dialect) for name in names}
    return [(name, types[name].bind_processor(dialect)) for name in names]


@lru_cache(maxsize=64)
def _inserting(table: Table, names: tuple[str, ...]) -> str:
    marks = ", ".join("?" * len(names))
    return f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks})"


@lru_cache(maxsize=64)
def _inserting_by_arrays(dialect: Dialect, into: tuple[tuple[Table, tuple[str, ...]], ...]) -> str:
    parts = []
    first = 1
    for table, names in into:
        arrays = _arrays(dialect, table, names, first)
        parts.append(f"INSERT INTO {table.name} ({', '.join(names)}) SELECT * FROM {arrays}")
        first += len(names)
    inserting = (f"into_{n} AS ({part})" for n, part in enumerate(parts))
    return f"WITH {', '.join(inserting)} SELECT"


@lru_cache(maxsize=64)
def _updating(dialect: Dialect, table: Table, column: str) -> str:
    if _by_arrays(dialect):
        arrays = _arrays(dialect, table, (column, "id"))
        return (
            f"UPDATE {table.name} SET {column} = given.value FROM {arrays} AS given (value, id) "
            f"WHERE {table.name}.id = given.id"
        )
    return f"UPDATE {table.name} SET {column} = ? WHERE id = ?"


def _arrays(dialect: Dialect, table: Table, names: tuple[str, ...], first: int = 1) -> str:
    """Rows from an array for each column, given as parameters from `first` on."""
    types = (table.c[name].type.compile(dialect) for name in names)
    return f"unnest({', '.join(f'${n}::{kind}[]' for n, kind in enumerate(types, first))})"
