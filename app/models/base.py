"""What all tables share: names of constraints, opaque ids, lists of allowed words."""

import secrets
from collections.abc import Iterable

from sqlalchemy import CheckConstraint
from sqlmodel import SQLModel

# Named by convention, because SQLite's batch migrations can only drop what has a name.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


# Which of the 32 letters of base 32 each byte chooses.
_LETTERS = b"abcdefghijklmnopqrstuvwxyz234567" * 8


def new_id() -> str:
    """An opaque id of 100 random bits: never a number, never ordered by time."""
    return secrets.token_bytes(20).translate(_LETTERS).decode()


def one_of(column: str, words: Iterable[str]) -> CheckConstraint:
    """A check that a column holds one of the words."""
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=column)
