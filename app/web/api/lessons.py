"""Lessons learned."""

from datetime import datetime
from typing import Annotated

from pydantic import Field
from starlette.responses import Response

from app.actions import lessons as actions
from app.queries import lessons as queries
from app.queries.lessons import LessonView
from app.web.api.base import Answer, Body, Items, PageQuery, cut, json_router
from app.web.deps import InWorkshop, Version, Visit

router = json_router()
Ids = Annotated[list[str], Field(max_length=50)]


class NewLesson(Body):
    """`evidence`, `proposals` and `rows` are the ids of what it rests on."""

    tried: str
    result: str
    context: str = ""
    transferability: str = ""
    evidence: Ids = Field(default=[])
    proposals: Ids = Field(default=[])
    rows: Ids = Field(default=[])
    released: bool = False


class LessonChanges(NewLesson):
    tried: str = ""
    result: str = ""


class Lesson(Answer):
    """`by` says who told it, as far as you may know; `n` which version of it this is."""

    id: str
    context: str
    tried: str
    result: str
    transferability: str
    evidence: list[str]
    proposals: list[str]
    rows: list[str]
    by: str
    released: bool
    n: int
    number: int
    at: datetime
    version: int


@router.get("/workshops/{workshop_id}/lessons")
async def every(here: InWorkshop, page: PageQuery) -> Items:
    """All lessons that you may read."""
    return cut(await here.read(queries.lessons, here.actor), page, _as_data)


@router.post("/workshops/{workshop_id}/lessons", status_code=201)
async def tell(here: InWorkshop, body: NewLesson) -> Lesson:
    """Tell a lesson."""
    done = await here.change(actions.tell_lesson, body.given())
    return await _answer(here, done.id)


@router.get("/workshops/{workshop_id}/lessons/{lesson_id}")
async def read(here: InWorkshop, lesson_id: str) -> Lesson:
    """One lesson."""
    return await _answer(here, lesson_id)


@router.patch("/workshops/{workshop_id}/lessons/{lesson_id}")
async def change(here: InWorkshop, lesson_id: str, version: Version, body: LessonChanges) -> Lesson:
    """Reword a lesson (a new version), release it or take it back."""
    await here.change(actions.change_lesson, lesson_id, version, body.given())
    return await _answer(here, lesson_id)


@router.delete("/workshops/{workshop_id}/lessons/{lesson_id}", status_code=204)
async def remove(here: InWorkshop, lesson_id: str) -> Response:
    """Take a lesson out."""
    await here.change(actions.remove_lesson, lesson_id)
    return Response(status_code=204)


async def _answer(here: Visit, lesson_id: str) -> Lesson:
    return _as_data(await here.read(queries.lesson, here.actor, lesson_id))


def _as_data(one: LessonView) -> Lesson:
    said = {name: getattr(one.said, name) for name in ("n", *actions.WORDS, *actions.LINKS)}
    kept = {name: getattr(one.row, name) for name in ("id", "released", "number", "at", "version")}
    return Lesson.model_validate({**said, **kept, "by": one.by.text})
