"""A round robin: in turn, each reads out one of theirs, until all have passed."""

from typing import Any

from app.actions.base import Done, Tx, change, load
from app.activities.turns import Turns
from app.errors import N_, Conflict
from app.models import Activity
from app.policy import Actor, may_lead, may_pass, require
from app.queries.turns import READ_OUT_IN, people_here, turns_of

NOT_HERE = N_("In turn people read out what they propose: while they write, or after the reveal.")
NOBODY = N_("Nobody who could have a turn is here.")
GONE = N_("This turn is over already.")


def begin_turns(tx: Tx, actor: Actor, activity_id: str) -> Done:
    """Give everybody who is here their place in turn, in the order of the list."""
    activity = _led(tx, actor, activity_id)
    if activity.type != "propose" or activity.stage not in READ_OUT_IN:
        raise Conflict("no_turns", NOT_HERE)
    here = people_here(tx.conn, activity)
    if not here:
        raise Conflict("nobody_here", NOBODY)
    return _keep(tx, activity_id, Turns(tuple(here), 1), "turns_begun")


def next_turn(tx: Tx, actor: Actor, activity_id: str, turn: int) -> Done:
    """Whoever's turn it was has read out one of theirs."""
    turns = _at_turn(tx, _led(tx, actor, activity_id), turn)
    return _keep(tx, activity_id, turns.on(), "turn_given")


def pass_turn(tx: Tx, actor: Actor, activity_id: str, turn: int) -> Done:
    """Whoever's turn it is has nothing more to read out."""
    turns = _at_turn(tx, _led(tx, actor, activity_id), turn)
    return _keep(tx, activity_id, turns.without(turns.waiting[0]), "turn_passed")


def pass_own(tx: Tx, actor: Actor, activity_id: str) -> Done:
    """Have nothing more to read out, whoever's turn it is."""
    activity = load(tx, Activity, activity_id)
    turns = turns_of(tx.conn, activity)
    require(may_pass(actor, turns.waiting))
    return _keep(tx, activity_id, turns.without(str(actor.participant_id)), "turn_passed")


def end_turns(tx: Tx, actor: Actor, activity_id: str) -> Done:
    """Take the round robin off before all have passed, or after."""
    _led(tx, actor, activity_id)
    return _keep(tx, activity_id, Turns(), "turns_ended")


def _led(tx: Tx, actor: Actor, activity_id: str) -> Any:
    activity = load(tx, Activity, activity_id)
    require(may_lead(actor, activity.group_id))
    return activity


def _at_turn(tx: Tx, activity: Any, turn: int) -> Turns:
    turns = turns_of(tx.conn, activity)
    if turns.n != turn or not turns.waiting:
        raise Conflict("turn_gone", GONE)
    return turns


def _keep(tx: Tx, activity_id: str, turns: Turns, kind: str) -> Done:
    change(tx, Activity, activity_id, turns=turns.stored if turns.begun else {})
    return Done(activity_id, tx.log(kind, activity=activity_id))
