"""The matrix, flags raised on its rows, and the chair's decisions."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from app.models.base import new_id, one_of

ROWS = ("cell", "component", "conclusion")
FLAGS = ("reservation", "stand_aside", "objection", "another_wording", "pending")
RULINGS = ("consensus", "no_objection", "with_reservations", "not_agreed")


class MatrixCell(SQLModel, table=True):
    """One priority area with one response. Its own values override the response's where set."""

    __tablename__ = "matrix_cell"
    __table_args__ = (UniqueConstraint("area_id", "response_id"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id", index=True)
    area_id: str = Field(foreign_key="proposal.id")
    response_id: str = Field(foreign_key="proposal.id")
    level: str = ""
    lead_actor: str = ""
    partners: str = ""
    time_frame: str = ""
    resources: str = ""
    indicator: str = ""
    evidence_status: str = ""
    evidence: list[str] = Field(default_factory=list, sa_type=JSON)
    source: str = ""
    notes: str = ""
    support_outcome_id: str | None = Field(default=None, foreign_key="outcome.id")
    read_open: bool = False
    removed_at: datetime | None = None
    version: int = 1


class Flag(SQLModel, table=True):
    """What a voting unit says to a wording put up for agreement: to one version, and there to the
    `passage` that it quotes or to the whole. `wording` is an amendment: the whole as it would read.
    """

    __tablename__ = "flag"
    __table_args__ = (
        one_of("row_kind", ROWS),
        one_of("flag", FLAGS),
        Index(
            "uq_flag_standing",
            "row_id",
            "participant_id",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id", index=True)
    row_kind: str
    row_id: str
    participant_id: str = Field(foreign_key="participant.id")
    wording_version_id: str
    flag: str
    text: str = ""
    passage: str = ""
    wording: str = ""
    named: bool = False
    number: int
    at: datetime
    taken_up_at: datetime | None = None
    set_aside_at: datetime | None = None
    set_aside_reason: str = ""
    asked_again_at: datetime | None = None
    withdrawn_at: datetime | None = None
    version: int = 1


class Decision(SQLModel, table=True):
    """The chair's act on exact wordings, one or many at once."""

    __tablename__ = "decision"
    __table_args__ = (one_of("ruling", RULINGS),)

    id: str = Field(default_factory=new_id, primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id", index=True)
    ruling: str
    ruled_by: str = Field(foreign_key="participant.id")
    recorded_by: str | None = Field(default=None, foreign_key="participant.id")
    text: str = ""
    number: int
    at: datetime


class DecisionRow(SQLModel, table=True):
    """One row that a decision settled, with the wording and values it pinned."""

    __tablename__ = "decision_row"
    __table_args__ = (one_of("row_kind", ROWS),)

    decision_id: str = Field(foreign_key="decision.id", primary_key=True)
    row_id: str = Field(primary_key=True, index=True)
    row_kind: str
    wording_version_id: str = Field(foreign_key="wording_version.id")
    pinned: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    flags: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    position: int = 0
