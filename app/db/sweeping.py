"""Removing what the database's own files still tell of deleted rows, outside any transaction.

SQLite overwrites what it deletes (`secure_delete`), but the write-ahead log holds every earlier
page until a checkpoint has emptied it. PostgreSQL keeps dead rows with the transaction that wrote
them (`xmin`), and plain VACUUM leaves the order of rows; only a full rewrite takes both away.
"""

import sqlite3
from collections.abc import Sequence

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

# Snapshots that may still see the rows of a transaction: running ones of this database, replicas',
# prepared ones. Those of other databases on the same server keep no row of ours.
OLDER_SNAPSHOTS = text(
    """
    SELECT count(*) FROM (
        SELECT backend_xmin AS seen FROM pg_stat_activity
        WHERE backend_xmin IS NOT NULL AND (datname = current_database() OR datname IS NULL)
        UNION ALL SELECT xmin FROM pg_replication_slots WHERE xmin IS NOT NULL
        UNION ALL SELECT transaction FROM pg_prepared_xacts WHERE database = current_database()
    ) AS snapshots WHERE age(seen) >= age(CAST(CAST(CAST(:transaction AS text) AS xid8) AS xid))
    """
)
PATIENCE = "2s"  # a rewrite waits for readers of the table, and everybody else waits behind it


def sweep_sqlite(connection: sqlite3.Connection) -> bool:
    """Empty the write-ahead log; False while a reader still needs it."""
    (patience,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute("PRAGMA busy_timeout=200")
    try:
        busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.execute(f"PRAGMA busy_timeout={patience}")
    return bool(busy == 0)


def sweep_postgresql(conn: Connection, tables: Sequence[str], transaction: str) -> bool:
    """Rewrite the tables; False while a snapshot as old as `transaction` would keep dead rows."""
    older = conn.execute(OLDER_SNAPSHOTS, {"transaction": transaction}).scalar_one()
    if older:
        return False
    conn.exec_driver_sql(f"SET lock_timeout = '{PATIENCE}'")
    try:
        for table in tables:
            conn.exec_driver_sql(f"VACUUM (FULL) {table}")
    except DBAPIError:
        return False
    finally:
        conn.exec_driver_sql("RESET lock_timeout")
    return True
