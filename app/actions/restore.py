"""Putting a backup into an empty database."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, DateTime, Table, TypeDecorator, insert, text
from sqlmodel import SQLModel

from app.db import Done, Tx
from app.errors import N_, Conflict
from app.policy import Actor, may_restore, require
from app.queries.chain import breaks
from app.queries.whole import row_counts

NOT_EMPTY = N_("This database holds workshops already. Restore into an empty one.")
BROKEN = N_("The backup's log is broken at number {number}; nothing was restored.")
AT_ONCE = 500


def restore(tx: Tx, actor: Actor, tables: dict[str, list[dict[str, Any]]]) -> Done:
    """Insert every row and check every log's chain; all or nothing.

    Raises Conflict `not_empty` or `broken_log`.
    """
    require(may_restore(actor))
    if any(row_counts(tx.conn).values()):
        raise Conflict("not_empty", NOT_EMPTY)
    if tx.conn.dialect.name == "sqlite":
        tx.conn.execute(text("PRAGMA defer_foreign_keys=ON"))
    for table in SQLModel.metadata.sorted_tables:
        _fill(tx, table, tables.get(table.name, []))
    if broken := breaks(tx.conn):
        raise Conflict("broken_log", BROKEN, number=broken[0].number)
    return Done()


def _fill(tx: Tx, table: Table, rows: list[dict[str, Any]]) -> None:
    ready = _parents_first(table, [_typed(table, row) for row in rows])
    for start in range(0, len(ready), AT_ONCE):
        tx.conn.execute(insert(table), ready[start : start + AT_ONCE])


def _typed(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """JSON's texts as the moments and days that the columns hold."""
    return {name: _value(table.c[name].type, value) for name, value in row.items()}


def _value(kind: Any, value: Any) -> Any:
    plain = kind.impl_instance if isinstance(kind, TypeDecorator) else kind
    if value is None or not isinstance(value, str):
        return value
    if isinstance(plain, DateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(plain, Date) else value


def _parents_first(table: Table, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows in an order in which none points to a later one of the same table."""
    own = [
        column.name
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table is table
    ]
    if not own:
        return rows
    ready: list[dict[str, Any]] = []
    there: set[Any] = {None}
    waiting = rows
    while waiting:
        now = [row for row in waiting if all(row[name] in there for name in own)]
        if not now:
            return ready + waiting
        there |= {row["id"] for row in now}
        ready += now
        waiting = [row for row in waiting if row["id"] not in there]
    return ready
