"""Ballots: what one voting unit submitted. They know an electoral register, never a person."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from app.models.base import new_id, one_of

REASON_CODES = ("definition", "evidence", "values", "region", "feasibility")


class Ballot(SQLModel, table=True):
    """A ballot, kept even when a later revision superseded it. `item` is empty for whole shapes.
    `how` says that somebody else sent it: entered by those who run the meeting, or by a proxy."""

    __tablename__ = "ballot"
    __table_args__ = (
        UniqueConstraint("entry_id", "item", "revision"),
        # The one rule that no race may break: one live ballot per voting unit and item.
        Index(
            "uq_ballot_live",
            "entry_id",
            "item",
            unique=True,
            sqlite_where=text("superseded_by IS NULL"),
            postgresql_where=text("superseded_by IS NULL"),
        ),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    round_id: str = Field(foreign_key="round.id", index=True)
    entry_id: str = Field(foreign_key="register_entry.id")
    item: str = ""
    revision: int
    body: dict[str, Any] = Field(sa_type=JSON)
    number: int
    recorded_at: datetime
    entered_by: str | None = Field(default=None, foreign_key="participant.id")
    superseded_by: str | None = None
    how: str | None = None  # "entered" or "proxy"


class Reason(SQLModel, table=True):
    """A reason given beside a ballot: stored apart, never part of counting or digest. `code` is its
    kind, where its author chose one; then there may be no words."""

    __tablename__ = "reason"
    __table_args__ = (
        one_of("code", REASON_CODES),
        Index(
            "uq_reason_live",
            "entry_id",
            "option_id",
            unique=True,
            sqlite_where=text("superseded_by IS NULL"),
            postgresql_where=text("superseded_by IS NULL"),
        ),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    round_id: str = Field(foreign_key="round.id", index=True)
    entry_id: str = Field(foreign_key="register_entry.id")
    option_id: str
    words: str
    code: str | None = None
    held_back: bool = False
    number: int
    superseded_by: str | None = None
