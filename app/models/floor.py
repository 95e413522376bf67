"""Who asked to speak, and what was parked for later."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from app.models.base import new_id, one_of

SPEAKING = ("waiting", "speaking", "done", "withdrawn")
PARKED = ("parked", "resolved", "dropped")


class Speaker(SQLModel, table=True):
    """One turn on the speakers' list of an agenda item, from asking to the last word. `seconds` is
    the time that the turn was given when it began."""

    __tablename__ = "speaker"
    __table_args__ = (one_of("status", SPEAKING),)

    id: str = Field(default_factory=new_id, primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id", index=True)
    agenda_item_id: str | None = Field(default=None, foreign_key="agenda_item.id")
    participant_id: str = Field(foreign_key="participant.id")
    status: str = "waiting"
    position: int
    seconds: int | None = None
    asked_at: datetime
    given_at: datetime | None = None
    stopped_at: datetime | None = None


class Parked(SQLModel, table=True):
    """A matter put aside so that the meeting can go on, and what became of it."""

    __tablename__ = "parked"
    __table_args__ = (one_of("status", PARKED),)

    id: str = Field(default_factory=new_id, primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id", index=True)
    agenda_item_id: str | None = Field(default=None, foreign_key="agenda_item.id")
    text: str
    status: str = "parked"
    answer: str = ""
    number: int
    at: datetime
    settled_at: datetime | None = None
    version: int = 1
