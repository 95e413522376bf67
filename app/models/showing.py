"""What was put before a voting unit to compare: which set, in which order, and by which rule."""

from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.base import new_id


class Showing(SQLModel, table=True):
    """A pair, or a few options, shown to one voting unit as its `n`th. `item` names the set as a
    ballot does, `shown` has it in the order in which it stood there. It holds no time: what was
    shown is nobody's speed."""

    __tablename__ = "showing"
    __table_args__ = (UniqueConstraint("entry_id", "item"), UniqueConstraint("entry_id", "n"))

    id: str = Field(default_factory=new_id, primary_key=True)
    round_id: str = Field(foreign_key="round.id", index=True)
    entry_id: str = Field(foreign_key="register_entry.id")
    n: int
    item: str
    shown: list[Any] = Field(sa_type=JSON)
    rule: str
