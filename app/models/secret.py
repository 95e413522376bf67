"""Secret rounds: tables that never join a person to a ballot (design law 12).

While such a round is open its ballots lie in the staging table and marks say who has voted. The
close copies the ballots, shuffled and with new random ids, into the sealed table, empties the
staging table and writes the marks anew; the sealing that follows removes what the database's own
files still tell of the order in which they came.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.base import new_id


class StagedBallot(SQLModel, table=True):
    """A ballot of a secret round that is open. `voice` is a hash of the ballot key, which only the
    voter's browser has, or a random value where it sent none: never a register entry."""

    __tablename__ = "staged_ballot"
    __table_args__ = (UniqueConstraint("round_id", "voice", "item"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    round_id: str = Field(foreign_key="round.id")
    voice: str
    item: str = ""
    revision: int
    capacity: str = ""
    body: dict[str, Any] = Field(sa_type=JSON)


class StagedKey(SQLModel, table=True):
    """A command's key in a secret round, so that repeating is harmless. Gone with the sealing."""

    __tablename__ = "staged_key"

    round_id: str = Field(foreign_key="round.id", primary_key=True)
    key_hash: str = Field(primary_key=True)
    body_mac: str


class RegisterMark(SQLModel, table=True):
    """This voting unit has voted in a secret round: no time, no number, no ballot.

    `entry_id` is no foreign key: PostgreSQL would write the transaction that checks it into the
    register's own row, where it told the order of voting for ever.
    """

    __tablename__ = "register_mark"

    entry_id: str = Field(primary_key=True)
    round_id: str = Field(foreign_key="round.id", index=True)


class SealedBallot(SQLModel, table=True):
    """A ballot of a closed secret round, one for each voting unit that voted. `capacity` is empty
    unless the round is shown apart and every kind is large enough."""

    __tablename__ = "sealed_ballot"

    id: str = Field(default_factory=new_id, primary_key=True)
    round_id: str = Field(foreign_key="round.id", index=True)
    capacity: str = ""
    body: dict[str, Any] = Field(sa_type=JSON)


class Sealing(SQLModel, table=True):
    """The task of sealing a closed secret round. `transaction` is PostgreSQL's id of the last
    change that left traces; they can be removed once no snapshot is older."""

    __tablename__ = "sealing"

    round_id: str = Field(foreign_key="round.id", primary_key=True)
    asked_at: datetime
    leased_until: datetime | None = None
    transaction: str | None = None
    attempts: int = 0
    sealed_at: datetime | None = None
