"""Sending the result of a round on to the next activity. It never cuts through a tie."""

from fractions import Fraction
from typing import Any

from sqlmodel import col, select

from app.actions.base import Done, Tx, load
from app.actions.options import as_option, refuse_while_open, set_options
from app.actions.outcomes import latest_outcome
from app.activities.thrift import Shortlist, shortlisted
from app.errors import N_, Conflict, Refused
from app.models import Activity, Round, RoundOption
from app.policy import Actor, may_facilitate, require

TIE = N_(
    "Places {first} to {last} are tied: {named}. Take {fewer} or {more}, or settle the tie first."
)


def send_on(
    tx: Tx, actor: Actor, round_id: str, activity_id: str, top: int | None, ids: list[str] | None
) -> Done:
    """Give the first `top` of an outcome, all its winners (None), or exactly `ids` to another
    activity as its options. The winners of nominations are those on the shortlist.

    Raises Conflict `tie` with the ids of those who share the place that would be cut (`tied`) and
    how many fewer or more could be taken; `not_closed` and `counting` while there is no outcome,
    `round_open` while the other activity is being voted on; Refused `unknown_option`.
    """
    round_ = load(tx, Round, round_id)
    activity = load(tx, Activity, activity_id)
    require(may_facilitate(actor))
    refuse_while_open(tx, activity_id)
    outcome = latest_outcome(tx, round_)
    known = {
        row.id: row
        for row in tx.conn.execute(
            select(RoundOption)
            .where(RoundOption.round_id == round_id)
            .order_by(col(RoundOption.position))
        )
    }
    if ids is not None:
        chosen = [_known(known, one) for one in ids]
    elif top is None and (rule := Shortlist.of(round_.thrift)):
        nominated = {one: Fraction(score) for one, score in outcome.result["scores"].items()}
        areas = {one: row.area_id for one, row in known.items()}
        chosen = [known[one] for one in shortlisted(nominated, areas, rule)]
    elif top is None:
        chosen = [known[one] for one in outcome.result["winners"]]
    else:
        chosen = first_of(outcome.result["ranking"], top, known)
    set_options(tx, activity, [as_option(row) for row in chosen])
    number = tx.log(
        "options_sent_on", round=round_.id, activity=activity_id, options=[row.id for row in chosen]
    )
    return Done(activity_id, number)


def first_of(ranking: list[list[str]], top: int, known: dict[str, Any]) -> list[Any]:
    """The options on the first `top` places, whole tiers only."""
    taken: list[Any] = []
    for tier in ranking:
        if len(taken) >= top:
            break
        if len(taken) + len(tier) > top:
            raise Conflict(
                "tie",
                TIE,
                first=len(taken) + 1,
                last=len(taken) + len(tier),
                fewer=len(taken),
                more=len(taken) + len(tier),
                named="; ".join(known[one].text for one in tier),
                tied=list(tier),
            )
        taken += [known[one] for one in tier]
    return taken


def _known(known: dict[str, Any], option_id: str) -> Any:
    if option_id not in known:
        raise Refused(
            "unknown_option", N_("This option did not stand in the round."), field="options"
        )
    return known[option_id]
