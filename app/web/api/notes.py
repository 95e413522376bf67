"""Notes of rapporteurs and drafting members."""

from datetime import datetime

from app.actions import notes as actions
from app.queries import notes as queries
from app.web.api.base import Answer, Body, Items, PageQuery, json_router, paged
from app.web.deps import InWorkshop, Version, Visit

router = json_router()


class NewNote(Body):
    text: str
    item: str | None = None
    group: str | None = None
    released: bool = False


class NoteChanges(Body):
    text: str = ""
    released: bool = False


class Note(Answer):
    id: str
    item: str | None
    group: str | None
    text: str
    released: bool
    at: datetime
    version: int


@router.get("/workshops/{workshop_id}/notes")
async def every(here: InWorkshop, page: PageQuery) -> Items:
    """All notes that you may read."""
    return paged(await here.read(queries.notes, here.actor), page, Note)


@router.post("/workshops/{workshop_id}/notes", status_code=201)
async def take(here: InWorkshop, body: NewNote) -> Note:
    """Take a note."""
    done = await here.change(actions.add_note, body.given())
    return await _answer(here, done.id)


@router.get("/workshops/{workshop_id}/notes/{note_id}")
async def read(here: InWorkshop, note_id: str) -> Note:
    """One note."""
    return await _answer(here, note_id)


@router.patch("/workshops/{workshop_id}/notes/{note_id}")
async def change(here: InWorkshop, note_id: str, version: Version, body: NoteChanges) -> Note:
    """Rewrite, release or take back a note."""
    await here.change(actions.change_note, note_id, version, body.given())
    return await _answer(here, note_id)


async def _answer(here: Visit, note_id: str) -> Note:
    return Note.model_validate(await here.read(queries.note, here.actor, note_id))
