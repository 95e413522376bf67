"""One's own sheet of a Delphi: what one answered in every round, beside what the group said."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from sqlmodel import select

from app.errors import NotFound
from app.models import Activity
from app.policy import Actor, may_see_outcome
from app.queries.delphi import Delphi, Item, delphi
from app.queries.feedback import own_answers
from app.queries.results import OptionResult


@dataclass(frozen=True)
class Line:
    """One item: for each closed round one's own answer ("" for none, None for no opinion) and the
    group's figures, where one may see them and the round asked it."""

    item: Item
    own: list[Any]
    group: list[OptionResult | None]


@dataclass(frozen=True)
class Sheet:
    """All items of a Delphi for one person; `known` says of which rounds they may see the group."""

    delphi: Delphi
    known: list[bool]
    lines: list[Line]

    @property
    def told(self) -> bool:
        """Whether they may see how the last round left the items."""
        return bool(self.known and self.known[-1])


def sheet(conn: Connection, workshop_id: str, activity_id: str, actor: Actor) -> Sheet:
    """This person's sheet. Raises NotFound if the activity is no Delphi of this workshop, or is
    another group's."""
    activity = conn.execute(
        select(Activity).where(Activity.id == activity_id, Activity.workshop_id == workshop_id)
    ).one_or_none()
    if activity is None or activity.group_id not in (None, actor.group_id):
        raise NotFound
    if (found := delphi(conn, activity)) is None:
        raise NotFound
    own = [own_answers(conn, asked.row, actor) for asked in found.rounds]
    known = [bool(may_see_outcome(actor, asked.row)) for asked in found.rounds]
    lines = [
        Line(
            item,
            [answers.get(item.option.id, "") for answers in own],
            [
                asked.found.get(item.option.id) if seen else None
                for asked, seen in zip(found.rounds, known, strict=True)
            ],
        )
        for item in found.items
    ]
    return Sheet(found, known, lines)
