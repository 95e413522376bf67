"""Activities, their rounds, and what a round fixed when it opened."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKeyConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.base import new_id, one_of

TYPES = (
    "evidence",
    "propose",
    "cluster",
    "react",
    "rate",
    "rank",
    "choose",
    "vote",
    "estimate",
    "compare",
    "agree",
    "matrix",
)
ROUND_STATUS = ("planned", "open", "closing", "closed", "sealed")
SECRECY = ("named", "delegation", "confidential", "secret")
RESULTS = ("always", "after_own_vote", "after_publish", "organisers")
ELECTORATES = ("states", "experts", "all")
UNITS = ("", "person", "delegation")
CASTS = ("any", "head", "split")  # who casts a delegation's voice
TIES = ("stop", "chair", "runoff", "earlier_stage", "lot")
TIMERS = ("none", "advisory", "closing")


class Activity(SQLModel, table=True):
    """One facilitated exercise: a type, its settings, its stage. One that a group has for itself
    names the plenary's activity that it was given from. What is written in silence shows by itself
    at `reveals_at`; `turns` are those of a round robin, empty where none was begun."""

    __tablename__ = "activity"
    __table_args__ = (one_of("type", TYPES),)

    id: str = Field(default_factory=new_id, primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id", index=True)
    agenda_item_id: str | None = Field(default=None, foreign_key="agenda_item.id")
    group_id: str | None = Field(default=None, foreign_key="breakout_group.id")
    type: str
    title: str
    settings: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    given_from_id: str | None = None
    stage: str = "planned"
    focus: str | None = None
    reveals_at: datetime | None = None
    turns: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    position: int = 0
    removed_at: datetime | None = None
    version: int = 1


class Option(SQLModel, table=True):
    """What an activity puts up for answers. An option drawn from a proposal or an evidence item
    keeps that object's id, so that one thing has one id through the whole meeting."""

    __tablename__ = "activity_option"

    activity_id: str = Field(foreign_key="activity.id", primary_key=True)
    id: str = Field(default_factory=new_id, primary_key=True)
    position: int = 0
    text: str
    source_kind: str = "text"
    area_id: str | None = None
    wording_version_id: str | None = None
    withdrawn_at: datetime | None = None


class Round(SQLModel, table=True):
    """One opening and closing of an activity for ballots. `thrift` says how its cells are shared
    out among raters, or what comes onto its shortlist. `criteria` are those that options are scored
    on, and `weights_from` names the outcome that their weights were taken from."""

    __tablename__ = "round"
    __table_args__ = (
        UniqueConstraint("activity_id", "n"),
        one_of("status", ROUND_STATUS),
        one_of("secrecy", SECRECY),
        one_of("results", RESULTS),
        one_of("electorate", ELECTORATES),
        one_of("unit", UNITS),
        one_of("tie", TIES),
        one_of("timer", TIMERS),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id", index=True)
    activity_id: str = Field(foreign_key="activity.id")
    n: int
    status: str = "planned"
    question: str
    method: str
    shape: str
    params: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    scale: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    threshold: str | None = None
    keep: int | None = None
    tie: str = "stop"
    electorate: str = "all"
    unit: str = ""
    secrecy: str = "named"
    results: str = "after_publish"
    timer: str = "none"
    seconds: int | None = None
    apart: bool = False
    by_region: bool = False
    thrift: dict[str, Any] | None = Field(default=None, sa_type=JSON(none_as_null=True))
    criteria: list[dict[str, Any]] | None = Field(default=None, sa_type=JSON)
    weights_from: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    comparing: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    opened_at: datetime | None = None
    opened_number: int | None = None
    closes_at: datetime | None = None
    closed_at: datetime | None = None
    closed_number: int | None = None
    input_digest: str | None = None
    register_digest: str | None = None
    published_participants: bool = False
    published_screen: bool = False
    casts: str = "any"
    published_certainty: bool = False
    version: int = 1


class RoundOption(SQLModel, table=True):
    """An option as the round fixed it: position, wording, version."""

    __tablename__ = "round_option"

    round_id: str = Field(foreign_key="round.id", primary_key=True)
    id: str = Field(primary_key=True)
    position: int = 0
    text: str
    source_kind: str = "text"
    area_id: str | None = None
    wording_version_id: str | None = None
    number: int = 0


class RegisterEntry(SQLModel, table=True):
    """One voting unit of a round's electoral register, frozen when the round opens. `proxy_id` is
    who casts for one who has left; `share_of_id` the delegation whose one voice is divided over its
    members, each with a row of their own; `asked` are the options put to this voice, None for
    all."""

    __tablename__ = "register_entry"
    __table_args__ = (
        UniqueConstraint("round_id", "participant_id"),
        UniqueConstraint("round_id", "delegation_id"),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    round_id: str = Field(foreign_key="round.id", index=True)
    participant_id: str | None = Field(default=None, foreign_key="participant.id")
    delegation_id: str | None = Field(default=None, foreign_key="delegation.id")
    weight: str = "1"
    capacity: str = ""
    regions: list[str] = Field(default_factory=list, sa_type=JSON)
    added_number: int = 0
    seen_at: datetime | None = None
    finished_at: datetime | None = None
    proxy_id: str | None = None
    share_of_id: str | None = None
    asked: list[str] | None = Field(default=None, sa_type=JSON(none_as_null=True))


class Reopening(SQLModel, table=True):
    """Why a closed round was opened again; the earlier outcome stays beside it."""

    __tablename__ = "reopening"

    id: str = Field(default_factory=new_id, primary_key=True)
    round_id: str = Field(foreign_key="round.id", index=True)
    reason: str
    number: int
    at: datetime


class Outcome(SQLModel, table=True):
    """The frozen result of a closed round; a reopened round gets a further one beside it."""

    __tablename__ = "outcome"
    __table_args__ = (
        UniqueConstraint("round_id", "n"),
        ForeignKeyConstraint(["tie_break_of"], ["outcome.id"]),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id")
    round_id: str = Field(foreign_key="round.id")
    n: int
    method: str
    method_version: str
    input_digest: str
    result: dict[str, Any] = Field(sa_type=JSON)
    tie_break_of: str | None = None
    number: int
    at: datetime
