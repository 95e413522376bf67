"""Planning and opening a round: what it names before it opens, and what freezes with it."""

from datetime import timedelta
from typing import Any

from sqlalchemy import insert
from sqlmodel import col, func, select

from app.actions.activity_settings import refuse_what_tells
from app.actions.base import Done, Tx, add, change, clean, load, meeting
from app.actions.privacy import refuse_looser
from app.actions.register import freeze_register
from app.activities import EXERCISES, terms_of
from app.errors import N_, Refused
from app.methods import METHODS
from app.models import (
    Activity,
    EvidenceItem,
    Group,
    MatrixCell,
    Option,
    Proposal,
    Round,
    RoundOption,
    WordingVersion,
    Workshop,
)
from app.policy import FEWEST, Actor, may_open_round, may_plan_round, require

TOO_FEW = N_(
    "With {voters} voters a secret can't be kept; a secret round needs {fewest} or more. Choose "
    "named, or discuss it without a vote."
)
VOTING_STAGE = {"agree": "deciding"}


def plan_round(tx: Tx, actor: Actor, activity_id: str, changes: dict[str, Any]) -> Done:
    """Add the next round of an activity; what `changes` leaves out comes from the activity.

    Raises Refused `no_rounds` for exercises without ballots, `unknown_method`, `secret` for terms
    that would unlock a secret round, and Conflict `only_stricter`.
    """
    activity = load(tx, Activity, activity_id)
    require(may_plan_round(actor, activity.group_id))
    exercise = EXERCISES[activity.type]
    if not exercise.votes:
        raise Refused("no_rounds", N_("This kind of activity has no rounds."))
    terms = terms_of(exercise, activity.title, {**activity.settings, **changes})
    if terms.method not in METHODS:
        raise Refused(
            "unknown_method",
            N_("There is no method called “{method}”."),
            field="method",
            method=terms.method,
        )
    refuse_what_tells(vars(terms))
    refuse_looser(tx, activity_id, terms.secrecy)
    last = tx.conn.execute(
        select(func.max(Round.n)).where(Round.activity_id == activity_id)
    ).scalar_one()
    round_ = Round(
        workshop_id=tx.workshop_id,
        activity_id=activity_id,
        n=(last or 0) + 1,
        shape=METHODS[terms.method].shape,
        **{**vars(terms), "question": clean(terms.question, "question", limit=1000)},
    )
    add(tx, round_)
    number = tx.log("round_planned", round=round_.id, activity=activity_id, n=round_.n)
    return Done(round_.id, number)


def open_round(tx: Tx, actor: Actor, round_id: str) -> Done:
    """Open a planned round: its wordings, options, rule and register freeze here.

    Raises Refused `no_options` or `no_voters` where nobody could answer anything, `too_heavy` where
    the method could not count so many options, and `too_few_for_secret` where a secret would be
    none.
    """
    round_ = load(tx, Round, round_id)
    activity = load(tx, Activity, round_.activity_id)
    require(may_open_round(actor, round_, activity.group_id))
    options = _freeze_options(tx, activity, round_id)
    METHODS[round_.method].check_size(options, round_.keep)
    voters = freeze_register(tx, round_, activity.group_id)
    if round_.secrecy == "secret" and voters < FEWEST:
        raise Refused("too_few_for_secret", TOO_FEW, voters=voters, fewest=FEWEST)
    number = tx.log(
        "round_opened", round=round_id, activity=activity.id, options=options, voters=voters
    )
    change(
        tx,
        Round,
        round_id,
        status="open",
        opened_at=tx.now,
        opened_number=number,
        closes_at=_deadline(tx, round_),
        version=round_.version + 1,
    )
    _bring_the_meeting_here(tx, activity, round_)
    return Done(round_id, number)


def _deadline(tx: Tx, round_: Any) -> Any:
    """When the round closes by itself: at the moment it names, or so many seconds from now."""
    if round_.closes_at is not None:
        if round_.closes_at <= tx.now:
            raise Refused(
                "deadline_passed",
                N_("This round would close at {closes_at}, which has passed. Set another time."),
                field="closes_at",
                closes_at=round_.closes_at,
            )
        return round_.closes_at
    if round_.timer == "closing" and round_.seconds:
        return tx.now + timedelta(seconds=round_.seconds)
    return None


def _freeze_options(tx: Tx, activity: Any, round_id: str) -> int:
    """Copy the activity's options with their present wording into the round."""
    options = tx.conn.execute(
        select(Option)
        .where(Option.activity_id == activity.id, col(Option.withdrawn_at).is_(None))
        .order_by(col(Option.position), col(Option.id))
    ).all()
    if not options:
        raise Refused(
            "no_options", N_("This activity has no options to answer yet. Add some first.")
        )
    rows = []
    for position, option in enumerate(options):
        text, version_id = wording_now(tx, option)
        rows.append(
            {
                "round_id": round_id,
                "id": option.id,
                "position": position,
                "text": text,
                "source_kind": option.source_kind,
                "area_id": option.area_id,
                "wording_version_id": version_id,
                "number": 0,
            }
        )
    tx.conn.execute(insert(RoundOption), rows)
    return len(rows)


def wording_now(tx: Tx, option: Any) -> tuple[str, str | None]:
    """An option's text as it stands now, with the wording version it was taken from."""
    if option.source_kind == "evidence":
        item = load(tx, EvidenceItem, option.id)
        return item.title, None
    subject = option.id
    if option.source_kind == "cell":
        subject = load(tx, MatrixCell, option.id).response_id
    if option.source_kind in ("proposal", "cell"):
        found = tx.conn.execute(
            select(WordingVersion)
            .join(Proposal, col(Proposal.wording_version_id) == col(WordingVersion.id))
            .where(Proposal.id == subject)
        ).one()
        return found.text, found.id
    return option.text, option.wording_version_id


def _bring_the_meeting_here(tx: Tx, activity: Any, round_: Any) -> None:
    """Opening a round is the step: the room and the big screen follow to its question. A group's
    round moves that group alone."""
    stage = VOTING_STAGE.get(activity.type, "running")
    change(tx, Activity, activity.id, stage=stage, version=activity.version + 1)
    if activity.group_id:
        change(tx, Group, activity.group_id, current_activity_id=activity.id)
        return
    moved: dict[str, Any] = {"current_activity_id": activity.id}
    if activity.agenda_item_id:
        moved["current_item_id"] = activity.agenda_item_id
    if round_.timer == "advisory" and round_.seconds:
        moved["timer"] = {"seconds": round_.seconds, "since": tx.now.isoformat()}
    now = meeting(tx)
    shown = {"show": "question", "activity": activity.id, "round": round_.id}
    change(tx, Workshop, tx.workshop_id, **moved, screen=shown, version=now.version + 1)
