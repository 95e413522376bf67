"""Wordings with their versions: proposals, components, conclusions; and evidence items."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKeyConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.base import new_id, one_of

SUBJECTS = ("proposal", "component", "conclusion")
PROPOSAL_KINDS = ("priority_area", "response")
CONCLUSIONS = ("conclusion", "definition")
PROPOSAL_STATUS = ("waiting", "accepted", "returned", "merged")
VISIBILITY = ("named", "delegation", "anonymous")


class WordingVersion(SQLModel, table=True):
    """One version of a wording; versions are added, never changed. One that takes an amendment up
    names the flag that proposed it."""

    __tablename__ = "wording_version"
    __table_args__ = (
        UniqueConstraint("subject_id", "n"),
        one_of("subject_kind", SUBJECTS),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id")
    subject_kind: str
    subject_id: str = Field(index=True)
    n: int
    text: str
    author_id: str | None = Field(default=None, foreign_key="participant.id")
    amendment_id: str | None = None
    number: int
    at: datetime


class Component(SQLModel, table=True):
    """A pillar of the response, itself a wording that can be adopted."""

    __tablename__ = "component"
    __table_args__ = (UniqueConstraint("workshop_id", "own_key"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id", index=True)
    own_key: str | None = None
    position: int = 0
    gist: str = ""
    source: str = ""
    wording_version_id: str
    removed_at: datetime | None = None
    version: int = 1


class Conclusion(SQLModel, table=True):
    """A short conclusion of the meeting, or a working definition for this meeting alone; drafted
    and adopted as rows are."""

    __tablename__ = "conclusion"
    __table_args__ = (one_of("kind", CONCLUSIONS),)

    id: str = Field(default_factory=new_id, primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id", index=True)
    kind: str = "conclusion"
    position: int = 0
    wording_version_id: str
    removed_at: datetime | None = None
    version: int = 1


class Proposal(SQLModel, table=True):
    """A priority area or a programmatic response, from first wording to matrix."""

    __tablename__ = "proposal"
    __table_args__ = (
        UniqueConstraint("workshop_id", "own_key"),
        one_of("kind", PROPOSAL_KINDS),
        one_of("status", PROPOSAL_STATUS),
        one_of("shown", VISIBILITY),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id", index=True)
    own_key: str | None = None
    kind: str
    status: str = "waiting"
    activity_id: str | None = Field(default=None, foreign_key="activity.id")
    author_id: str | None = Field(default=None, foreign_key="participant.id")
    shown: str = "named"
    area_id: str | None = Field(default=None, foreign_key="proposal.id")
    component_id: str | None = Field(default=None, foreign_key="component.id")
    wording_version_id: str
    merged_into_id: str | None = Field(default=None, foreign_key="proposal.id")
    return_reason: str = ""
    late: bool = False
    problem_statement: str = ""
    regional_context: str = ""
    level: str = ""
    lead_actor: str = ""
    partners: str = ""
    time_frame: str = ""
    resources: str = ""
    indicator: str = ""
    evidence_status: str = ""
    source: str = ""
    position: int = 0
    number: int
    at: datetime
    version: int = 1


class MergeLink(SQLModel, table=True):
    """One original taken up into a merged proposal; undoing keeps the row."""

    __tablename__ = "merge_link"
    __table_args__ = (ForeignKeyConstraint(["merged_id"], ["proposal.id"]),)

    id: str = Field(default_factory=new_id, primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id")
    merged_id: str = Field(index=True)
    original_id: str = Field(foreign_key="proposal.id", index=True)
    former_status: str
    number: int
    at: datetime
    undone_at: datetime | None = None


class Misreading(SQLModel, table=True):
    """An author says that the wording which now stands for a proposal of theirs is not what they
    meant. It waits for the moderators until one answers, or the wording is another one."""

    __tablename__ = "misreading"

    id: str = Field(default_factory=new_id, primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id", index=True)
    proposal_id: str = Field(foreign_key="proposal.id", index=True)
    wording_version_id: str
    text: str = ""
    number: int
    at: datetime
    answer: str = ""
    answered_number: int | None = None
    answered_at: datetime | None = None


class EvidenceItem(SQLModel, table=True):
    """A study, theory, case, lesson learned or good practice under review."""

    __tablename__ = "evidence_item"
    __table_args__ = (UniqueConstraint("workshop_id", "own_key"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id", index=True)
    own_key: str | None = None
    kind: str = "evidence"
    title: str
    gist: str = ""
    source: str = ""
    documented: bool = True
    links: list[str] = Field(default_factory=list, sa_type=JSON)
    position: int = 0
    removed_at: datetime | None = None
    version: int = 1
