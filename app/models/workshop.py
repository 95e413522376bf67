"""The workshop, its agenda and what the big screen shows."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.base import new_id, one_of

ATTRIBUTION = ("named", "delegation", "region", "none")
KINDS = ("real", "rehearsal", "demonstration")
PROXIES = ("none", "delegation", "any")
ITEM_KINDS = (
    "opening",
    "presentation",
    "panel",
    "discussion",
    "breakout",
    "report_back",
    "vote",
    "clustering",
    "drafting",
    "review",
    "break",
    "closing",
)
SETTINGS = ("plenary", "breakout", "drafting")


class Workshop(SQLModel, table=True):
    """The whole meeting. `seq` and `head` are the end of its log; app/db alone writes them.
    After the day `retain_until` who took part is forgotten. `floor` are the terms of the speakers'
    list, where somebody set them."""

    __tablename__ = "workshop"
    __table_args__ = (one_of("attribution", ATTRIBUTION), one_of("kind", KINDS))

    id: str = Field(default_factory=new_id, primary_key=True)
    seq: int = 0
    head: str
    salt: str
    code: str = Field(unique=True)
    title: str
    starts_on: date | None = None
    ends_on: date | None = None
    place: str = ""
    time_zone: str = "UTC"
    languages: list[str] = Field(default_factory=lambda: ["en"], sa_type=JSON)
    attribution: str = "named"
    kind: str = "real"
    annex: bool = False
    current_item_id: str | None = None
    current_activity_id: str | None = None
    screen: dict[str, Any] = Field(default_factory=lambda: {"show": "join"}, sa_type=JSON)
    timer: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    floor: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    version: int = 1
    created_at: datetime
    ended_at: datetime | None = None
    retain_until: date | None = None
    forgotten_at: datetime | None = None
    proxies: str = "none"


class AgendaItem(SQLModel, table=True):
    """One item of a day. Planned times are local to the venue ('09:30'), actual ones moments."""

    __tablename__ = "agenda_item"
    __table_args__ = (one_of("kind", ITEM_KINDS), one_of("setting", SETTINGS))

    id: str = Field(default_factory=new_id, primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id", index=True)
    day: int = Field(ge=1)
    start: str
    end: str
    kind: str = "discussion"
    setting: str = "plenary"
    title: str
    lead: str = ""
    closed_to_observers: bool = False
    position: int = 0
    started_at: datetime | None = None
    finished_at: datetime | None = None
    removed_at: datetime | None = None
    version: int = 1


class Group(SQLModel, table=True):
    """A breakout group. It works apart from the plenary while it has an activity of its own; its
    lead, one of its members, opens, closes and moderates there and keeps their vote."""

    __tablename__ = "breakout_group"
    __table_args__ = (UniqueConstraint("workshop_id", "name"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id")
    name: str
    lead_id: str | None = None
    current_activity_id: str | None = None
    version: int = 1


class Note(SQLModel, table=True):
    """A rapporteur's note on an agenda item, private to the writers until released."""

    __tablename__ = "note"

    id: str = Field(default_factory=new_id, primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id", index=True)
    agenda_item_id: str | None = Field(default=None, foreign_key="agenda_item.id")
    group_id: str | None = Field(default=None, foreign_key="breakout_group.id")
    author_id: str | None = Field(default=None, foreign_key="participant.id")
    text: str
    released: bool = False
    version: int = 1
    at: datetime
