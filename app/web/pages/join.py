"""Joining by the shared code: type it, pick one's own name, wait for the facilitator's key."""

import secrets
from typing import Any
from urllib.parse import urlsplit

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from app.actions.admissions import ask_admission
from app.actions.codes import normal_code
from app.actions.devices import renew_secret
from app.db import Key, derived_token
from app.errors import NotFound, Refused
from app.policy import Actor
from app.queries.admissions import admission, came_by_link
from app.queries.people import not_yet_here
from app.queries.step import workshop_row
from app.queries.tokens import by_secret, held_beside
from app.render import pages
from app.web.api.admissions import behind
from app.web.cookies import set_tokens, tokens_in
from app.web.deps import whoami
from app.web.language import language_of, translator

router = APIRouter()


@router.get("/join")
async def ask_code(request: Request, code: str = "") -> Response:
    """Where one types the code; with a code, on to the names."""
    if code.strip():
        return RedirectResponse(f"/join/{normal_code(code) or '-'}", 303)
    return _page(request, "pages/join.html", code="", found=None, names=[], trouble="")


@router.get("/join/{code}")
async def ask_name(request: Request, code: str, trouble: str = "") -> HTMLResponse:
    """The meeting behind the code, and the names of those not yet here."""
    try:
        found = await behind(request, code)
    except (NotFound, Refused) as refusal:
        sentence = refusal.sentence(translator(request))
        return _page(request, "pages/join.html", code=code, found=None, names=[], trouble=sentence)
    names = await request.app.state.db.read(not_yet_here, found.id)
    return _page(
        request, "pages/join.html", code=found.code, found=found, names=names, trouble=trouble
    )


@router.post("/join/{code}")
async def knock(request: Request, code: str) -> Response:
    """Knock under the name that was picked or typed; this browser waits with its own token."""
    form = await request.form()
    found = await behind(request, code)
    participant, label = str(form.get("who") or ""), str(form.get("label") or "")
    db, key = request.app.state.db, Key(secrets.token_hex(32), b"join")
    try:
        done = await db.keyed(
            key, found.id, ask_admission, Actor(found.id), participant or None, label or None
        )
    except Refused as refusal:
        return await ask_name(request, code, refusal.sentence(translator(request)))
    token = derived_token(db.secret, key, done.id, "admission")
    response = RedirectResponse(f"/w/{found.id}/waiting/{done.id}", 303)
    held = await db.read(held_beside, tokens_in(request), token)
    set_tokens(response, request, [token, *held])
    return response


@router.get("/w/{workshop_id}/waiting/{admission_id}")
async def waiting(request: Request, workshop_id: str, admission_id: str) -> Response:
    """Waiting at the door: nothing of the meeting is shown here but its title."""
    actor = await whoami(request, workshop_id)
    db = request.app.state.db
    found = await db.read(admission, workshop_id, admission_id)
    if found.status == "admitted":
        return await _let_in(request, workshop_id, found, actor)
    if found.token_id != actor.token_id and not actor.has("owner", "organiser", "facilitator"):
        raise NotFound
    workshop = await db.read(workshop_row, workshop_id)
    by_link = await db.read(came_by_link, found)
    return _page(request, "pages/waiting.html", admission=found, workshop=workshop, by_link=by_link)


async def _let_in(request: Request, workshop_id: str, found: Any, actor: Actor) -> Response:
    """On to the room. Who waited is somebody now, and their browser is known by a new secret."""
    response = RedirectResponse(f"/w/{workshop_id}/room", 303)
    db, held = request.app.state.db, tokens_in(request)
    ids = await db.read(by_secret, held)
    waited = next((one for one in held if ids.get(one) == found.token_id), None)
    if waited and found.token_id in actor.held:
        new = secrets.token_urlsafe(32)
        await db.change(workshop_id, renew_secret, actor, waited, new)
        set_tokens(response, request, [new if one == waited else one for one in held])
    return response


def _page(request: Request, template: str, **context: Any) -> HTMLResponse:
    context.setdefault("workshop", context.get("found"))
    context["provider"] = urlsplit(request.app.state.settings.oidc_issuer).hostname
    return HTMLResponse(pages.page(template, lang=language_of(request), **context))
