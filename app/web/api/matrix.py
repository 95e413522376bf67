"""The matrix over the API: cells, flags, decisions."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request

from app.actions import decisions, flags
from app.actions import matrix as actions
from app.errors import N_, NotFound, Refused
from app.queries.matrix import Matrix, Row, flags_of, matrix
from app.web.api.base import Body, json_router
from app.web.api.rounds import AtActivity
from app.web.deps import InWorkshop, Version, Visit, version

router: APIRouter = json_router()

FlagKind = Literal["reservation", "stand_aside", "objection", "another_wording", "pending"]


class CellValues(Body):
    text: str | None = None
    level: str | None = None
    lead_actor: str | None = None
    partners: str | None = None
    time_frame: str | None = None
    resources: str | None = None
    indicator: str | None = None
    evidence_status: str | None = None
    evidence: list[str] | None = None
    source: str | None = None
    notes: str | None = None


class NewFlag(Body):
    row: str
    flag: FlagKind
    text: str = ""
    named: bool = False


class FlagChanges(Body):
    flag: FlagKind | None = None
    text: str | None = None
    named: bool | None = None
    withdrawn: bool | None = None


class NewDecision(Body):
    rows: Annotated[list[str], Field(min_length=1, max_length=500)]
    wording_versions: Annotated[list[str], Field(min_length=1, max_length=500)]
    ruling: Literal["consensus", "no_objection", "with_reservations", "not_agreed"]
    ruled_by: str
    text: str = ""


class PutRow(Body):
    row: str


@router.get("/workshops/{workshop_id}/matrix")
async def read(here: InWorkshop) -> Any:
    found = await here.read(matrix, here.actor)
    return as_data(found)


@router.put("/workshops/{workshop_id}/matrix/{area_id}/{response_id}")
async def put_cell(
    request: Request, here: InWorkshop, area_id: str, response_id: str, body: CellValues
) -> Any:
    """A new cell with `If-None-Match: *`, a changed one with `If-Match`."""
    new = request.headers.get("if-none-match", "").strip() == "*"
    edited = None if new else await version(request)
    given = body.model_dump(exclude_unset=True, exclude_none=True)
    done = await here.change(actions.put_cell, area_id, response_id, given, edited, new)
    return await _row(here, done.id)


@router.delete("/workshops/{workshop_id}/matrix/{area_id}/{response_id}", status_code=204)
async def remove_cell(here: InWorkshop, area_id: str, response_id: str, edited: Version) -> None:
    for row in (await here.read(matrix, here.actor)).cells:
        if (row.cell.area_id, row.cell.response_id) == (area_id, response_id):
            await here.change(actions.remove_cell, row.id, edited)
            return
    raise NotFound


@router.post("/workshops/{workshop_id}/flags", status_code=201)
async def raise_flag(here: InWorkshop, body: NewFlag) -> Any:
    done = await here.change(flags.raise_flag, body.row, body.flag, body.text, body.named)
    return await _flag(here, done.id)


@router.patch("/workshops/{workshop_id}/flags/{flag_id}")
async def change_flag(here: InWorkshop, flag_id: str, edited: Version, body: FlagChanges) -> Any:
    given = body.model_dump(exclude_unset=True, exclude_none=True)
    await here.change(flags.change_flag, flag_id, edited, given)
    if given.get("withdrawn"):
        return {"id": flag_id, "withdrawn": True}
    return await _flag(here, flag_id)


@router.post("/workshops/{workshop_id}/decisions", status_code=201)
async def decide(here: InWorkshop, body: NewDecision) -> Any:
    done = await here.change(
        decisions.decide,
        body.rows,
        body.wording_versions,
        body.ruling,
        body.ruled_by,
        body.text,
    )
    return {"id": done.id, "number": done.number, "ruling": body.ruling, "rows": body.rows}


@router.post("/activities/{activity_id}/put")
async def put_row(here: AtActivity, activity_id: str, body: PutRow) -> Any:
    await here.change(actions.put_row, activity_id, body.row)
    return await _row(here, body.row)


async def _row(here: Visit, row_id: str) -> dict[str, Any]:
    found = await here.read(matrix, here.actor)
    for row in (*found.cells, *found.component_rows.values()):
        if row.id == row_id:
            return row_data(row)
    raise NotFound


async def _flag(here: Visit, flag_id: str) -> dict[str, Any]:
    for row_id, standing in (await here.read(flags_of, here.actor)).items():
        for flag in standing:
            if flag.id == flag_id:
                return {"row": row_id, **flag_data(flag)}
    raise Refused("not_found", N_("This flag does not stand any more."))


def flag_data(flag: Any) -> dict[str, Any]:
    return {
        "id": flag.id,
        "flag": flag.flag,
        "text": flag.text,
        "by": flag.by or None,
        "own": flag.own,
        "asked_again": flag.asked_again,
        "version": flag.version,
    }


def row_data(row: Row) -> dict[str, Any]:
    """One row: its present draft, how it stands, and the agreed text beside it."""
    agreement = row.agreement
    found: dict[str, Any] = {
        "id": row.id,
        "kind": row.kind,
        "text": row.text,
        "wording_version": row.wording.id,
        "wording_n": row.wording.n,
        "version": row.version,
        "state": row.state,
        "agreed_text": agreement.text if agreement else None,
        "decision": agreement.number if agreement else None,
        "changed_since": row.changed_since,
        "flags": [flag_data(flag) for flag in row.flags],
    }
    if row.kind == "cell":
        found |= {
            "area": row.cell.area_id,
            "response": row.cell.response_id,
            "response_no": row.response.own_key,
            **row.values,
            "notes": row.cell.notes,
            "evidence": [item.id for item in row.evidence],
            "support": str(row.support) if row.support else None,
        }
    return found


def as_data(found: Matrix) -> dict[str, Any]:
    """The matrix: components, areas with their figures, cells."""
    return {
        "components": [row_data(row) for row in found.component_rows.values()],
        "areas": [
            {
                "id": area.row.id,
                "no": area.no,
                "text": area.text,
                "component": area.component_id,
                "priority": _figures(area.figures),
                "cells": [row_data(cell) for cell in area.cells],
            }
            for area in found.areas
        ],
        "settled": found.settled,
        "rows": len(found.cells),
    }


def _figures(figures: Any) -> dict[str, Any] | None:
    if figures is None:
        return None
    return {name: getattr(figures, name) for name in ("median", "iqr", "n", "rank")}
