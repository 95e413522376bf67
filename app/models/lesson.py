"""Lessons learned: what was tried somewhere, what came of it, and where else it might serve."""

from datetime import datetime

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.base import new_id


class Lesson(SQLModel, table=True):
    """A lesson that somebody told, its author's and the moderators' alone until released. What it
    says now is the version `current_id`."""

    __tablename__ = "lesson"

    id: str = Field(default_factory=new_id, primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id", index=True)
    author_id: str | None = Field(default=None, foreign_key="participant.id")
    current_id: str
    released: bool = False
    number: int
    at: datetime
    removed_at: datetime | None = None
    version: int = 1


class LessonVersion(SQLModel, table=True):
    """One version of a lesson with the ids of what it rests on; versions are added, never
    changed."""

    __tablename__ = "lesson_version"
    __table_args__ = (UniqueConstraint("lesson_id", "n"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id")
    lesson_id: str = Field(index=True)
    n: int
    context: str
    tried: str
    result: str
    transferability: str
    evidence: list[str] = Field(default_factory=list, sa_type=JSON)
    proposals: list[str] = Field(default_factory=list, sa_type=JSON)
    rows: list[str] = Field(default_factory=list, sa_type=JSON)
    author_id: str | None = Field(default=None, foreign_key="participant.id")
    number: int
    at: datetime
