"""What a vote must say before it can be held: asked when it is set up, and again when it opens."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from app.activities import EXERCISES, RoundTerms, terms_of
from app.activities.rules import scale_of
from app.activities.vote import EXERCISE
from app.ballots.faults import plainly
from app.errors import N_, Refused
from app.methods import METHODS
from app.queries.polls import poll_with

MOST_MARKS = 21
NOT_A_VOTE = N_("A vote can’t be counted by “{method}”. Choose a rule of the list.")
MISSING = {
    "seats": N_("This rule chooses several: say in “Number to choose” how many."),
    "budget": N_("Say how many points or how much money there is in all: the budget."),
    "scale": N_("Say from which mark to which the scale goes."),
    "costs": N_("Say what each of the options costs, as many numbers as there are options."),
}
NO_QUORUM = N_("A quorum is a share of all who are entitled to vote, such as 1/2.")
PLACES = {"seats": "keep", "scale": "scale.min", "threshold": "threshold", "": "method"}
TOO_LONG = N_("A scale has at most {most} marks; take larger steps or a shorter scale.")


def settled(exercise_type: str, title: str, settings: dict[str, Any]) -> RoundTerms:
    """The terms a round of this exercise would have. Those of a vote hold all that its rule needs.

    Raises Refused `unknown_method`, `missing_field` with what is missing, and whatever the rule
    itself says of its parameters.
    """
    terms = terms_of(EXERCISES[exercise_type], title, settings)
    if exercise_type != EXERCISE.type:
        return terms
    if terms.method not in EXERCISE.methods:
        raise Refused("unknown_method", NOT_A_VOTE, field="settings.method", method=terms.method)
    terms = replace(terms, scale=_scale(terms))
    _refuse_missing(terms)
    _try(terms)
    return terms


def _scale(terms: RoundTerms) -> dict[str, Any] | None:
    """The marks that a ballot may give: none but for ratings, else as set, else the rule's own."""
    if METHODS[terms.method].shape != "rating":
        return None
    own = scale_of(terms.method)
    given = {**(own.model_dump() if own else {}), "low_label": "", "high_label": ""}
    given |= {name: value for name, value in (terms.scale or {}).items() if value is not None}
    given.setdefault("step", 1)
    if not {"min", "max"} <= given.keys() or given["min"] >= given["max"]:
        raise _missing("scale")
    if (given["max"] - given["min"]) // given["step"] >= MOST_MARKS:
        raise Refused("score_range", TOO_LONG, field="settings.scale.max", most=MOST_MARKS)
    return given


def _refuse_missing(terms: RoundTerms) -> None:
    """What the screens need beyond what a count would do without."""
    reads, params = METHODS[terms.method].reads, terms.params
    if METHODS[terms.method].shape == "allocation" and not params.get("budget"):
        raise _missing("budget")
    if "costs" not in reads:
        return
    costs, budget = params.get("costs"), params.get("budget")
    if costs and not budget:
        raise _missing("budget")
    if budget and not costs:
        raise _missing("costs")
    if not costs and not terms.keep:
        raise _missing("seats")


def _try(terms: RoundTerms) -> None:
    """Count a poll without ballots: what the rule says of it, it would say after the close."""
    costs = terms.params.get("costs") or []
    options = list(costs) if isinstance(costs, Mapping) else [str(n) for n, _ in enumerate(costs)]
    try:
        METHODS[terms.method].count(poll_with(terms, options or ["0", "1"], 1, []))
    except ValidationError as error:
        raise _named(plainly(error.errors()[0])) from None
    except Refused as refusal:
        raise _named(refusal) from None


def _named(refusal: Refused) -> Refused:
    """The refusal at its place of the set-up, in its words where something is missing."""
    field = (refusal.field or "").removeprefix("params.")
    if refusal.code == "bad_poll" and field in MISSING:
        return _missing(field)
    if field == "quorum":
        return Refused("score_range", NO_QUORUM, field=_place(field))
    return Refused(refusal.code, refusal.message, field=_place(field), **refusal.params)


def _missing(field: str) -> Refused:
    return Refused("missing_field", MISSING[field], field=_place(field))


def _place(field: str) -> str:
    """Where the set-up asks for a field of the poll."""
    return f"settings.{PLACES.get(field, f'params.{field}')}"


def refuse_odd_costs(round_: Any, options: int) -> None:
    """Costs given as a list belong to the options in their order: as many as there are."""
    costs = (round_.params or {}).get("costs")
    if costs and len(costs) != options:
        raise Refused("missing_field", MISSING["costs"], field="settings.params.costs")
