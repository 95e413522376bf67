"""The agenda over several days. Planned times are the venue's, actual ones moments."""

from datetime import datetime
from typing import Annotated

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from app.actions import agenda as actions
from app.queries.agenda import items_by_id
from app.queries.step import agenda_of
from app.web.api.base import (
    Answer,
    Body,
    Items,
    OneOrMany,
    PageQuery,
    json_router,
    paged,
    same_form,
)
from app.web.deps import InWorkshop, Version, Visit

router = json_router()
Day = Annotated[int, Field(ge=1, le=60)]


class NewItem(Body):
    day: Day
    start: str
    end: str
    title: str
    kind: str = "discussion"
    setting: str = "plenary"
    lead: str = ""
    closed_to_observers: bool = False


class ItemChanges(Body):
    day: Day = 1
    start: str = ""
    end: str = ""
    title: str = ""
    kind: str = "discussion"
    setting: str = "plenary"
    lead: str = ""
    closed_to_observers: bool = False


class Item(Answer):
    id: str
    day: int
    start: str
    end: str
    kind: str
    setting: str
    title: str
    lead: str
    closed_to_observers: bool
    started_at: datetime | None
    finished_at: datetime | None
    version: int


@router.get("/workshops/{workshop_id}/agenda")
async def every(here: InWorkshop, page: PageQuery) -> Items:
    """All items, day by day."""
    return paged(await here.read(agenda_of), page, Item)


@router.post("/workshops/{workshop_id}/agenda", status_code=201)
async def lay(request: Request, here: InWorkshop, body: OneOrMany[NewItem]) -> Item | list[Item]:
    """Lay one item or many."""
    done = await here.change(actions.add_items, [one.given() for one in body])
    rows = await here.read(items_by_id, done.ids)
    return await same_form(request, [Item.model_validate(row) for row in rows])


@router.get("/workshops/{workshop_id}/agenda/{item_id}")
async def read(here: InWorkshop, item_id: str) -> Item:
    """One item."""
    return await _answer(here, item_id)


@router.patch("/workshops/{workshop_id}/agenda/{item_id}")
async def change(here: InWorkshop, item_id: str, version: Version, body: ItemChanges) -> Item:
    """Change an item's plan."""
    await here.change(actions.change_item, item_id, version, body.given())
    return await _answer(here, item_id)


@router.delete("/workshops/{workshop_id}/agenda/{item_id}", status_code=204)
async def remove(here: InWorkshop, item_id: str) -> Response:
    """Take an item that was not started off the agenda."""
    await here.change(actions.remove_item, item_id)
    return Response(status_code=204)


@router.post("/workshops/{workshop_id}/agenda/{item_id}/start")
async def start(here: InWorkshop, item_id: str) -> Item:
    """The meeting is at this item now."""
    await here.change(actions.start_item, item_id)
    return await _answer(here, item_id)


@router.post("/workshops/{workshop_id}/agenda/{item_id}/finish")
async def finish(here: InWorkshop, item_id: str) -> Item:
    """The item is over."""
    await here.change(actions.finish_item, item_id)
    return await _answer(here, item_id)


async def _answer(here: Visit, item_id: str) -> Item:
    return Item.model_validate((await here.read(items_by_id, [item_id]))[0])
