"""The tables into which the database itself inserts. It stands beside models and imports none of
them, so that the numbering of the log can be read without the rest of the schema."""

from sqlalchemy import JSON, Column, DateTime, Integer, MetaData, String, Table

_known = MetaData()
log_line = Table(
    "log_line",
    _known,
    Column("workshop_id", String),
    Column("number", Integer),
    Column("kind", String),
    Column("at", String),
    Column("ids", JSON),
    Column("salted", JSON),
    Column("hash", String),
)
log_salt = Table(
    "log_salt",
    _known,
    Column("workshop_id", String),
    Column("number", Integer),
    Column("salt", String),
)
command_key = Table(
    "command_key",
    _known,
    Column("scope", String),
    Column("key_hash", String),
    Column("body_mac", String),
    Column("object_id", String),
    Column("number", Integer),
    Column("at", DateTime(timezone=True)),
)
