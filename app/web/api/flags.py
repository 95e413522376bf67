"""Flags over the API: raised on a row, changed or withdrawn by their authors, taken up."""

from typing import Any, Literal

from fastapi import APIRouter

from app.actions import amending
from app.actions import flags as actions
from app.db import Done
from app.errors import NotFound
from app.queries.changes import recorded_at
from app.queries.flags import flags_of
from app.web.api.base import Body, json_router
from app.web.api.matrix import flag_data
from app.web.deps import InWorkshop, Version, Visit

router: APIRouter = json_router()

Kind = Literal["reservation", "stand_aside", "objection", "another_wording", "pending"]


class NewFlag(Body):
    row: str
    flag: Kind
    text: str = ""
    named: bool = False
    passage: str = ""
    wording: str = ""


class FlagChanges(Body):
    flag: Kind | None = None
    text: str | None = None
    named: bool | None = None
    withdrawn: bool | None = None


class Read(Body):
    """The version of the wording that was read beside the amendment."""

    wording_version: str | None = None


class SetAside(Body):
    reason: str


@router.post("/workshops/{workshop_id}/flags", status_code=201)
async def raise_flag(here: InWorkshop, body: NewFlag) -> Any:
    """Flag a row, or the `passage` that is quoted from it. With `another_wording`, `wording` may
    say how the whole would read: an amendment."""
    done = await here.change(
        actions.raise_flag,
        body.row,
        body.flag,
        body.text,
        body.named,
        body.passage,
        body.wording,
    )
    return await _receipt(here, done) | await _shown(here, done.id)


@router.patch("/workshops/{workshop_id}/flags/{flag_id}")
async def change_flag(here: InWorkshop, flag_id: str, edited: Version, body: FlagChanges) -> Any:
    given = body.model_dump(exclude_unset=True, exclude_none=True)
    done = await here.change(actions.change_flag, flag_id, edited, given)
    receipt = await _receipt(here, done)
    if given.get("withdrawn"):
        return receipt | {"id": flag_id, "withdrawn": True}
    return receipt | await _shown(here, flag_id)


@router.post("/workshops/{workshop_id}/flags/{flag_id}/take-up")
async def take_up(here: InWorkshop, flag_id: str, body: Read | None = None) -> Any:
    """Put its amendment into the row's next version; without one, or where the row has changed too
    much, record that the other wording it asked for stands in the row now."""
    await here.change(amending.take_up_flag, flag_id, body.wording_version if body else None)
    return await _shown(here, flag_id)


@router.post("/workshops/{workshop_id}/flags/{flag_id}/set-aside")
async def set_aside(here: InWorkshop, flag_id: str, body: SetAside) -> Any:
    """Answer that the wording is not taken up, and why; the flag stands."""
    await here.change(amending.set_aside_flag, flag_id, body.reason)
    return await _shown(here, flag_id)


async def _receipt(here: Visit, done: Done) -> dict[str, Any]:
    """Under which number the author's act stands in the record, and since when."""
    at = await here.db.read(recorded_at, here.workshop_id, done.number)
    return {"number": done.number, "recorded_at": at}


async def _shown(here: Visit, flag_id: str) -> dict[str, Any]:
    for row_id, standing in (await here.read(flags_of, here.actor)).items():
        for flag in standing:
            if flag.id == flag_id:
                return {"row": row_id, **flag_data(flag)}
    raise NotFound
