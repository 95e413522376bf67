"""The record as data: the numbered lines of the log."""

from typing import Annotated, Any

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Connection
from sqlmodel import col, select

from app.models import LogLine
from app.policy import STAFF, Actor
from app.queries.changes import Change
from app.web.api.base import Items, json_router
from app.web.deps import InWorkshop

router = json_router()
LAST = 2**63 - 1


class LogPage(BaseModel):
    """The log alone has a number for its cursor."""

    model_config = ConfigDict(extra="forbid")

    after: Annotated[int, Field(ge=0, le=LAST)] = 0
    limit: Annotated[int, Field(ge=1, le=200)] = 50


@router.get("/workshops/{workshop_id}/log")
async def log(here: InWorkshop, page: Annotated[LogPage, Query()]) -> Items:
    """Lines after a number. A line that you may not know of shows its number and hash alone, so
    that everybody can follow the chain's numbers."""
    rows = await here.read(lines_after, page.after, page.limit + 1)
    items = [_line(row, here.actor) for row in rows[: page.limit]]
    more = len(rows) > page.limit
    return Items(items=items, next=str(rows[page.limit - 1].number) if more else None)


def lines_after(conn: Connection, workshop_id: str, number: int, limit: int) -> list[Any]:
    """Rows of the log after a number."""
    return list(
        conn.execute(
            select(LogLine)
            .where(LogLine.workshop_id == workshop_id, LogLine.number > number)
            .order_by(col(LogLine.number))
            .limit(limit)
        )
    )


def _line(row: Any, actor: Actor) -> dict[str, Any]:
    known = Change(row.number, row.kind, row.ids).known_to(
        actor.participant_id, actor.has(*STAFF, "chair")
    )
    told = {"kind": row.kind, "ids": row.ids, "salted": row.salted} if known else {"kind": ""}
    return {"number": row.number, "at": row.at, **told, "hash": row.hash}
