"""The criteria that an exercise scores on, and the weights that a group gives them beforehand."""

import re
from fractions import Fraction
from typing import Any

from sqlmodel import col, select

from app.actions.base import Tx, clean, load, new_id
from app.actions.options import set_options
from app.actions.outcomes import latest_outcome
from app.activities import EXERCISES, terms_of
from app.activities.criteria import AXES, MOST, WEIGHING
from app.analysis.weights import group_shares
from app.ballots.numbers import text
from app.errors import N_, Conflict, Refused
from app.models import Activity, Round
from app.queries.polls import poll_of

FIELD = "settings.criteria"
AN_ID = re.compile(r"[\w-]{1,60}")
A_WEIGHT = re.compile(r"[0-9]{1,6}(\.[0-9]{1,4}|/[1-9][0-9]{0,5})?")
AXIAL = "impact_feasibility"
TOO_MANY = N_("At most {most} criteria.")
NO_ID = N_("“{value}” can’t name a criterion. Use letters, digits, _ and -.")
TWICE = N_("The criterion “{text}” is listed twice.")
NO_WEIGHT = N_("The weight of “{text}” is a number such as 2, 1.5 or 1/3.")
WEIGHTLESS = N_("At least one criterion needs a weight above 0.")
BOTH_AXES = N_("Impact and feasibility are placed by these two criteria alone.")
NONE_SET = N_("This exercise has no criteria to score on yet. Add some first.")
WEIGHS_WHAT = N_("This exercise has no criteria that could be weighed.")
NOT_WEIGHED = N_(
    "The group’s weights come first: close a round of “{title}”, or take it off the agenda to keep "
    "the weights as they are set."
)
UNKNOWN_TO_THEM = N_(
    "“{title}” did not ask for the weight of “{text}”. Ask again, or take it off the agenda to "
    "keep the weights as they are set."
)


def checked_criteria(settings: dict[str, Any]) -> list[dict[str, Any]]:
    """The criteria as they are kept, each with an id. Raises Refused naming what can't be."""
    given = settings["criteria"]
    if len(given) > MOST:
        raise Refused("too_long", TOO_MANY, field=FIELD, most=MOST)
    kept = [_checked(one) for one in given]
    ids, texts = [one["id"] for one in kept], [one["text"] for one in kept]
    for one in kept:
        if ids.count(one["id"]) > 1 or texts.count(one["text"]) > 1:
            raise Refused("duplicate", TWICE, field=FIELD, text=one["text"])
    if kept and all(one["weight"] == "0" for one in kept):
        raise Refused("no_weight", WEIGHTLESS, field=FIELD)
    if settings.get("method") == AXIAL and set(ids) != {one["id"] for one in AXES}:
        raise Refused("unknown_criterion", BOTH_AXES, field=FIELD)
    return kept


def _checked(given: dict[str, Any]) -> dict[str, Any]:
    words = clean(given.get("text"), "criteria", limit=200, name=True)
    own = given.get("id") or new_id()
    if not AN_ID.fullmatch(own):
        raise Refused("bad_characters", NO_ID, field=FIELD, value=own[:60])
    direction = "down" if given.get("direction") == "down" else "up"
    return {"id": own, "text": words, "weight": _weight(given, words), "direction": direction}


def _weight(given: dict[str, Any], words: str) -> str:
    said = str(given.get("weight", "1")).strip()
    if not A_WEIGHT.fullmatch(said):
        raise Refused("score_range", NO_WEIGHT, field=FIELD, text=words)
    return text(Fraction(said))


def follow_criteria(tx: Tx, activity: Any) -> None:
    """Put up the criteria of the exercise that this one weighs, as they are now; nothing where it
    weighs none. Raises Refused `no_criteria`.
    """
    weighed = activity.settings.get("weighs")
    if not weighed:
        return
    criteria = criteria_of(load(tx, Activity, weighed))
    if not criteria:
        raise Refused("no_criteria", WEIGHS_WHAT, field="settings.weighs")
    set_options(tx, activity, [{"id": one["id"], "text": one["text"]} for one in criteria])


def criteria_of(activity: Any) -> list[dict[str, Any]]:
    """The criteria that the next round of an exercise scores on; none for most exercises."""
    return terms_of(EXERCISES[activity.type], activity.title, activity.settings).criteria or []


def weights_now(tx: Tx, activity: Any, round_: Any) -> dict[str, Any]:
    """What an opening round takes over: its criteria with the weights that the group gave them, and
    the outcome that says so; or the criteria that it asks the weights of. Nothing where the weights
    stay as they are set.

    Raises Refused `no_criteria`, and Conflict `weights_missing` where the group was to be asked and
    has not answered for each of them.
    """
    if weighed := activity.settings.get("weighs"):
        return {"criteria": criteria_of(load(tx, Activity, weighed))}
    if round_.shape == "criteria" and not round_.criteria:
        raise Refused("no_criteria", NONE_SET, field=FIELD)
    source = _weighing(tx, activity) if round_.criteria and round_.method != AXIAL else None
    if source is None:
        return {}
    closed = _last_closed(tx, source.id)
    by = activity.settings.get("shares", "mean")
    shares = group_shares(poll_of(tx.conn, closed.id), by) if closed else {}
    if not shares:
        raise Conflict("weights_missing", NOT_WEIGHED, title=source.title)
    for one in round_.criteria:
        if one["id"] not in shares:
            raise Conflict("weights_missing", UNKNOWN_TO_THEM, title=source.title, text=one["text"])
    outcome = latest_outcome(tx, closed)
    return {
        "criteria": [{**one, "weight": text(shares[one["id"]])} for one in round_.criteria],
        "weights_from": {
            "outcome": outcome.id, "number": outcome.number, "how": WEIGHING[closed.method],
            "shares": by,
        },
    }  # fmt: skip


def _weighing(tx: Tx, activity: Any) -> Any:
    """The exercise in which the weights are asked for: the group's own before the plenary's."""
    rows = tx.conn.execute(
        select(Activity)
        .where(Activity.workshop_id == tx.workshop_id, col(Activity.removed_at).is_(None))
        .order_by(col(Activity.position).desc(), col(Activity.id))
    )
    own = activity.given_from_id or activity.id
    found = [
        row
        for row in rows
        if row.settings.get("weighs") == own and row.group_id in (None, activity.group_id)
    ]
    return next(iter(sorted(found, key=lambda row: row.group_id is None)), None)


def _last_closed(tx: Tx, activity_id: str) -> Any:
    return tx.conn.execute(
        select(Round)
        .where(Round.activity_id == activity_id, col(Round.status).in_(("closed", "sealed")))
        .order_by(col(Round.n).desc())
    ).first()
