"""A Delphi's rules where they bind: stated before the first round, the same in all later ones."""

from collections.abc import Collection
from typing import Any

from sqlmodel import select

from app.actions.base import Tx
from app.actions.closing import publish_round
from app.activities import EXERCISES, terms_of
from app.activities.delphi import CONSENSUS, rules_of, unstated
from app.errors import N_, Conflict, Refused
from app.models import Round
from app.policy import Actor
from app.queries.delphi import Delphi, delphi

NOT_SECRET = N_(
    "A Delphi follows answers from round to round, which a secret round makes impossible. Choose "
    "confidential: nobody in the meeting sees which answer is whose."
)
NOT_HIDDEN = N_(
    "A Delphi shows everybody what the round before gave. Choose another setting for the result "
    "than “organisers only”."
)
FROZEN = N_(
    "The rules and the scale of this Delphi were fixed when its first round opened. They stay as "
    "they are; for other rules, add a new activity."
)
ONE_FOR_ALL = N_(
    "All rounds of a Delphi go by the rules and the scale of its activity. Change them there, "
    "before the first round is planned."
)
NOT_BY_THIS = N_(
    "A Delphi rates by median and interquartile range. Leave the rule as it is, or do without the "
    "Delphi."
)
METHOD = "rating_consensus"
COUNTING = N_("The ballots are being counted. Repeat it in a moment.")


def refuse_unstated(activity: Any, round_: Any) -> None:
    """Refuse to open a Delphi's round whose rules are not stated, are not those of its activity, or
    whose terms defeat it. Raises Refused `rules_unstated`, `secret`, `hidden` or `unknown_method`,
    Conflict `rules_frozen`."""
    if (rules := rules_of(activity)) is None:
        return
    if missing := unstated(rules):
        raise Refused("rules_unstated", missing, field="settings")
    if round_.secrecy == "secret":
        raise Refused("secret", NOT_SECRET, field="secrecy")
    if round_.results == "organisers":
        raise Refused("hidden", NOT_HIDDEN, field="results")
    if round_.method != METHOD:
        raise Refused("unknown_method", NOT_BY_THIS, field="method")
    if (round_.method, round_.params, round_.scale) != _rule(activity, activity.settings):
        raise Conflict("rules_frozen", ONE_FOR_ALL)


def stated(activity: Any) -> dict[str, Any]:
    """What the line of each opening holds of a Delphi's rules: both, as they stand before a ballot
    is cast. Nothing of other exercises."""
    if rules_of(activity) is None:
        return {}
    settings = activity.settings
    consensus = {name: settings["params"][name] for name in CONSENSUS}
    said = {name: value for name, value in settings["delphi"].items() if value is not None}
    return {"delphi": {**consensus, **said}}


def refuse_own_rules(activity: Any, settings: dict[str, Any]) -> None:
    """Refuse a round of a Delphi that would go by rules or a scale of its own. Raises Conflict
    `rules_frozen`."""
    same = _rule(activity, activity.settings) == _rule(activity, settings)
    if rules_of(activity) and not same:
        raise Conflict("rules_frozen", ONE_FOR_ALL)


def refuse_other_rules(tx: Tx, activity: Any, settings: dict[str, Any]) -> None:
    """Refuse to change what froze with the first round. Raises Conflict `rules_frozen`."""
    before, after = activity.settings.get("delphi"), settings.get("delphi")
    if not (before or after) or not _opened(tx, activity):
        return
    if before != after or _rule(activity, activity.settings) != _rule(activity, settings):
        raise Conflict("rules_frozen", FROZEN, field="settings")


def _rule(activity: Any, settings: dict[str, Any]) -> tuple[Any, ...]:
    terms = terms_of(EXERCISES[activity.type], activity.title, settings)
    return terms.method, terms.params, terms.scale


def _opened(tx: Tx, activity: Any) -> bool:
    rounds = select(Round.id).where(Round.activity_id == activity.id, Round.status != "planned")
    return tx.conn.execute(rounds).first() is not None


def asked_next(tx: Tx, actor: Actor, activity: Any) -> Collection[str] | None:
    """The items that a Delphi's next round asks; None for all, as in any other exercise. What the
    round before gave goes to the participants with it.

    Raises Conflict `counting`, and `stopped` where the stopping rule is met.
    """
    found = delphi(tx.conn, activity)
    if found is None or not _opened(tx, activity):
        return None
    if found.counting:
        raise Conflict("counting", COUNTING)
    if found.stop:
        raise Conflict("stopped", found.stop.message, **found.stop.params)
    _tell_the_group(tx, actor, found)
    return [item.option.id for item in found.next_items]


def _tell_the_group(tx: Tx, actor: Actor, found: Delphi) -> None:
    """Everybody may see the last round's outcome from now on: it is what they answer upon."""
    last = found.rounds[-1].row if found.rounds else None
    if last is None or last.published_participants:
        return
    screen = ["screen"] if last.published_screen else []
    publish_round(tx, actor, last.id, ["participants", *screen])
