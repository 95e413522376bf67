"""Activities over the API: added, changed, led from stage to stage."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter
from pydantic import Field

from app.actions import activities as actions
from app.actions.options import join_statement
from app.actions.sending_on import send_on
from app.activities.thrift import as_pair
from app.policy import Actor, may_facilitate
from app.queries import activities as queries
from app.web.api.base import Body, Items, PageQuery, cut, json_router
from app.web.api.rounds import AtActivity, AtRound, Criterion, NewRound
from app.web.deps import InWorkshop, Version, Visit

router: APIRouter = json_router()


class OptionGiven(Body):
    """An option by its text, or drawn from something that exists; an area with a response is a cell
    that may have no row in the matrix yet."""

    text: str | None = None
    id: str | None = None
    proposal: str | None = None
    evidence: str | None = None
    cell: str | None = None
    response: str | None = None
    version: str | None = None
    area: str | None = None


Known = Annotated[float, Field(ge=-1e12, le=1e12, allow_inf_nan=False)]
Percent = Annotated[int, Field(ge=0, le=100)]


class DelphiRules(Body):
    """Rounds of one rating, or one that shows each what the group says at once ("roundless").
    Shares are in percent."""

    kind: Literal["none", "rounds", "roundless"] = "rounds"
    most_rounds: Annotated[int, Field(ge=1, le=20)] | None = None
    stable_at: Percent | None = None
    share: Percent | None = None
    settled: Literal["leave", "stay"] | None = None


class Rewording(Body):
    option: str
    text: str


class Settings(NewRound):
    """What the activity gives to each of its rounds, and what it says of itself."""

    kind: Literal["priority_area", "response"] | None = None
    shown: Literal["named", "delegation", "anonymous"] | None = None
    regions: list[str] | None = None
    silent: Annotated[int, Field(ge=0, le=30)] | None = None
    delphi: DelphiRules | None = None
    criteria: Annotated[list[Criterion], Field(max_length=12)] | None = None
    weighs: str | None = None
    shares: Literal["mean", "median"] | None = None
    raters: Annotated[int, Field(ge=1, le=100)] | None = None
    cells_most: Annotated[int, Field(ge=1, le=500)] | None = None
    by_competence: bool | None = None
    stop_from: Annotated[int, Field(ge=1, le=100)] | None = None
    stop_iqr: Annotated[float, Field(ge=0, le=1000)] | None = None
    stop_settled: bool | None = None
    shortlist_from: Annotated[int, Field(ge=1, le=1000)] | None = None
    shortlist_top: Annotated[int, Field(ge=1, le=500)] | None = None
    realisations: Annotated[dict[str, Known | None], Field(max_length=500)] | None = None
    answers_shown: bool | None = None


class NewActivity(Body):
    type: str
    title: str
    settings: Settings = Field(default_factory=Settings)
    options: list[str | OptionGiven] = Field(default_factory=list, max_length=500)
    position: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
    agenda_item: str | None = None
    group: str | None = None


class ActivityChanges(Body):
    title: str | None = None
    settings: Settings | None = None
    position: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
    options: Annotated[list[str | OptionGiven], Field(max_length=500)] | None = None
    reword: Rewording | None = None
    agenda_item: str | None = None
    group: str | None = None


class Stage(Body):
    stage: str


class Focus(Body):
    focus: str | None


class SendOn(Body):
    """Where an outcome goes: the first `top`, all winners (null), or exactly `options`."""

    activity: str
    top: Annotated[int, Field(ge=1, le=500)] | None = None
    options: list[str] | None = None


class Statement(Body):
    text: str


@router.get("/workshops/{workshop_id}/activities")
async def listed(here: InWorkshop, page: PageQuery) -> Items:
    found = await here.read(queries.activities)
    return cut(found, page, lambda one: as_data(one, here.actor))


@router.post("/workshops/{workshop_id}/activities", status_code=201)
async def add(here: InWorkshop, body: NewActivity) -> Any:
    done = await here.change(actions.add_activity, plain(body))
    return await shown(here, done.id)


@router.get("/activities/{activity_id}")
async def read(here: AtActivity, activity_id: str) -> Any:
    return await shown(here, activity_id)


@router.patch("/activities/{activity_id}")
async def change(
    here: AtActivity, activity_id: str, version: Version, body: ActivityChanges
) -> Any:
    await here.change(actions.change_activity, activity_id, version, plain(body))
    return await shown(here, activity_id)


@router.delete("/activities/{activity_id}", status_code=204)
async def remove(here: AtActivity, activity_id: str, version: Version) -> None:
    await here.change(actions.remove_activity, activity_id, version)


@router.post("/activities/{activity_id}/stage")
async def stage(here: AtActivity, activity_id: str, body: Stage) -> Any:
    await here.change(actions.stage_activity, activity_id, body.stage)
    return await shown(here, activity_id)


@router.post("/activities/{activity_id}/focus")
async def focus(here: AtActivity, activity_id: str, body: Focus) -> Any:
    await here.change(actions.focus_activity, activity_id, body.focus)
    return await shown(here, activity_id)


@router.post("/rounds/{round_id}/send-on")
async def send(here: AtRound, round_id: str, body: SendOn) -> Any:
    done = await here.change(send_on, round_id, body.activity, body.top, body.options)
    return await shown(here, done.id)


@router.post("/rounds/{round_id}/statements", status_code=201)
async def join(here: AtRound, round_id: str, body: Statement) -> Any:
    done = await here.change(join_statement, round_id, body.text)
    return {"id": done.id, "text": body.text, "number": done.number}


def plain(body: Body) -> dict[str, Any]:
    """The fields that were sent, options as texts or plain objects."""
    return body.model_dump(exclude_unset=True)


async def shown(here: Visit, activity_id: str) -> dict[str, Any]:
    return as_data(await here.read(queries.activity, activity_id), here.actor)


def as_data(found: queries.ActivityView, actor: Actor) -> dict[str, Any]:
    """An activity in the contract's words; what the right answers are, to nobody who estimates."""
    row = found.row
    knows = bool(may_facilitate(actor))
    return {
        "id": row.id,
        "type": row.type,
        "title": row.title,
        "settings": {n: v for n, v in row.settings.items() if knows or n != "realisations"},
        "stage": row.stage,
        "focus": row.focus,
        "agenda_item": row.agenda_item_id,
        "group": row.group_id,
        "position": row.position,
        "options": [_option(option) for option in found.options],
        "rounds": [{"id": r.id, "n": r.n, "status": r.status} for r in found.rounds],
        "version": row.version,
    }


def _option(option: Any) -> dict[str, Any]:
    found = {"id": option.id, "text": option.text}
    if option.source_kind == "proposal":
        found |= {"proposal": option.id, "version": option.wording_version_id}
    elif option.source_kind == "pair":
        found |= as_pair(option.id)
    elif option.source_kind != "text":
        found[option.source_kind] = option.id
    return found
