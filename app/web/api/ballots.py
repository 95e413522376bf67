"""Ballots and outcomes over the API: the same intake as the socket, the same answers."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import Field
from sqlalchemy import Connection
from sqlmodel import col, select
from starlette.requests import Request
from starlette.responses import JSONResponse

from app.errors import N_, NotFound, Refused
from app.live.frames import Code
from app.live.intake import Intake
from app.methods import METHODS, count
from app.models import Ballot, SealedBallot
from app.policy import may_facilitate, may_see_outcome, may_see_standing
from app.queries.disclosure import disclosed
from app.queries.polls import poll_of
from app.queries.realised import realised
from app.queries.receipts import published, receipt_of
from app.queries.results import outcomes_of, results
from app.queries.rounds import own_ballots, round_view
from app.queries.turnout import may_name_missing, turnout
from app.web.api.base import Body, PageQuery, json_router
from app.web.api.rounds import AtRound
from app.web.deps import Visit, sent_key
from app.web.language import translator

router: APIRouter = json_router()

UNANIMOUS = N_(
    "All who voted gave the same answer to an option: whoever sees the result knows what each of "
    "them answered."
)


class NewBallot(Body):
    body: dict[str, Any]
    revision: Annotated[int, Field(ge=1, le=1_000_000_000)]
    reasons: dict[str, Annotated[str, Field(max_length=2000)]] | None = None
    codes: dict[str, Code] | None = None
    ballot_key: Annotated[str, Field(max_length=200)] | None = None
    on_behalf_of: str | None = None


@router.post("/rounds/{round_id}/ballots")
async def cast(request: Request, here: AtRound, round_id: str, body: NewBallot) -> Any:
    if not sent_key(request):
        raise Refused(
            "key_missing",
            N_("A ballot needs a key of its own in the header Idempotency-Key."),
            field="Idempotency-Key",
        )
    intake: Intake = request.app.state.intake
    receipt = await intake.cast(
        here.workshop_id, here.actor, here.key, round_id, body.revision, body.body,
        body.reasons, body.on_behalf_of, body.ballot_key, body.codes,
    )  # fmt: skip
    return {
        "round": receipt.round_id,
        "number": receipt.number,
        "recorded_at": receipt.recorded_at,
        "revision": receipt.revision,
        "replayed": receipt.replayed,
        "receipt": receipt.words,
    }


@router.get("/rounds/{round_id}/ballots/mine")
async def mine(here: AtRound, round_id: str) -> Any:
    view = await here.read(round_view, round_id, here.actor)
    rows = await here.db.read(own_ballots, round_id, view.own)
    items = [
        {**_ballot(row, row.body), "receipt": receipt_of(row.id), "sent_by": row.how or "oneself"}
        for row in rows
    ]
    return {"items": items, "next": None}


@router.get("/rounds/{round_id}/ballots")
async def counted(here: AtRound, round_id: str, page: PageQuery) -> Any:
    """The counted ballots as far as disclosure allows: without persons, not in order of arrival."""
    view = await here.read(round_view, round_id, here.actor)
    verdict = may_see_outcome(here.actor, view.row)
    if not verdict or view.row.status not in ("closed", "sealed"):
        raise NotFound
    rows = await here.db.read(_live, view.row)
    start = next((n + 1 for n, row in enumerate(rows) if row.id == page.after), 0)
    end = start + page.limit
    shown = [_ballot(row, disclosed(view.row, row.body), view.row) for row in rows[start:end]]
    return {
        "items": shown,
        "next": rows[end - 1].id if end < len(rows) else None,
    }


def _live(conn: Connection, round_: Any) -> list[Any]:
    if round_.secrecy == "secret":
        sealed = select(SealedBallot).where(SealedBallot.round_id == round_.id)
        return list(conn.execute(sealed.order_by(col(SealedBallot.id))))
    live = select(Ballot).where(Ballot.round_id == round_.id, col(Ballot.superseded_by).is_(None))
    return list(conn.execute(live.order_by(col(Ballot.id))))


def _ballot(row: Any, body: dict[str, Any], round_: Any = None) -> dict[str, Any]:
    """In a confidential round the number would say who was fast: it is left out. A secret round
    has none."""
    if round_ is not None and round_.secrecy == "secret":
        return {"number": None, "revision": None, "body": body}
    found = {"revision": row.revision, "body": body}
    hidden = round_ is not None and round_.secrecy == "confidential"
    return found if hidden else {"number": row.number, **found}


@router.get("/rounds/{round_id}/receipts")
async def receipts(here: AtRound, round_id: str) -> Any:
    """Every counted answer by its receipt, in the order of the words: look for your own. Empty
    where the round is secret or fewer than eight have answered."""
    view = await here.read(round_view, round_id, here.actor)
    if not may_see_outcome(here.actor, view.row) or view.row.status not in ("closed", "sealed"):
        raise NotFound
    return {"items": await here.db.read(published, view.row), "next": None}


@router.get("/rounds/{round_id}/turnout")
async def who_voted(here: AtRound, round_id: str) -> Any:
    view = await here.read(round_view, round_id, here.actor)
    found = await here.db.read(turnout, round_id)
    answer = {
        "eligible": found.eligible,
        "cast": found.cast,
        "blank": found.blank,
        "finished": found.finished,
        "not_seen": found.not_seen,
        "not_answered": found.not_answered,
        "apart": {
            kind: dict(zip(("cast", "eligible"), found.of(kind), strict=True))
            for kind in ("States", "experts", "others")
            if view.row.secrecy != "secret"
        },
    }
    if may_name_missing(here.actor, view.row):
        answer["missing"] = [seat.label for seat in found.missing]
    return answer


@router.get("/rounds/{round_id}/outcome")
async def outcome(
    here: AtRound, round_id: str, method: Annotated[str | None, Query(max_length=40)] = None
) -> Any:
    """The recorded outcome, or the same frozen ballots by another rule, marked as a check."""
    view = await here.read(round_view, round_id, here.actor)
    if not may_see_outcome(here.actor, view.row):
        voted = bool(await here.db.read(own_ballots, round_id, view.own))
        if not may_see_standing(here.actor, view.row, voted):
            raise NotFound
    if view.row.status not in ("closed", "sealed"):
        raise NotFound(N_("This round has no outcome yet: it is not closed."))
    recorded = await here.db.read(outcomes_of, round_id)
    if not recorded or recorded[0].number < view.row.closed_number:
        return JSONResponse({"status": "counting"}, 202)
    if method:
        return await _check(here, round_id, method)
    latest = recorded[0]
    found = await here.db.read(results, round_id)
    warnings = list(latest.result.get("warnings", []))
    if found is not None and found.unanimous:
        warnings.append(translator(here.request)(UNANIMOUS))
    return {
        **latest.result,
        **_scored(here, found, view.activity),
        "warnings": warnings,
        "id": latest.id,
        "round": round_id,
        "outcome": latest.n,
        "number": latest.number,
        "recorded_at": latest.at,
        "check": False,
        "tie_break_of": next((row.n for row in recorded if row.id == latest.tie_break_of), None),
        "earlier": [
            {
                "outcome": row.n,
                "number": row.number,
                **{name: row.result[name] for name in ("winners", "decided", "ties")},
            }
            for row in recorded[1:]
        ],
    }


def _scored(here: Visit, found: Any, activity: Any) -> dict[str, Any]:
    """What turned out, beside the outcome: to those who run the meeting, and as soon as it is shown
    to everybody who sees the outcome."""
    scored = realised(found, activity) if found is not None else None
    if scored is None or not (scored.shown or may_facilitate(here.actor)):
        return {}
    return {"realised": scored.data}


async def _check(here: Visit, round_id: str, method: str) -> dict[str, Any]:
    if method not in METHODS:
        raise Refused("unknown_method", N_("There is no method called “{method}”."),
                      field="method", method=method)  # fmt: skip
    poll = await here.db.read(poll_of, round_id)
    plain = poll.model_copy(update={"method": method, "params": {}})
    found = await asyncio.to_thread(count, plain, method)
    return {**found.model_dump(mode="json"), "round": round_id, "check": True}
