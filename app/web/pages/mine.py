"""For whoever sits in the room: what became of mine, why a row is here, the matrix to take home."""

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from app.queries.lessons import lessons_on, released_lessons
from app.queries.own_paths import own_paths
from app.queries.private_notes import own_notes
from app.queries.sheet import sheet
from app.queries.story import story
from app.web.deps import InWorkshop
from app.web.pages.base import page

router = APIRouter()
THREAD = ("thread",)  # what these pages show of the room


@router.get("/w/{workshop_id}/mine/proposals")
async def mine(here: InWorkshop) -> HTMLResponse:
    """The way of each of one's own proposals, and one's private notes: nobody else's to see."""
    return await page(
        here,
        "pages/mine.html",
        "room",
        names=THREAD,
        paths=await here.read(own_paths, here.actor),
        notes=await here.read(own_notes, here.actor),
        lessons=await here.read(released_lessons, here.actor),
    )


@router.get("/w/{workshop_id}/story/{row_id}")
async def why(here: InWorkshop, row_id: str) -> HTMLResponse:
    """Why is this here? A row's way in five lines, as far as this reader may know it."""
    told = await here.read(story, row_id, here.actor)
    learned = await here.read(lessons_on, here.actor, told.about)
    return await page(here, "pages/story.html", "room", names=THREAD, story=told, lessons=learned)


@router.get("/w/{workshop_id}/mine/sheet/{delphi_id}")
async def own_sheet(here: InWorkshop, delphi_id: str) -> HTMLResponse:
    """One's own sheet of a Delphi, to be printed: nobody else's to see."""
    found = await here.read(sheet, delphi_id, here.actor)
    return await page(here, "pages/sheet.html", "room", names=THREAD, sheet=found)


@router.get("/w/{workshop_id}/take")
async def take(here: InWorkshop) -> HTMLResponse:
    """Where the big screen sends everybody who wants the agreed matrix as a file."""
    return await page(here, "pages/take.html", "room", names=THREAD)
