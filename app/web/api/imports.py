"""Imports: a file of people, agenda items, evidence or proposals, previewed, then taken whole."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection
from sqlmodel import select
from starlette.datastructures import UploadFile
from starlette.requests import Request

from app.actions.agenda_import import import_agenda, plan_agenda
from app.actions.components_import import import_components, plan_components
from app.actions.evidence_import import import_evidence, plan_evidence
from app.actions.importing import Plan, refuse_faults
from app.actions.people_import import import_people, plan_people
from app.actions.proposals_import import import_proposals, plan_proposals
from app.db import Done
from app.errors import N_, Refused
from app.imports import NOUNS, Parsed, read_table
from app.models import LogLine
from app.policy import Actor, Verdict, may_organise, may_write, require
from app.web.deps import InWorkshop
from app.web.language import translator

router = APIRouter()
NO_FILE = N_("Choose a file first: CSV or XLSX.")
PREVIEWED = 500


@dataclass(frozen=True)
class Import:
    """How one noun is taken in: who may, the plan, the action. `app.imports` reads its files."""

    may: Callable[[Actor], Verdict]
    plan: Callable[..., Plan]
    action: Callable[..., Done]


IMPORTS = {
    "people": Import(may_organise, plan_people, import_people),
    "agenda": Import(may_organise, plan_agenda, import_agenda),
    "evidence": Import(may_write, plan_evidence, import_evidence),
    "components": Import(may_write, plan_components, import_components),
    "proposals": Import(may_organise, plan_proposals, import_proposals),
}
Noun = Literal["people", "agenda", "evidence", "components", "proposals"]


class Preview(BaseModel):
    model_config = ConfigDict(extra="forbid")

    preview: bool = False


@router.post("/workshops/{workshop_id}/import/{noun}")
async def import_file(
    request: Request, here: InWorkshop, noun: Noun, wanted: Annotated[Preview, Query()]
) -> dict[str, Any]:
    """Import a CSV or XLSX file, sent as it is or as the field `file` of a form.

    With `?preview=1` nothing is changed: the answer lists what would be added, changed and left
    alone, and what is wrong with which row. Without it a single wrong row refuses the whole file.
    """
    chosen, say = IMPORTS[noun], translator(request)
    require(chosen.may(here.actor))
    data, name = await _file(request)
    table = await asyncio.to_thread(read_table, data, name)
    parsed = await asyncio.to_thread(NOUNS[noun].parse, table, say)
    if wanted.preview:
        plan = await here.read(chosen.plan, parsed.rows)
        return {"preview": True, **_planned(plan), **_wrong(parsed, plan)}
    refuse_faults(parsed.errors)
    done = await here.change(chosen.action, parsed.rows)
    line = await here.read(_line, done.number)
    after = await here.read(chosen.plan, parsed.rows)
    return {"preview": False, **line, "left": _left(after), "errors": [], "number": done.number}


async def _file(request: Request) -> tuple[bytes, str]:
    """The file and its name, which only tells the kinds of table apart."""
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        async with request.form(max_files=1, max_fields=5) as form:
            upload = form.get("file")
            if not isinstance(upload, UploadFile):
                raise Refused("no_file", NO_FILE, field="file")
            return await upload.read(), upload.filename or ""
    data = await request.body()
    if not data:
        raise Refused("no_file", NO_FILE, field="file")
    return data, ""


def _planned(plan: Plan) -> dict[str, Any]:
    return {
        "added": plan.added[:PREVIEWED],
        "changed": [
            {
                "id": one.id,
                "label": one.label,
                "fields": {
                    name: {"old": old, "new": new} for name, (old, new) in one.differs.items()
                },
            }
            for one in plan.changed[:PREVIEWED]
        ],
        "left": _left(plan),
        "same": plan.same,
    }


def _wrong(parsed: Parsed, plan: Plan) -> dict[str, Any]:
    faults = sorted([*parsed.errors, *plan.faults], key=lambda fault: fault.row)
    return {"errors": [vars(fault) for fault in faults[:PREVIEWED]]}


def _left(plan: Plan) -> list[dict[str, str]]:
    return [{"id": one, "label": label} for one, label in plan.left[:PREVIEWED]]


def _line(conn: Connection, workshop_id: str, number: int) -> dict[str, Any]:
    """What the import did, as the log tells it."""
    ids = conn.execute(
        select(LogLine.ids).where(LogLine.workshop_id == workshop_id, LogLine.number == number)
    ).scalar_one()
    return {"added": ids["added"], "changed": ids["changed"]}
