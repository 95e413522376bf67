"""Tokens: links for roles and persons, made anew and revoked."""

from datetime import datetime
from typing import Literal

from pydantic import model_validator
from starlette.requests import Request
from starlette.responses import Response

from app.actions import tokens as actions
from app.db import derived_token
from app.policy import may_make_token, require
from app.queries import tokens as queries
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
from app.web.cookies import set_tokens, tokens_in
from app.web.deps import InWorkshop, Visit, visit

router = json_router()


class OwnerToken(Body):
    role: Literal["owner"]


class NewToken(Body):
    role: Literal["organiser", "facilitator", "screen"] | None = None
    participant: str | None = None

    @model_validator(mode="after")
    def _one_door(self) -> "NewToken":
        if (self.role is None) == (self.participant is None):
            raise ValueError("give either a role or a participant")
        return self


class Token(Answer):
    id: str
    kind: str
    role: str | None
    participant_id: str | None
    created_at: datetime
    used_at: datetime | None
    seen_at: datetime | None


class MadeToken(Token):
    token: str


@router.post("/tokens", status_code=201)
async def make_owner_link(request: Request, body: OwnerToken) -> MadeToken:
    """A link that signs one device in as the server's owner, once."""
    owner = await visit(request)
    done = await owner.change(actions.make_token, body.role, once=True)
    return (await _made(owner, [done.id]))[0]


@router.post("/workshops/{workshop_id}/tokens", status_code=201)
async def make(
    request: Request, here: InWorkshop, body: OneOrMany[NewToken]
) -> MadeToken | list[MadeToken]:
    """Fresh links for roles or persons; those handed out before go on working."""
    wanted = [(one.role, one.participant) for one in body]
    done = await here.change(actions.make_tokens, wanted)
    return await same_form(request, await _made(here, done.ids))


@router.get("/workshops/{workshop_id}/tokens")
async def every(here: InWorkshop, page: PageQuery) -> Items:
    """The doors of this workshop that are open; never their secrets."""
    require(may_make_token(here.actor, None))
    return paged(await here.read(queries.tokens_of), page, Token)


@router.delete("/tokens/{token_id}", status_code=204)
async def revoke(request: Request, token_id: str) -> Response:
    """Close a door: one's own, or any of the workshop for those who run it."""
    place = await request.app.state.db.read(queries.workshop_of_token, token_id)
    here = await visit(request, place or "")
    await here.change(actions.revoke_token, token_id)
    return Response(status_code=204)


@router.post("/tokens/{token_id}/rotation", status_code=201)
async def rotate(request: Request, response: Response, token_id: str) -> MadeToken:
    """A new secret for a link or device, told once (and again to the same key); the old one and
    the devices that came in by it open nothing any more."""
    place = await request.app.state.db.read(queries.workshop_of_token, token_id)
    here = await visit(request, place or "")
    done = await here.change(actions.rotate_token, token_id)
    (made,) = await _made(here, [done.id])
    await _hold(request, response, token_id, made.token)
    return made


async def _hold(request: Request, response: Response, old_id: str, new: str) -> None:
    """The browser that changed its own secret goes on with the new one."""
    held = tokens_in(request)
    rows = await request.app.state.db.read(queries.by_secret, held)
    kept = [new if rows.get(secret) == old_id else secret for secret in held]
    if kept != held:
        set_tokens(response, request, kept)


async def _made(here: Visit, ids: list[str]) -> list[MadeToken]:
    rows = await here.db.read(queries.tokens_by_id, ids)
    return [
        MadeToken(
            **Token.model_validate(row).model_dump(),
            token=derived_token(here.db.secret, here.key, row.id, row.role or "participant"),
        )
        for row in rows
    ]
