"""Rounds over the API: plan, open, close, keep open, reopen, publish; and the round itself."""

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from pydantic import AwareDatetime, Field, field_serializer
from sqlalchemy import Connection
from sqlmodel import col, select
from starlette.requests import Request

from app.actions import closing, reasons, register, rounds
from app.actions.tie_break import break_tie
from app.activities.thrift import as_pair
from app.errors import NotFound
from app.models import Activity, Reason, Round
from app.policy import may_facilitate
from app.queries.rounds import RoundView, round_view, workshop_of_round
from app.web.api.base import Body, json_router
from app.web.deps import Visit, visit_by
from app.web.language import translator

router: APIRouter = json_router()


async def at_round(request: Request, round_id: str) -> Visit:
    """The visit to the workshop of the round in the path."""
    return await visit_by(request, workshop_of_round, round_id)


AtRound = Annotated[Visit, Depends(at_round)]


async def at_activity(request: Request, activity_id: str) -> Visit:
    """The visit to the workshop of the activity in the path."""
    return await visit_by(request, _workshop_of_activity, activity_id)


AtActivity = Annotated[Visit, Depends(at_activity)]


def _workshop_of_activity(conn: Connection, activity_id: str) -> str:
    found = conn.execute(select(Activity.workshop_id).where(Activity.id == activity_id)).first()
    if found is None:
        raise NotFound
    return str(found[0])


# Far beyond any scale, and well within every database's integers.
Point = Annotated[int, Field(ge=-1_000_000, le=1_000_000)]


Probability = Annotated[str, Field(pattern=r"^0\.[0-9]{1,6}$")]
# Where it matters, answers are given to a tenth or a hundredth.
Step = Annotated[int, Field(ge=1, le=1_000_000)] | Annotated[float, Field(ge=0.01, lt=1)]


class Scale(Body):
    """What is left out is as the exercise has it. An estimate may ask for a `confidence`, for
    `chips` in so many `bins`, or for values at `probabilities`; `chance` says that each question is
    how likely something is, in percent; `unit` is what its values are counted in."""

    min: Point = 1
    max: Point = 9
    step: Step = 1
    low_label: str = ""
    high_label: str = ""
    confidence: bool | None = None
    chance: bool | None = None
    unit: Annotated[str, Field(max_length=60)] | None = None
    chips: Literal[10, 20] | None = None
    bins: Annotated[int, Field(ge=4, le=20)] | None = None
    probabilities: Annotated[list[Probability], Field(min_length=2, max_length=9)] | None = None


class Criterion(Body):
    """What options are scored on. `down` means that less is better."""

    id: str | None = None
    text: str
    weight: Annotated[int, Field(ge=0, le=999_999)] | str = "1"
    direction: Literal["up", "down"] = "up"


class Comparing(Body):
    """When comparing is enough: sets a person, judgements an option or, in place of these, so many
    in a hundred pairs expected in the wrong order; and how many options stand in a set."""

    mine: Annotated[int, Field(ge=1, le=200)] = 20
    each: Annotated[int, Field(ge=1, le=200)] = 10
    doubt: Annotated[int, Field(ge=1, le=50)] | None = None
    shown: Annotated[int, Field(ge=3, le=5)] = 4


class NewRound(Body):
    """What is left out comes from the activity."""

    question: str | None = None
    method: str | None = None
    params: dict[str, Any] | None = None
    scale: Scale | None = None
    threshold: str | None = None
    keep: Annotated[int, Field(ge=1, le=500)] | None = None
    tie: Literal["stop", "chair", "runoff", "earlier_stage", "lot"] | None = None
    electorate: Literal["states", "experts", "all"] | None = None
    unit: Literal["person", "delegation"] | None = None
    secrecy: Literal["named", "delegation", "confidential", "secret"] | None = None
    results: Literal["always", "after_own_vote", "after_publish", "organisers"] | None = None
    timer: Literal["none", "advisory", "closing"] | None = None
    seconds: Annotated[int, Field(ge=1, le=604_800)] | None = None
    closes_at: Annotated[AwareDatetime, Field(strict=False)] | None = None
    apart: bool | None = None
    by_region: bool | None = None
    casts: Literal["any", "head", "split"] | None = None
    comparing: Comparing | None = None

    @field_serializer("closes_at")
    def _as_text(self, moment: datetime | None) -> str | None:
        return moment.isoformat() if moment else None


class Countdown(Body):
    countdown: Annotated[int, Field(ge=0, le=600)] = 0


class Why(Body):
    reason: str


class TieBreak(Body):
    """What the step named before needs: whom the chair takes, or which round decides."""

    chosen: Annotated[list[str], Field(max_length=200)] | None = None
    round: str | None = None


class Publish(Body):
    to: list[Literal["participants", "screen", "certainty"]]


class Deadline(Body):
    seconds: Annotated[int, Field(ge=1, le=604_800)] | None


class More(Body):
    seconds: Annotated[int, Field(ge=1, le=86_400)]


class Finished(Body):
    finished: bool = True


class Held(Body):
    held_back: bool


class LateReason(Body):
    option: str
    words: str


class Voter(Body):
    participant: str


@router.post("/activities/{activity_id}/rounds", status_code=201)
async def plan(
    here: Annotated[Visit, Depends(at_activity)], activity_id: str, body: NewRound
) -> Any:
    given = {name: value for name, value in body.given().items() if value is not None}
    done = await here.change(rounds.plan_round, activity_id, given)
    return await shown(here, done.id)


@router.get("/rounds/{round_id}")
async def read(here: AtRound, round_id: str) -> Any:
    return await shown(here, round_id)


@router.post("/rounds/{round_id}/open")
async def open_(here: AtRound, round_id: str) -> Any:
    await here.change(rounds.open_round, round_id)
    return await shown(here, round_id)


@router.post("/rounds/{round_id}/close")
async def close(here: AtRound, round_id: str, body: Countdown | None = None) -> Any:
    await here.change(closing.close_round, round_id, body.countdown if body else 0)
    return await shown(here, round_id)


@router.post("/rounds/{round_id}/keep-open")
async def keep_open(here: AtRound, round_id: str) -> Any:
    await here.change(closing.keep_open, round_id)
    return await shown(here, round_id)


@router.post("/rounds/{round_id}/reopen")
async def reopen(here: AtRound, round_id: str, body: Why) -> Any:
    await here.change(closing.reopen_round, round_id, body.reason)
    return await shown(here, round_id)


@router.post("/rounds/{round_id}/tie-break")
async def settle_tie(here: AtRound, round_id: str, body: TieBreak | None = None) -> Any:
    """Settle a tie by the step that the round named: a further outcome stands beside the first."""
    given = body or TieBreak()
    await here.change(break_tie, round_id, given.chosen, given.round)
    return await shown(here, round_id)


@router.post("/rounds/{round_id}/publish")
async def publish(here: AtRound, round_id: str, body: Publish) -> Any:
    await here.change(closing.publish_round, round_id, list(body.to))
    return await shown(here, round_id)


@router.post("/rounds/{round_id}/deadline")
async def deadline(here: AtRound, round_id: str, body: Deadline) -> Any:
    await here.change(closing.set_deadline, round_id, body.seconds)
    return await shown(here, round_id)


@router.post("/rounds/{round_id}/extend")
async def extend(here: AtRound, round_id: str, body: More) -> Any:
    await here.change(closing.extend_round, round_id, body.seconds)
    return await shown(here, round_id)


@router.post("/rounds/{round_id}/finished")
async def finished(here: AtRound, round_id: str, body: Finished | None = None) -> Any:
    await here.change(reasons.mark_finished, round_id, body.finished if body else True)
    return await shown(here, round_id)


@router.post("/rounds/{round_id}/reasons", status_code=201)
async def reason_late(here: AtRound, round_id: str, body: LateReason) -> Any:
    """Give a reason after the close: it is shown, marked as late."""
    done = await here.change(reasons.give_late_reason, round_id, body.option, body.words)
    return {"round": round_id, "number": done.number}


@router.post("/rounds/{round_id}/voters")
async def add_voter(here: AtRound, round_id: str, body: Voter) -> Any:
    await here.change(register.add_voter, round_id, body.participant)
    return await shown(here, round_id)


@router.post("/reasons/{reason_id}/hold")
async def hold(request: Request, reason_id: str, body: Held) -> Any:
    here = await visit_by(request, _workshop_of_reason, reason_id)
    await here.change(reasons.hold_back_reason, reason_id, body.held_back)
    return {"id": reason_id, "held_back": body.held_back}


def _workshop_of_reason(conn: Connection, reason_id: str) -> str:
    found = conn.execute(
        select(Round.workshop_id)
        .join(Reason, col(Reason.round_id) == col(Round.id))
        .where(Reason.id == reason_id)
    ).first()
    if found is None:
        raise NotFound
    return str(found[0])


async def shown(here: Visit, round_id: str) -> dict[str, Any]:
    """The round as this viewer may know it."""
    view = await here.read(round_view, round_id, here.actor)
    say = translator(here.request)
    return as_data(view, say, knows=bool(may_facilitate(here.actor)))


def as_data(view: RoundView, say: Any, *, knows: bool = False) -> dict[str, Any]:
    """A round in the contract's words; the known answers only to whoever `knows` them."""
    row = view.row
    fields = (
        "id", "n", "status", "question", "shape", "method", "scale", "threshold", "keep",
        "tie", "electorate", "unit", "secrecy", "results", "timer", "seconds", "apart",
        "by_region", "casts", "thrift", "criteria", "weights_from", "comparing", "opened_at",
        "closes_at", "closed_at", "input_digest", "version",
    )  # fmt: skip
    sees = [say(sentence.message).format(**sentence.params) for sentence in view.seen_by]
    return {
        **{name: getattr(row, name) for name in fields},
        "activity": row.activity_id,
        "params": {n: v for n, v in row.params.items() if knows or n != "realisations"},
        "options": [option_data(option) for option in view.options],
        "rule": say(view.rule.message).format(**view.rule.params),
        "who_may_vote": say(view.voters.message),
        "who_sees": " ".join(sees),
        "eligible": view.eligible,
        "published": {
            "participants": row.published_participants,
            "screen": row.published_screen,
            "certainty": row.published_certainty,
        },
        "may_vote": bool(view.may_vote),
        "why_not": say(view.may_vote.message) if not view.may_vote else None,
        "revision": view.own_revision,
        "asked": view.own.asked if view.own else None,
    }


def option_data(option: Any) -> dict[str, Any]:
    found = {"id": option.id, "text": option.text}
    if option.source_kind == "proposal":
        found |= {"proposal": option.id, "version": option.version}
    if option.source_kind == "pair":
        found |= as_pair(option.id)
    elif option.area_id:
        found["area"] = option.area_id
    return found
