"""The matrix over the API: its rows, and cells written by several hands."""

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import Field
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from app.actions import matrix as actions
from app.errors import NotFound
from app.queries.flags import FlagView
from app.queries.matrix import Matrix, Row, matrix
from app.queries.story import story
from app.web.api.base import Body, json_router
from app.web.api.rounds import AtActivity
from app.web.deps import InWorkshop, Version, Visit, version

router: APIRouter = json_router()


class CellValues(Body):
    text: str | None = None
    level: str | None = None
    lead_actor: str | None = None
    partners: str | None = None
    time_frame: str | None = None
    resources: str | None = None
    indicator: str | None = None
    evidence_status: str | None = None
    evidence: Annotated[list[str], Field(max_length=200)] | None = None
    source: str | None = None
    notes: str | None = None


class PutRow(Body):
    row: str


@router.get("/workshops/{workshop_id}/matrix")
async def read(here: InWorkshop) -> Any:
    return as_data(await here.read(matrix, here.actor))


@router.get("/workshops/{workshop_id}/matrix/{area_id}/{response_id}")
async def read_cell(here: InWorkshop, area_id: str, response_id: str, answer: Response) -> Any:
    """One cell and its story: first wordings, merges, votes, rulings, in the log's order."""
    found = await here.read(_cell, area_id, response_id)
    told = await here.read(story, found.id, here.actor)
    row = await row_by_id(here, found.id)
    events = [{"number": event.number, "sentence": str(event.sentence)} for event in told.events]
    return _marked(answer, {**row, "story": events})


@router.put("/workshops/{workshop_id}/matrix/{area_id}/{response_id}")
async def put_cell(
    request: Request,
    answer: Response,
    here: InWorkshop,
    area_id: str,
    response_id: str,
    body: CellValues,
) -> Any:
    """A new cell with `If-None-Match: *` (201), a changed one with `If-Match` (200)."""
    new = request.headers.get("if-none-match", "").strip() == "*"
    edited = None if new else await version(request)
    given = body.model_dump(exclude_unset=True, exclude_none=True)
    done = await here.change(actions.put_cell, area_id, response_id, given, edited, new)
    answer.status_code = 201 if new else 200
    return _marked(answer, await row_by_id(here, done.id))


@router.post("/workshops/{workshop_id}/matrix/kept", status_code=201)
async def lay_kept(here: InWorkshop) -> Any:
    """Lay a row for every response that a published choice kept and that has none yet."""
    done = await here.change(actions.lay_kept)
    return {"rows": done.ids}


@router.delete("/workshops/{workshop_id}/matrix/{area_id}/{response_id}", status_code=204)
async def remove_cell(here: InWorkshop, area_id: str, response_id: str, edited: Version) -> None:
    found = await here.read(_cell, area_id, response_id)
    await here.change(actions.remove_cell, found.id, edited)


@router.post("/activities/{activity_id}/put")
async def put_row(here: AtActivity, activity_id: str, body: PutRow) -> Any:
    await here.change(actions.put_row, activity_id, body.row)
    return await row_by_id(here, body.row)


def _cell(conn: Connection, workshop_id: str, area_id: str, response_id: str) -> Row:
    for row in matrix(conn, workshop_id).cells:
        if (row.cell.area_id, row.cell.response_id) == (area_id, response_id):
            return row
    raise NotFound


async def row_by_id(here: Visit, row_id: str) -> dict[str, Any]:
    """One row of the matrix as this visitor may know it, or NotFound."""
    found = await here.read(matrix, here.actor)
    alone = (*found.component_rows.values(), *found.conclusion_rows.values())
    for row in (*found.cells, *alone):
        if row.id == row_id:
            return row_data(row)
    raise NotFound


def _marked(answer: Response, data: dict[str, Any]) -> dict[str, Any]:
    answer.headers["etag"] = f'"{data["version"]}"'
    return data


def flag_data(flag: FlagView) -> dict[str, Any]:
    return {
        "id": flag.id,
        "flag": flag.flag,
        "text": flag.text,
        "by": flag.by or None,
        "named": flag.named,
        "own": flag.own,
        "asked_again": flag.asked_again,
        "taken_up": flag.taken_up,
        "passage": flag.passage,
        "wording": flag.wording,
        "wording_n": flag.n,
        "set_aside": flag.set_aside or None,
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
        "settled": row.settled,
        "agreed_text": row.adopted.text if row.adopted else None,
        "ruling": agreement.ruling if agreement else None,
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
                "problem_statement": area.row.problem_statement,
                "regional_context": area.row.regional_context,
                "priority": _figures(area.figures),
                "cells": [row_data(cell) for cell in area.cells],
            }
            for area in found.areas
        ],
        "conclusions": [row_data(row) for row in found.conclusion_rows.values()],
        "settled": found.settled,
        "rows": len(found.cells),
    }


def _figures(figures: Any) -> dict[str, Any] | None:
    if figures is None:
        return None
    return {name: getattr(figures, name) for name in ("median", "iqr", "n", "rank")}
