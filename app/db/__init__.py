"""The database: one way to change a workshop, one way to read it, and the only commit."""

from app.db.chain import first_link, link
from app.db.database import CHANNEL, Database
from app.db.ending import ENDED, goes_on
from app.db.keys import KEY_REUSED, Done, Key, derived_token, known_keys
from app.db.rows import among, insert_rows, update_rows
from app.db.tx import Tx

__all__ = [
    "CHANNEL",
    "ENDED",
    "KEY_REUSED",
    "Database",
    "Done",
    "Key",
    "Tx",
    "among",
    "derived_token",
    "first_link",
    "goes_on",
    "insert_rows",
    "known_keys",
    "link",
    "update_rows",
]
