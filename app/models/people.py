"""Who is in a workshop, and the tokens by which a device is known."""

from datetime import datetime

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.base import new_id, one_of

ROLES = (
    "organiser",
    "facilitator",
    "chair",
    "rapporteur",
    "participant",
    "observer",
    "interpreter",
    "screen",
    "drafting",
    "head",
)
CAPACITIES = ("", "state_representative", "expert")
TOKEN_KINDS = ("owner", "link", "access", "device", "admission")
ADMISSIONS = ("waiting", "admitted", "refused")


class Delegation(SQLModel, table=True):
    """A State or an organisation that may have several members in the room."""

    __tablename__ = "delegation"
    __table_args__ = (UniqueConstraint("workshop_id", "name"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id")
    name: str


class Participant(SQLModel, table=True):
    """A person in one workshop. `own_key` is the organiser's own id for re-imports."""

    __tablename__ = "participant"
    __table_args__ = (
        UniqueConstraint("workshop_id", "own_key"),
        UniqueConstraint("workshop_id", "label_key"),
        one_of("capacity", CAPACITIES),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id", index=True)
    own_key: str | None = None
    label: str
    label_key: str
    roles: list[str] = Field(default_factory=list, sa_type=JSON)
    capacity: str = ""
    delegation_id: str | None = Field(default=None, foreign_key="delegation.id")
    regions: list[str] = Field(default_factory=list, sa_type=JSON)
    group_id: str | None = Field(default=None, foreign_key="breakout_group.id")
    institution_type: str = ""
    email: str = ""
    language: str = ""
    arrived_at: datetime | None = None
    position: int = 0
    version: int = 1
    left_at: datetime | None = None


class Proxy(SQLModel, table=True):
    """Who votes for somebody who left, in rounds that open from then on, until it ended."""

    __tablename__ = "proxy"

    id: str = Field(default_factory=new_id, primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id", index=True)
    principal_id: str = Field(foreign_key="participant.id")
    holder_id: str = Field(foreign_key="participant.id")
    number: int
    at: datetime
    ended_at: datetime | None = None


class Token(SQLModel, table=True):
    """A secret that opens the door; only its SHA-256 is stored. A device's token names the link
    that it was opened by, so that revoking the link shuts the device too; `email` is whom an
    identity provider vouched for, on the token of somebody who may make workshops."""

    __tablename__ = "token"
    __table_args__ = (one_of("kind", TOKEN_KINDS),)

    id: str = Field(default_factory=new_id, primary_key=True)
    hash: str = Field(unique=True)
    kind: str
    workshop_id: str | None = Field(default=None, foreign_key="workshop.id", index=True)
    participant_id: str | None = Field(default=None, foreign_key="participant.id", index=True)
    role: str | None = None
    once: bool = False
    opened_by: str | None = Field(default=None, foreign_key="token.id")
    created_at: datetime
    used_at: datetime | None = None
    seen_at: datetime | None = None
    left_at: datetime | None = None
    email: str | None = None
    revoked_at: datetime | None = None


class Admission(SQLModel, table=True):
    """Someone at the door with the shared code, until the facilitator confirms."""

    __tablename__ = "admission"
    __table_args__ = (one_of("status", ADMISSIONS),)

    id: str = Field(default_factory=new_id, primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id", index=True)
    token_id: str = Field(foreign_key="token.id")
    participant_id: str | None = Field(default=None, foreign_key="participant.id")
    label: str = ""
    status: str = "waiting"
    asked_at: datetime
    decided_at: datetime | None = None


class PrivateNote(SQLModel, table=True):
    """What a participant kept for themselves; nobody else ever reads it."""

    __tablename__ = "private_note"

    id: str = Field(default_factory=new_id, primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id")
    participant_id: str = Field(foreign_key="participant.id", index=True)
    text: str
    at: datetime


class TakenHome(SQLModel, table=True):
    """That a delegation took the draft home, as it stood at the log's number `seq`; not who of
    its members did."""

    __tablename__ = "taken_home"

    id: str = Field(default_factory=new_id, primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id")
    delegation_id: str = Field(foreign_key="delegation.id", index=True)
    seq: int
    at: datetime
