"""The append-only record, and the keys that make repeating harmless."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel


class LogLine(SQLModel, table=True):
    """One numbered line: ids, kind, time and salted hashes, never free text or names."""

    __tablename__ = "log_line"

    workshop_id: str = Field(foreign_key="workshop.id", primary_key=True)
    number: int = Field(primary_key=True)
    kind: str
    at: str
    ids: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    salted: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    hash: str


class LogSalt(SQLModel, table=True):
    """The salt of a line's salted hashes; erasing a person deletes it, and the line stays."""

    __tablename__ = "log_salt"

    workshop_id: str = Field(foreign_key="workshop.id", primary_key=True)
    number: int = Field(primary_key=True)
    salt: str


class CommandKey(SQLModel, table=True):
    """A successful command's key: SHA-256 of the key, HMAC of key and body, what it made."""

    __tablename__ = "command_key"

    scope: str = Field(primary_key=True)
    key_hash: str = Field(primary_key=True)
    body_mac: str
    object_id: str
    number: int
    at: datetime
