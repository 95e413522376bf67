"""Joining by the shared code, and the facilitator's answer at the door."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field
from starlette.requests import Request

from app.actions import admissions as actions
from app.actions.codes import normal_code
from app.db import derived_token
from app.errors import N_, Conflict, NotFound
from app.policy import Actor, may_facilitate, require
from app.queries import admissions as queries
from app.queries.people import not_yet_here
from app.queries.workshops import workshop_by_code
from app.web.api.base import Answer, Body, Items, PageQuery, json_router, paged
from app.web.deps import InWorkshop, key_of, whoami

router = json_router()
NO_SUCH_CODE = N_("There is no meeting with this code. Look at the big screen again.")


class Knock(Body):
    code: Annotated[str, Field(max_length=40)] = ""
    participant: str | None = None
    label: str | None = None


class Knocked(BaseModel):
    admission: str
    token: str


class Name(Answer):
    id: str
    label: str


class Door(BaseModel):
    id: str
    title: str
    participants: list[Name]


class Admission(Answer):
    id: str
    label: str
    participant_id: str | None
    status: str
    asked_at: datetime
    decided_at: datetime | None


class Decision(Body):
    admit: bool
    participant: str | None = None
    roles: list[str] | None = None
    sign_out: bool = False


@router.get("/workshops/{code}/join")
async def at_the_door(request: Request, code: str) -> Door:
    """The meeting behind a code, and the names of those not yet here to pick one's own from."""
    found = await behind(request, code)
    names = await request.app.state.db.read(not_yet_here, found.id)
    return Door(
        id=found.id, title=found.title, participants=[Name.model_validate(name) for name in names]
    )


@router.post("/workshops/{id_or_code}/join", status_code=202)
async def join(request: Request, id_or_code: str, body: Knock) -> Knocked:
    """Knock. The token waits with you; once you are admitted it is yours."""
    found = await behind(request, body.code or id_or_code)
    if id_or_code != found.id and normal_code(id_or_code) != found.code:
        raise NotFound(NO_SUCH_CODE)
    stranger, db = Actor(found.id), request.app.state.db
    key = await key_of(request, stranger)
    done = await db.keyed(
        key, found.id, actions.ask_admission, stranger, body.participant, body.label
    )
    return Knocked(admission=done.id, token=derived_token(db.secret, key, done.id, "admission"))


async def behind(request: Request, code: str) -> Any:
    """The workshop behind a code as a person typed it, until it has ended; guessing is slowed
    down."""
    address = request.client.host if request.client else ""
    async with request.app.state.door.knock(address):
        found = await request.app.state.db.read(workshop_by_code, normal_code(code))
        if found is None:
            raise NotFound(NO_SUCH_CODE)
        if found.ended_at:
            raise Conflict("ended", actions.ENDED)
        return found


@router.get("/workshops/{workshop_id}/admissions")
async def every(here: InWorkshop, page: PageQuery) -> Items:
    """All who knocked, for those who run the meeting."""
    require(may_facilitate(here.actor))
    return paged(await here.read(queries.admissions), page, Admission)


@router.get("/workshops/{workshop_id}/admissions/{admission_id}")
async def read(request: Request, workshop_id: str, admission_id: str) -> Admission:
    """How it stands, for whoever waits and for those who run the meeting."""
    actor = await whoami(request, workshop_id)
    found = await request.app.state.db.read(queries.admission, workshop_id, admission_id)
    if found.token_id != actor.token_id:
        require(may_facilitate(actor))
    return Admission.model_validate(found)


@router.post("/workshops/{workshop_id}/admissions/{admission_id}")
async def decide(here: InWorkshop, admission_id: str, body: Decision) -> Admission:
    """Admit or refuse; for one's own second device also whoever's link it came by, who says by
    `sign_out` that it takes the first one's place."""
    await here.change(
        actions.decide_admission, admission_id, body.admit, body.participant, body.roles,
        body.sign_out,
    )  # fmt: skip
    return Admission.model_validate(await here.read(queries.admission, admission_id))
