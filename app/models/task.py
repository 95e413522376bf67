"""What the server does by itself after it was asked: files to make, mail to send."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.base import new_id, one_of

TASK_KINDS = ("export", "mail")
TASK_STATES = ("waiting", "done", "failed")


class Task(SQLModel, table=True):
    """One thing to be done once. Whoever does it holds `lease` until `leased_until`; after that
    the next may. `once` names what must not be asked twice; `about` is whom it is for: a person,
    or who asked. No foreign key to a person, since being written to is no deed of theirs."""

    __tablename__ = "task"
    __table_args__ = (
        one_of("kind", TASK_KINDS),
        one_of("state", TASK_STATES),
        UniqueConstraint("workshop_id", "once"),
        Index(None, "state", "due_at"),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id")
    kind: str
    about: str
    once: str | None = None
    payload: dict[str, Any] = Field(sa_type=JSON)
    state: str = "waiting"
    asked_at: datetime
    due_at: datetime
    lease: str | None = None
    leased_until: datetime | None = None
    attempts: int = 0
    last_error: str = ""
    done_at: datetime | None = None


class MadeExport(SQLModel, table=True):
    """A finished file, kept for a day in SQL, since another host may serve it. `seq` is the log's
    number that it was made at."""

    __tablename__ = "made_export"

    task_id: str = Field(foreign_key="task.id", primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id", index=True)
    seq: int
    name: str
    media_type: str
    sha256: str
    content: bytes
