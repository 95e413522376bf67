"""The desk: agenda, people, evidence, proposals, matrix, record, exports, the workshop itself."""

from typing import Any

from fastapi import APIRouter
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse

from app import clock
from app.activities import EXERCISES, terms_of
from app.activities.criteria import BY_METHOD
from app.activities.rules import rules_by_shape
from app.exports import EXPORTS, MADE
from app.policy import (
    Actor,
    may_export,
    may_facilitate,
    may_open_page,
    may_organise,
    may_see_people,
    may_take_whole,
    may_write,
    require,
)
from app.queries.activities import activities
from app.queries.evidence import evidence
from app.queries.groups import groups
from app.queries.lessons import lessons_on
from app.queries.mail import mailed
from app.queries.matrix import matrix
from app.queries.pace import against_plan, coverages, predictions, to_cut
from app.queries.people import people
from app.queries.proposals import components, proposals
from app.queries.proxies import leavers
from app.queries.retention import retention
from app.queries.sifting import Sieve
from app.queries.step import agenda_of, workshop_row
from app.queries.story import story
from app.queries.support import PLACED
from app.queries.tasks import exports_of, reason
from app.queries.tokens import devices_of
from app.queries.unfinished import unfinished
from app.web.addresses import base_address, join_address
from app.web.deps import InWorkshop, Visit
from app.web.pages.base import drawn, page
from app.web.pages.cards import card_links

router = APIRouter()


async def desk_page(here: Visit, tab: str, **context: Any) -> HTMLResponse:
    """One tab of the desk, for whoever may open it."""
    require(may_open_page(here.actor, "desk"))
    remembered = await here.read(retention, clock.now())
    return await page(
        here, f"pages/desk/{tab}.html", "desk", tab=tab, retention=remembered, **context
    )


@router.get("/w/{workshop_id}/desk")
async def desk(here: InWorkshop) -> RedirectResponse:
    tab = "agenda" if may_organise(here.actor) else "matrix"
    return RedirectResponse(f"/w/{here.workshop_id}/desk/{tab}", 303)


@router.get("/w/{workshop_id}/desk/agenda")
async def agenda(here: InWorkshop) -> HTMLResponse:
    return await desk_page(here, "agenda", **await here.read(_agenda, here.actor))


def _agenda(conn: Connection, workshop_id: str, actor: Actor) -> dict[str, Any]:
    items = agenda_of(conn, workshop_id)
    found = activities(conn, workshop_id)
    against, totals = against_plan(conn, workshop_id)
    accepted = [one for one in proposals(conn, workshop_id, actor) if one.row.status == "accepted"]
    areas = [{"proposal": one.id} for one in accepted if one.row.kind == "priority_area"]
    responses = [{"proposal": one.id} for one in accepted if one.row.kind == "response"]
    return {
        "days": [
            (day, [item for item in items if item.day == day])
            for day in sorted({item.day for item in items})
        ],
        "activities": found,
        "knows": bool(may_facilitate(actor)),
        "against": against,
        "totals": totals,
        "takes": predictions(conn, workshop_id),
        "ahead": coverages(conn, workshop_id),
        "cut": to_cut(conn, workshop_id, clock.now()),
        "terms": {
            one.id: terms_of(EXERCISES[one.row.type], one.row.title, one.row.settings)
            for one in found
        },
        "exercises": list(EXERCISES.values()),
        "ready": {rule: own["criteria"] for rule, own in BY_METHOD.items() if "criteria" in own},
        "weighs": {one.row.settings.get("weighs") for one in found},
        "weighed_by_group": PLACED,
        "rules": rules_by_shape(),
        "titles": {exercise.type: exercise.title for exercise in EXERCISES.values()},
        "sources": {
            "areas": areas,
            "responses": responses,
            "evidence": [{"evidence": item.id} for item in evidence(conn, workshop_id)],
            "cells": [{"cell": cell.id} for cell in matrix(conn, workshop_id).cells],
        },
    }


@router.get("/w/{workshop_id}/desk/people")
async def everyone(request: Request, here: InWorkshop) -> HTMLResponse:
    require(may_see_people(here.actor))
    organises = bool(may_organise(here.actor))
    return await desk_page(
        here,
        "people",
        people=await here.read(people),
        groups=await here.read(groups),
        left=await here.read(leavers),
        mailed={one.id: one for one in await here.read(mailed)},
        sends_mail=request.app.state.settings.mail is not None,
        doors=await here.read(devices_of) if organises else {},
        base=base_address(here.request),
        may_organise=organises,
    )


@router.get("/w/{workshop_id}/desk/cards")
async def cards(request: Request, here: InWorkshop) -> HTMLResponse:
    """Place cards: a personal link and its QR for each person."""
    require(may_organise(here.actor))
    links = await card_links(here, base_address(request))
    return await desk_page(here, "cards", cards=links)


@router.get("/w/{workshop_id}/desk/evidence")
async def under_review(here: InWorkshop) -> HTMLResponse:
    return await desk_page(
        here,
        "evidence",
        evidence=await here.read(evidence),
    )


@router.get("/w/{workshop_id}/desk/proposals")
async def all_proposals(here: InWorkshop) -> HTMLResponse:
    return await desk_page(
        here,
        "proposals",
        proposals=await here.read(proposals, here.actor),
        components=await here.read(components),
    )


@router.get("/w/{workshop_id}/desk/framework")
async def the_framework(here: InWorkshop) -> HTMLResponse:
    """Components with the areas under them, conclusions, working definitions."""
    return await desk_page(
        here,
        "framework",
        components=await here.read(components),
        may_write=bool(may_write(here.actor)),
    )


@router.get("/w/{workshop_id}/desk/matrix")
async def the_matrix(request: Request, here: InWorkshop, view: str = "grid") -> HTMLResponse:
    found = await here.read(proposals, here.actor)
    accepted = [one for one in found if one.row.status == "accepted"]
    return await desk_page(
        here,
        "matrix",
        layout=view if view in ("long", "cells") else "grid",
        sieve=Sieve.of(request.query_params),
        may_write=bool(may_write(here.actor)),
        areas=[one for one in accepted if one.row.kind == "priority_area"],
        responses=[one for one in accepted if one.row.kind == "response"],
    )


@router.get("/w/{workshop_id}/desk/story/{row_id}")
async def why(here: InWorkshop, row_id: str) -> HTMLResponse:
    """Why is this here? A row's way from first wording to ruling."""
    told = await here.read(story, row_id, here.actor)
    learned = await here.read(lessons_on, here.actor, told.about)
    return await desk_page(here, "story", story=told, lessons=learned)


@router.get("/w/{workshop_id}/desk/record")
async def the_record(here: InWorkshop) -> HTMLResponse:
    return await desk_page(here, "record")


@router.get("/w/{workshop_id}/desk/exports")
async def exports(here: InWorkshop) -> HTMLResponse:
    asked = await here.read(exports_of, here.actor.identity)
    may_take = may_take_whole(here.actor)
    return await desk_page(
        here, "exports", exports=EXPORTS, made=MADE, asked=asked, reason=reason, may_take=may_take
    )


@router.get("/w/{workshop_id}/mine/exports")
async def files(here: InWorkshop) -> HTMLResponse:
    """The files that this person waits for: fetched by their page, never pushed."""
    require(may_export(here.actor))
    asked = await here.read(exports_of, here.actor.identity)
    workshop = await here.read(workshop_row)
    return await drawn(
        here, "pages/_files.html", workshop=workshop, made=MADE, asked=asked, reason=reason
    )


@router.get("/w/{workshop_id}/desk/workshop")
async def particulars(request: Request, here: InWorkshop) -> HTMLResponse:
    workshop = await here.read(workshop_row)
    return await desk_page(
        here,
        "workshop",
        address=join_address(request, workshop.code),
        base=base_address(request),
        may_organise=bool(may_organise(here.actor)),
        unfinished=await here.read(unfinished),
    )
