"""Planning and opening a round: what it names before it opens, and what freezes with it."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from sqlalchemy import insert
from sqlmodel import col, func, select

from app.actions.activity_settings import refuse_split, refuse_what_tells
from app.actions.base import Done, Tx, add, change, clean, load, meeting
from app.actions.cells import Cells
from app.actions.criteria import follow_criteria, weights_now
from app.actions.delphi import asked_next, refuse_own_rules, refuse_unstated, stated
from app.actions.privacy import refuse_looser
from app.actions.realisations import frozen_seeds
from app.actions.register import freeze_register
from app.actions.sharing import share_out
from app.actions.vote_settings import refuse_odd_costs, settled
from app.activities import EXERCISES
from app.activities.estimate import refuse_no_ends
from app.errors import N_, Refused
from app.methods import METHODS
from app.models import Activity, Group, Option, Round, RoundOption, Workshop
from app.policy import FEWEST, Actor, may_open_round, may_plan_round, require
from app.queries.wordings import wording_now

TOO_FEW = N_(
    "With {voters} voters a secret can't be kept; a secret round needs {fewest} or more. Choose "
    "named, or discuss it without a vote."
)
MOST_COMPARED = 100
NO_SETS = N_("To compare takes two options or more, and at most {most}.")
VOTING_STAGE = {"agree": "deciding"}


def plan_round(tx: Tx, actor: Actor, activity_id: str, changes: dict[str, Any]) -> Done:
    """Add the next round of an activity; what `changes` leaves out comes from the activity.

    Raises Refused `no_rounds` for exercises without ballots, `unknown_method`, `no_scale` for a
    scale that does not rise, `secret` for terms that would unlock a secret round, and Conflict
    `only_stricter` or `rules_frozen`.
    """
    activity = load(tx, Activity, activity_id)
    require(may_plan_round(actor, activity.group_id))
    exercise = EXERCISES[activity.type]
    if not exercise.votes:
        raise Refused("no_rounds", N_("This kind of activity has no rounds."))
    terms = settled(activity.type, activity.title, {**activity.settings, **changes})
    if terms.method not in METHODS:
        raise Refused(
            "unknown_method",
            N_("There is no method called “{method}”."),
            field="method",
            method=terms.method,
        )
    refuse_what_tells(vars(terms))
    refuse_split(vars(terms))
    refuse_no_ends(terms.scale, "scale")
    refuse_looser(tx, activity_id, terms.secrecy)
    refuse_own_rules(activity, {**activity.settings, **changes})
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
    the method could not count so many options, `no_seeds` where it lacks known answers,
    `too_few_for_secret` where a secret would be none, what `weights_now` raises, and what a
    Delphi's rules forbid (app/actions/delphi.py).
    """
    round_ = load(tx, Round, round_id)
    activity = load(tx, Activity, round_.activity_id)
    require(may_open_round(actor, round_, activity.group_id))
    refuse_unstated(activity, round_)
    follow_criteria(tx, activity)
    asked = asked_next(tx, actor, activity)
    options = _freeze_options(tx, activity, round_id, asked)
    METHODS[round_.method].check_size(options, round_.keep)
    refuse_odd_costs(round_, options)
    if round_.comparing and not MOST_COMPARED >= options > 1:
        raise Refused("no_sets", NO_SETS, most=MOST_COMPARED)
    voters = freeze_register(tx, round_, activity.group_id)
    if round_.secrecy == "secret" and voters < FEWEST:
        raise Refused("too_few_for_secret", TOO_FEW, voters=voters, fewest=FEWEST)
    weights = weights_now(tx, activity, round_)
    number = tx.log(
        "round_opened", round=round_id, activity=activity.id, options=options, voters=voters,
        **_whose(weights),
        **share_out(tx, round_),
        **stated(activity),
    )  # fmt: skip
    change(
        tx,
        Round,
        round_id,
        status="open",
        params=frozen_seeds(tx, activity, round_),
        opened_at=tx.now,
        opened_number=number,
        closes_at=_deadline(tx, round_),
        version=round_.version + 1,
        **weights,
    )
    _bring_the_meeting_here(tx, activity, round_)
    return Done(round_id, number)


def _whose(weights: dict[str, Any]) -> dict[str, Any]:
    """Where weights were taken over: how they were asked, and the outcome that says so."""
    source = weights.get("weights_from")
    return {"weighed": source["how"], "weights": source["number"]} if source else {}


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


def _freeze_options(tx: Tx, activity: Any, round_id: str, asked: Collection[str] | None) -> int:
    """Copy the activity's options, or those `asked` of them, with their present wording into the
    round."""
    rows = tx.conn.execute(
        select(Option)
        .where(Option.activity_id == activity.id, col(Option.withdrawn_at).is_(None))
        .order_by(col(Option.position), col(Option.id))
    )
    options = [row for row in rows if asked is None or row.id in asked]
    if not options:
        raise Refused(
            "no_options", N_("This activity has no options to answer yet. Add some first.")
        )
    frozen, cells = [], Cells(tx)
    for position, option in enumerate(options):
        own = option.source_kind == "pair"
        text, version_id = cells.wording_now(option.id) if own else wording_now(tx.conn, option)
        frozen.append(
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
    tx.conn.execute(insert(RoundOption), frozen)
    return len(frozen)


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
