"""The whole meeting in one file, the same as `consilience backup` writes: on another machine
`consilience restore` makes a meeting of it that goes on, and everyone's link stays valid.

It is no export of what a meeting said: it holds every row of the database, so it is its owner's
alone, and stands in no list of formats.
"""

from sqlalchemy import Connection

from app.errors import N_, Refused
from app.exports.base import Export, Say
from app.formats.backup import Backup, as_bytes
from app.queries.chain import breaks
from app.queries.whole import all_tables

BROKEN = N_("The log of workshop {workshop} is broken at number {number}; no backup was written.")


def whole(conn: Connection) -> Backup:
    """Every row in one snapshot. Raises Refused `broken_log`."""
    if broken := breaks(conn):
        first = broken[0]
        raise Refused("broken_log", BROKEN, workshop=first.workshop_id, number=first.number)
    revision, tables = all_tables(conn)
    return Backup(revision, tables)


def _read(conn: Connection, _workshop: str, _say: Say, _language: str) -> Backup:
    return whole(conn)


def _write(backup: Backup, _say: Say) -> bytes:
    return as_bytes(backup)


EXPORT = Export(
    "backup", N_("The whole meeting"), "application/zip", "backup.zip", _write, _read, heavy=True
)
