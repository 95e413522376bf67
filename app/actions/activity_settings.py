"""What an activity may be set to: checked when it is written, long before a round freezes it."""

import json
from collections.abc import Collection
from typing import Any

from app.actions.criteria import checked_criteria
from app.activities.base import ROUND_FIELDS
from app.activities.criteria import SHARES
from app.activities.estimate import refuse_no_ends
from app.ballots import REPEATED
from app.ballots.numbers import a_number
from app.errors import N_, Refused
from app.methods import METHODS
from app.models.activity import CASTS, ELECTORATES, RESULTS, SECRECY, TIES, TIMERS, UNITS
from app.models.wording import PROPOSAL_KINDS, VISIBILITY

CHOICES: dict[str, Collection[str]] = {
    "method": METHODS,
    "tie": TIES,
    "electorate": ELECTORATES,
    "unit": UNITS,
    "secrecy": SECRECY,
    "results": RESULTS,
    "timer": TIMERS,
    "casts": CASTS,
    "kind": PROPOSAL_KINDS,
    "shown": VISIBILITY,
    "shares": SHARES,
}
THRIFT = {
    "raters": 100, "cells_most": 500, "stop_from": 100,
    "shortlist_from": 1000, "shortlist_top": 500,
}  # fmt: skip
OWN_SETTINGS = (
    "kind", "shown", "regions", "silent", "weighs", "shares", "realisations",
    "answers_shown", "delphi",
    *THRIFT, "by_competence", "stop_iqr", "stop_settled",
)  # fmt: skip
LONGEST_SILENCE = 30
UNKNOWN = N_("There is no setting “{name}”.")
NOT_A_CHOICE = N_("“{value}” is not possible here. It is one of: {known}.")
NO_MINUTES = N_("“{value}” is not possible here. It is a whole number of minutes, at most {most}.")
NO_COST = N_(
    "“{value}” is not possible here. What an option costs is a number, such as 12 or 12.5."
)
NO_NUMBER = N_("“{value}” is not possible here. It is a whole number from 1 to {most}.")
NOT_SHARED = N_(
    "A secret round puts all its cells to everybody: who was asked for which would tell who "
    "answered what."
)
NOTHING_EARLY = N_(
    "A secret round shows nothing before its close: running results would tell who answered what."
)
NO_REGIONS = N_("A secret round does not say which region an answer speaks for.")

NO_PAIRS = N_(
    "Comparisons can't be secret: what is shown next follows from what a person has answered. "
    "Choose confidential."
)
SECRET_SPLIT = N_(
    "A secret round keeps one ballot for each voice, and shares of one would tell who belongs "
    "together. Let any member cast it, or the head."
)
WHOLE_VOICES = N_(
    "The rule “{method}” counts answers, not weights: a voice cannot be divided under it. Let any "
    "member cast it, or the head, or choose another rule."
)


def refuse_split(settings: dict[str, Any], at: str = "") -> None:
    """Refuse to divide a delegation's voice where it cannot be counted so. Raises Refused
    `cannot_split`, naming the field."""
    if settings.get("casts") != "split":
        return
    if settings.get("secrecy") == "secret":
        raise Refused("cannot_split", SECRET_SPLIT, field=f"{at}casts")
    method = str(settings.get("method"))
    rule = METHODS.get(method)
    if rule and (not rule.weighted or rule.shape in REPEATED):
        raise Refused("cannot_split", WHOLE_VOICES, field=f"{at}casts", method=method)


def refuse_what_tells(settings: dict[str, Any], at: str = "") -> None:
    """Refuse what would unlock a secret round. Raises Refused `secret`, naming the field."""
    if settings.get("secrecy") != "secret":
        return
    if settings.get("results") in ("always", "after_own_vote"):
        raise Refused("secret", NOTHING_EARLY, field=f"{at}results")
    if settings.get("raters") or settings.get("thrift"):
        raise Refused("secret", NOT_SHARED, field=f"{at}raters")
    if settings.get("by_region"):
        raise Refused("secret", NO_REGIONS, field=f"{at}by_region")
    method = METHODS.get(str(settings.get("method")))
    if settings.get("comparing") or (method and method.shape in REPEATED):
        raise Refused("secret", NO_PAIRS, field=f"{at}secrecy")


def checked_settings(settings: dict[str, Any]) -> dict[str, Any]:
    """The settings without what was left open, or Refused naming the one that can't be."""
    kept = {name: value for name, value in settings.items() if value is not None and value != ""}
    for name, value in kept.items():
        field = f"settings.{name}"
        if name not in (*ROUND_FIELDS, *OWN_SETTINGS):
            raise Refused("unknown_field", UNKNOWN, field=field, name=name)
        known = CHOICES.get(name)
        if known is not None and (not isinstance(value, str) or value not in known):
            code = "unknown_method" if name == "method" else "unknown_value"
            raise Refused(
                code, NOT_A_CHOICE, field=field, value=str(value)[:60],
                known=", ".join(word for word in known if word),
            )  # fmt: skip
    if isinstance(kept.get("params"), dict):
        kept["params"] = with_numbers(kept["params"])
    refuse_no_ends(kept.get("scale"), "settings.scale", whole=False)
    if "realisations" in kept:
        known = kept["realisations"].items()
        kept["realisations"] = {one: value for one, value in known if value is not None}
    _refuse_no_minutes(kept.get("silent", 0))
    _settle_delphi(kept)
    _refuse_no_numbers(kept)
    refuse_what_tells(kept, "settings.")
    refuse_split(kept, "settings.")
    return {**kept, "criteria": checked_criteria(kept)} if "criteria" in kept else kept


def _refuse_no_minutes(silent: Any) -> None:
    whole = isinstance(silent, int) and not isinstance(silent, bool)
    if not whole or not 0 <= silent <= LONGEST_SILENCE:
        raise Refused(
            "unknown_value", NO_MINUTES, field="settings.silent", value=str(silent)[:60],
            most=LONGEST_SILENCE,
        )  # fmt: skip


def _settle_delphi(kept: dict[str, Any]) -> None:
    """None chosen is none set; one without rounds shows each what the group says at once."""
    kind = kept.get("delphi", {}).get("kind", "none")
    if kind == "none":
        kept.pop("delphi", None)
    if kind == "roundless":
        kept["results"] = "after_own_vote"


def with_numbers(params: dict[str, Any]) -> dict[str, Any]:
    """The parameters with what things cost as numbers, as a form's lines or an object give it.
    Raises Refused `not_a_number`."""
    costs = params.get("costs")
    if not costs:
        return {name: value for name, value in params.items() if name != "costs"}
    if isinstance(costs, dict):
        return {**params, "costs": {str(name): _number(cost) for name, cost in costs.items()}}
    return {**params, "costs": [_number(cost) for cost in costs]}


def _number(cost: Any) -> float:
    try:
        return a_number(json.loads(cost) if isinstance(cost, str) else cost)
    except ValueError:
        raise Refused(
            "not_a_number", NO_COST, field="settings.params.costs", value=str(cost)[:60]
        ) from None


def _refuse_no_numbers(kept: dict[str, Any]) -> None:
    for name, most in THRIFT.items():
        value = kept.get(name, 1)
        whole = isinstance(value, int) and not isinstance(value, bool)
        if not whole or not 1 <= value <= most:
            raise Refused(
                "unknown_value", NO_NUMBER, field=f"settings.{name}", value=str(value)[:60],
                most=most,
            )  # fmt: skip
