"""Links: opening one signs this device in and leads to the page of its role."""

import secrets
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.actions.admissions import ask_by_link
from app.actions.devices import leave_device, sign_in
from app.db import Key, derived_token
from app.errors import Conflict
from app.policy import SYSTEM, Actor
from app.queries.actors import actor_of
from app.queries.admissions import waits_already
from app.queries.tokens import held_beside, link_of, places_of
from app.web.cookies import set_tokens, tokens_in

router = APIRouter(include_in_schema=False)

PAGES = (
    ("owner", "/"),
    ("organiser", "/w/{id}/desk"),
    ("facilitator", "/w/{id}/control"),
    ("screen", "/w/{id}/screen"),
)
ROOM = "/w/{id}/room"


@router.get("/enter/{token}")
async def enter(request: Request, token: str) -> Response:
    """Sign this device in. A one-time link opens once; opened again on the same device, it leads
    on all the same. A personal link whose person is connected by another device waits until that
    one, or the facilitator, has said yes."""
    db = request.app.state.db
    link = await db.read(link_of, token)
    held = tokens_in(request)
    if link.once and link.used_at:
        already, _ = await db.read(actor_of, held, link.workshop_id)
        if already is not None and already.has(link.role):
            return _lead_on(link.workshop_id, already)
    secret = secrets.token_urlsafe(32)
    doors = (frozenset[str](), False)
    if link.participant_id:
        doors = request.app.state.hub.doors(link.workshop_id, link.participant_id)
    try:
        await db.change(link.workshop_id, sign_in, SYSTEM, token, secret, held, *doors)
    except Conflict as asks:
        if asks.code != "is_this_you":
            raise
        return await _wait(request, link, token, held)
    actor, _ = await db.read(actor_of, [secret], link.workshop_id)
    response = _lead_on(link.workshop_id, actor)
    set_tokens(response, request, [secret, *await db.read(held_beside, held, secret)])
    return response


async def _wait(request: Request, link: Any, token: str, held: list[str]) -> Response:
    """This browser waits with a token of its own, and asks once however often it comes."""
    db, at = request.app.state.db, f"/w/{link.workshop_id}/waiting/"
    if already := await db.read(waits_already, held, link.participant_id):
        return RedirectResponse(at + already, 303)
    key = Key(secrets.token_hex(32), b"link")
    done = await db.keyed(key, link.workshop_id, ask_by_link, SYSTEM, token)
    waits = derived_token(db.secret, key, done.id, "admission")
    response = RedirectResponse(at + done.id, 303)
    set_tokens(response, request, [waits, *await db.read(held_beside, held, waits)])
    return response


def _lead_on(workshop_id: str | None, actor: Actor) -> Response:
    page = next((page for role, page in PAGES if actor.has(role)), ROOM)
    return RedirectResponse(page.format(id=workshop_id), 303)


@router.post("/leave")
async def leave(request: Request) -> Response:
    """Sign this browser out of everything; its other pages are told within a second."""
    db, held = request.app.state.db, tokens_in(request)
    for place in await db.read(places_of, held):
        await db.change(place, leave_device, SYSTEM, held)
    response = RedirectResponse("/", 303)
    set_tokens(response, request, [])
    return response
