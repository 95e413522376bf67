"""What an activity may be set to: checked when it is written, long before a round freezes it."""

from collections.abc import Collection
from typing import Any

from app.activities.base import ROUND_FIELDS
from app.errors import N_, Refused
from app.methods import METHODS
from app.models.activity import ELECTORATES, RESULTS, SECRECY, TIES, TIMERS, UNITS
from app.models.wording import PROPOSAL_KINDS, VISIBILITY

CHOICES: dict[str, Collection[str]] = {
    "method": METHODS,
    "tie": TIES,
    "electorate": ELECTORATES,
    "unit": UNITS,
    "secrecy": SECRECY,
    "results": RESULTS,
    "timer": TIMERS,
    "kind": PROPOSAL_KINDS,
    "shown": VISIBILITY,
}
OWN_SETTINGS = ("kind", "shown", "regions", "silent")
LONGEST_SILENCE = 30
UNKNOWN = N_("There is no setting “{name}”.")
NOT_A_CHOICE = N_("“{value}” is not possible here. It is one of: {known}.")
NO_MINUTES = N_("“{value}” is not possible here. It is a whole number of minutes, at most {most}.")
NOTHING_EARLY = N_(
    "A secret round shows nothing before its close: running results would tell who answered what."
)
NO_REGIONS = N_("A secret round does not say which region an answer speaks for.")


def refuse_what_tells(settings: dict[str, Any], at: str = "") -> None:
    """Refuse what would unlock a secret round. Raises Refused `secret`, naming the field."""
    if settings.get("secrecy") != "secret":
        return
    if settings.get("results") in ("always", "after_own_vote"):
        raise Refused("secret", NOTHING_EARLY, field=f"{at}results")
    if settings.get("by_region"):
        raise Refused("secret", NO_REGIONS, field=f"{at}by_region")


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
    _refuse_no_minutes(kept.get("silent", 0))
    refuse_what_tells(kept, "settings.")
    return kept


def _refuse_no_minutes(silent: Any) -> None:
    whole = isinstance(silent, int) and not isinstance(silent, bool)
    if not whole or not 0 <= silent <= LONGEST_SILENCE:
        raise Refused(
            "unknown_value", NO_MINUTES, field="settings.silent", value=str(silent)[:60],
            most=LONGEST_SILENCE,
        )  # fmt: skip
