"""Known answers: what turned out, or was known all along, for questions that were estimated.

They stand in the settings of the activity, for those who run the meeting. Whatever is scored by
them later is worked out beside an outcome and never changes it; only a rule that weighs experts by
known answers takes them into the round, where they freeze as it opens.
"""

from typing import Any

from sqlmodel import col, select

from app.actions.base import Tx
from app.errors import N_, Refused
from app.methods import METHODS
from app.models import Option, RoundOption

NOT_ASKED = N_("A known answer belongs to no question of this activity.")
NO_SEEDS = N_(
    "This rule weighs experts by questions whose answers are known: enter at least one known "
    "answer first."
)


def refuse_not_asked(tx: Tx, activity_id: str, settings: dict[str, Any]) -> None:
    """Raises Refused `unknown_option` for a known answer to what the activity does not ask."""
    known = settings.get("realisations") or {}
    asked = select(Option.id).where(Option.activity_id == activity_id, col(Option.id).in_(known))
    if len(tx.conn.execute(asked).all()) < len(known):
        raise Refused("unknown_option", NOT_ASKED, field="settings.realisations")


def frozen_seeds(tx: Tx, activity: Any, round_: Any) -> dict[str, Any]:
    """The round's parameters as it opens: with the known answers, where its rule reads them.

    Raises Refused `no_seeds` where it could weigh nobody by them.
    """
    if "realisations" not in METHODS[round_.method].reads:
        return dict(round_.params)
    known = activity.settings.get("realisations") or {}
    asked = select(RoundOption.id).where(RoundOption.round_id == round_.id)
    seeds = {id_: known[id_] for id_ in tx.conn.execute(asked).scalars() if id_ in known}
    if not seeds:
        raise Refused("no_seeds", NO_SEEDS)
    return {**round_.params, "realisations": seeds}
