"""Participants: the list of people, for those who run the meeting."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field
from starlette.requests import Request
from starlette.responses import Response

from app.actions import people as actions
from app.actions.leaving import leave_meeting, return_to_meeting
from app.actions.people_erasing import erase_person
from app.actions.people_leaving import remove_person
from app.db import derived_token
from app.policy import may_see_people, require
from app.queries import people as queries
from app.queries.proxies import leaver
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
from app.web.deps import InWorkshop, Version

router = json_router()


def _words(value: Any) -> Any:
    """A list, or a text with semicolons as in a table's cell."""
    if isinstance(value, str):
        return [word.strip() for word in value.split(";") if word.strip()]
    return value


Words = Annotated[list[str], BeforeValidator(_words), Field(max_length=20)]


class NewPerson(Body):
    label: str
    own_key: str | None = None
    roles: Words = Field(default=["participant"])
    capacity: str = ""
    delegation: str = ""
    region: Words = Field(default=[])
    group: str = ""
    institution_type: str = ""
    email: str = ""
    language: str = ""


class PersonChanges(NewPerson):
    label: str = ""


class Person(Answer):
    id: str
    own_key: str | None
    label: str
    roles: list[str]
    capacity: str
    delegation: str
    region: list[str]
    group: str
    institution_type: str
    email: str
    language: str
    arrived_at: datetime | None
    version: int


class AddedPerson(Person):
    token: str


@router.get("/workshops/{workshop_id}/participants")
async def every(here: InWorkshop, page: PageQuery) -> Items:
    """Everyone on the list."""
    require(may_see_people(here.actor))
    return paged(await here.read(queries.people), page, Person)


@router.post("/workshops/{workshop_id}/participants", status_code=201)
async def add(
    request: Request, here: InWorkshop, body: OneOrMany[NewPerson]
) -> AddedPerson | list[AddedPerson]:
    """Put people on the list. Each answer holds the person's own token: `/enter/TOKEN` is their
    link."""
    done = await here.change(actions.add_people, [one.given() for one in body])
    rows = await here.read(queries.people_by_id, done.ids)
    added = [
        AddedPerson(
            **vars(row),
            token=derived_token(here.db.secret, here.key, row.id, "participant"),
        )
        for row in rows
    ]
    return await same_form(request, added)


@router.get("/workshops/{workshop_id}/participants/{participant_id}")
async def read(here: InWorkshop, participant_id: str) -> Person:
    """One person."""
    if participant_id != here.actor.participant_id:
        require(may_see_people(here.actor))
    return Person.model_validate(await here.read(queries.person, participant_id))


@router.patch("/workshops/{workshop_id}/participants/{participant_id}")
async def change(
    here: InWorkshop, participant_id: str, version: Version, body: PersonChanges
) -> Person:
    """Change what is known of a person."""
    await here.change(actions.change_person, participant_id, version, body.given())
    return Person.model_validate(await here.read(queries.person, participant_id))


@router.delete("/workshops/{workshop_id}/participants/{participant_id}", status_code=204)
async def remove(here: InWorkshop, participant_id: str, version: Version) -> Response:
    """Take a person who has done nothing yet off the list."""
    await here.change(remove_person, participant_id, version)
    return Response(status_code=204)


@router.delete(
    "/workshops/{workshop_id}/participants/{participant_id}/particulars", status_code=204
)
async def erase(here: InWorkshop, participant_id: str, version: Version) -> Response:
    """Erase who a person was: their particulars, links, reasons and notes. What was counted and
    agreed stays, and the record can still be verified."""
    await here.change(erase_person, participant_id, version)
    return Response(status_code=204)


class Leaving(Body):
    proxy: str | None = None


class Leaver(BaseModel):
    id: str
    left_at: datetime | None
    proxy: str | None


@router.post("/workshops/{workshop_id}/participants/{participant_id}/leave")
async def leave(here: InWorkshop, participant_id: str, body: Leaving) -> Leaver:
    """Note that somebody has left, and who votes for them in rounds that open from now on."""
    await here.change(leave_meeting, participant_id, body.proxy or None)
    return Leaver(**await here.read(leaver, participant_id))


@router.post("/workshops/{workshop_id}/participants/{participant_id}/return")
async def back(here: InWorkshop, participant_id: str) -> Leaver:
    """Note that somebody is back: they vote themselves again."""
    await here.change(return_to_meeting, participant_id)
    return Leaver(**await here.read(leaver, participant_id))
