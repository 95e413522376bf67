"""The facilitator's steps: on to the next exercise or item, or back. Now and next follow them."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from app.actions.activities import stage_activity
from app.actions.agenda import load_item, on_screen_at, start_item
from app.actions.base import Done, Tx, change, load, meeting
from app.actions.options import set_options
from app.actions.rounds import open_round, plan_round
from app.errors import N_, Conflict
from app.models import Activity, Round, Workshop
from app.policy import Actor, may_facilitate, may_lead, require
from app.queries.step import activities_of_item, agenda_of

FIRST_STAGE = {"propose": "writing", "agree": "reading", "matrix": "running", "cluster": "running"}


def step(tx: Tx, actor: Actor, by: int) -> Done:
    """Go one step on (1) or back (-1) through items and their activities, in the agenda's order."""
    require(may_facilitate(actor))
    places = _places(tx)
    now = meeting(tx)
    here = (now.current_item_id, now.current_activity_id)
    at = places.index(here) if here in places else _item_only(places, here)
    target = at + by
    if not 0 <= target < len(places):
        raise Conflict("end_of_agenda", N_("The agenda ends here."))
    item_id, activity_id = places[target]
    if item_id and item_id != now.current_item_id:
        start_item(tx, actor, item_id)
    if activity_id is None:
        screen = on_screen_at(load_item(tx, item_id))
        change(tx, Workshop, now.id, current_activity_id=None, screen=screen)
        return Done(item_id or "", tx.log("screen_changed", **screen))
    return _go_to_activity(tx, actor, activity_id)


def _go_to_activity(tx: Tx, actor: Actor, activity_id: str) -> Done:
    activity = tx.conn.execute(select(Activity).where(Activity.id == activity_id)).one()
    screen: dict[str, Any] = {"show": "question", "activity": activity_id}
    change(tx, Workshop, tx.workshop_id, current_activity_id=activity_id, screen=screen)
    if activity.stage == "planned" and activity.type in FIRST_STAGE:
        return stage_activity(tx, actor, activity_id, FIRST_STAGE[activity.type])
    return Done(activity_id, tx.log("screen_changed", **screen))


def _places(tx: Tx) -> list[tuple[str | None, str | None]]:
    """Every item without an activity, and every activity, in the order of the meeting."""
    found: list[tuple[str | None, str | None]] = []
    for item in agenda_of(tx.conn, tx.workshop_id):
        activities = activities_of_item(tx.conn, tx.workshop_id, item.id)
        found += [(item.id, activity.id) for activity in activities] or [(item.id, None)]
    loose = activities_of_item(tx.conn, tx.workshop_id, None)
    return [*found, *((None, activity.id) for activity in loose)]


def _item_only(places: list[Any], here: tuple[str | None, str | None]) -> int:
    """Where an item without a chosen activity stands: just before its first place."""
    first = next((n for n, place in enumerate(places) if place[0] == here[0]), 0)
    return first - 1


def open_next_round(tx: Tx, actor: Actor, activity_id: str, until: str | None = None) -> Done:
    """Open an activity's planned round, or plan and open the next one, in one step. It closes by
    itself when it is next `until` at the venue ("08:30"), if that is given."""
    require(may_lead(actor, load(tx, Activity, activity_id).group_id))
    planned = tx.conn.execute(
        select(Round)
        .where(Round.activity_id == activity_id, Round.status == "planned")
        .order_by(col(Round.n))
    ).first()
    round_id = planned.id if planned else plan_round(tx, actor, activity_id, {}).id
    if until is not None:
        change(tx, Round, round_id, closes_at=_next_time(tx, until))
    return open_round(tx, actor, round_id)


def _next_time(tx: Tx, at: str) -> datetime:
    """When it is next this time of day at the venue."""
    local = tx.now.astimezone(ZoneInfo(meeting(tx).time_zone))
    hour, minute = map(int, at.split(":"))
    moment = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
    if moment <= local:
        moment += timedelta(days=1)
    return moment.astimezone(UTC)


def ask_everyone(tx: Tx, actor: Actor, activity_id: str, row_id: str) -> Done:
    """Open a consent round on one row: possible for any row, required for none."""
    activity = load(tx, Activity, activity_id)
    require(may_facilitate(actor))
    set_options(tx, activity, [{"cell": row_id}])
    return open_next_round(tx, actor, activity_id)
