"""Links: opening one signs this device in and leads to the page of its role."""

import secrets

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.actions.devices import leave_device, sign_in
from app.policy import SYSTEM, Actor
from app.queries.actors import actor_of
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
    on all the same."""
    db = request.app.state.db
    link = await db.read(link_of, token)
    held = tokens_in(request)
    if link.once and link.used_at:
        already, _ = await db.read(actor_of, held, link.workshop_id)
        if already is not None and already.has(link.role):
            return _lead_on(link.workshop_id, already)
    secret = secrets.token_urlsafe(32)
    await db.change(link.workshop_id, sign_in, SYSTEM, token, secret, held)
    actor, _ = await db.read(actor_of, [secret], link.workshop_id)
    response = _lead_on(link.workshop_id, actor)
    set_tokens(response, request, [secret, *await db.read(held_beside, held, secret)])
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
