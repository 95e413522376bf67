"""Many rows at once: what a ballot writes, two hundred times in one transaction.

SQLite repeats a prepared statement for each row. PostgreSQL would run such a repetition as one
query a row, and the transaction would wait for each: it gets one statement over arrays instead.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import ARRAY, ColumnElement, Connection, Dialect, Table, any_, bindparam

Prepare = Callable[[Any], Any] | None
Row = dict[str, Any]


def insert_rows(conn: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows that all name the same columns. They are prepared by their columns' types alone:
    a statement that looks at each parameter anew takes longer than the database does."""
    if rows:
        names = tuple(rows[0])
        _run(conn, _inserting(conn.dialect, table, names), _prepared(conn.dialect, table, rows))


def update_rows(conn: Connection, table: Table, column: str, changes: dict[str, Any]) -> None:
    """Set one column of the rows with these ids, each to a value of its own."""
    if changes:
        rows = [{column: value, "id": row_id} for row_id, value in changes.items()]
        _run(conn, _updating(conn.dialect, table, column), _prepared(conn.dialect, table, rows))


def among(conn: Connection, column: Any, values: Iterable[Any]) -> ColumnElement[bool]:
    """Whether a column has one of these values. PostgreSQL gets them as one array: a list would be
    another statement for each number of values, to be parsed and planned anew."""
    if _by_arrays(conn.dialect):
        array = bindparam(None, list(values), type_=ARRAY(column.type), unique=True)
        return cast(ColumnElement[bool], column == any_(array))
    return cast(ColumnElement[bool], column.in_(values))


def _run(conn: Connection, statement: str, values: list[tuple[Any, ...]]) -> None:
    if _by_arrays(conn.dialect):
        conn.exec_driver_sql(
            statement, tuple([list(column) for column in zip(*values, strict=True)])
        )
    else:
        conn.exec_driver_sql(statement, values)


def _by_arrays(dialect: Dialect) -> bool:
    return dialect.name == "postgresql"


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
def _inserting(dialect: Dialect, table: Table, names: tuple[str, ...]) -> str:
    into = f"INSERT INTO {table.name} ({', '.join(names)})"
    if _by_arrays(dialect):
        return f"{into} SELECT * FROM {_arrays(dialect, table, names)}"
    return f"{into} VALUES ({', '.join('?' * len(names))})"


@lru_cache(maxsize=64)
def _updating(dialect: Dialect, table: Table, column: str) -> str:
    if _by_arrays(dialect):
        arrays = _arrays(dialect, table, (column, "id"))
        return (
            f"UPDATE {table.name} SET {column} = given.value FROM {arrays} AS given (value, id) "
            f"WHERE {table.name}.id = given.id"
        )
    return f"UPDATE {table.name} SET {column} = ? WHERE id = ?"


def _arrays(dialect: Dialect, table: Table, names: tuple[str, ...]) -> str:
    """The rows as PostgreSQL takes them: an array for each column."""
    types = (table.c[name].type.compile(dialect) for name in names)
    return f"unnest({', '.join(f'${n}::{kind}[]' for n, kind in enumerate(types, 1))})"
