"""The start page: the owner's list of workshops, or where one joins."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from app.errors import Refused
from app.policy import Actor, may_create_workshop
from app.queries.tokens import first_place
from app.queries.workshops import workshops_for
from app.render import pages
from app.web.cookies import tokens_in
from app.web.deps import whoami
from app.web.language import language_of

router = APIRouter()


@router.get("/")
async def home(request: Request) -> Response:
    """The owner sees all workshops, a maker their own; others are led to theirs; a stranger may
    type a code."""
    try:
        actor = await whoami(request, None)
    except Refused:
        actor = Actor()
    if not may_create_workshop(actor):
        place = await request.app.state.db.read(first_place, tokens_in(request))
        return RedirectResponse(place or "/join", 303)
    rows = await request.app.state.db.read(workshops_for, actor)
    page = pages.page("pages/home.html", lang=language_of(request), workshops=rows, workshop=None)
    return HTMLResponse(page)


@router.get("/styleguide")
async def styleguide(request: Request) -> HTMLResponse:
    """The design system with the product's own content."""
    return HTMLResponse(
        pages.page("pages/styleguide.html", lang=language_of(request), workshop=None)
    )
