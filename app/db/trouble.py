"""What a person is told when the database could not take a change."""

import sqlite3

import asyncpg
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoConnectionError

from app.errors import N_, Busy, Conflict, Refused, Unknown

# A server that can't be reached, or is not ready yet: no error of SQLAlchemy's so far.
UNREACHED = (OSError, asyncpg.PostgresConnectionError, asyncpg.CannotConnectNowError)
# What a database that is full, held, away or out of connections raises, through every driver.
TROUBLE = (DBAPIError, NoConnectionError, sqlite3.Error, *UNREACHED)
# What a database says that stops, starts again or hands over to another.
AWAY = ("locked", "busy", "connect", "timeout", "closed", "shutting down", "starting up")


class CommitUnknownError(Exception):
    """The commit itself failed to answer."""


def as_refusal(error: Exception) -> Refused:
    """The sentence for a database that could not take a change. Raises what it can't explain."""
    if isinstance(error, IntegrityError):
        return Conflict(
            "conflict", N_("Someone else changed the same thing just now. Look again and repeat.")
        )
    said = str(error).lower()
    if "full" in said:
        return Busy(
            "storage_full",
            N_("The server's disk is full. Nothing was recorded; free some space and send again."),
        )
    if "readonly" in said or "read-only" in said:
        return Busy(
            "read_only", N_("The server's database can't be written. Nothing was recorded.")
        )
    if isinstance(error, CommitUnknownError):
        return Unknown(
            "busy_retry",
            N_("The database was lost. Whether this was recorded is not known: send it again."),
        )
    if isinstance(error, UNREACHED) or any(word in said for word in AWAY):
        return Busy("busy_retry", N_("The server is busy. Nothing was recorded; send it again."))
    raise error
