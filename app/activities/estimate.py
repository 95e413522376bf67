"""Estimate a quantity and how sure one is: alone, then again with the group's curves in view.

What a round asks for stands in its scale, beside its ends: `confidence` (asked for or not),
`probabilities` at which values are given, or `chips` laid into so many `bins`, and `chance` where
each question is how likely something is, in percent.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.activities.base import Exercise, RoundTerms
from app.errors import N_, Refused

PROBABILITIES = ("0.05", "0.5", "0.95")
LEAST_CONFIDENCE = 50  # percent: whoever is less sure than this gives a wider range
BINS = 10
NO_ENDS = N_("Give the scale its lowest value and, above it, its highest.")


def probabilities(scale: Mapping[str, Any]) -> tuple[str, ...]:
    """Where values are given. Each chip is the value at the middle of its share: the tenth of ten
    chips stands for 0.95, so that all who lay chips answer at the same probabilities."""
    chips = scale.get("chips")
    if chips:
        return tuple(f"{(2 * n + 1) / (2 * chips):g}" for n in range(chips))
    return tuple(scale.get("probabilities") or PROBABILITIES)


def asked(shape: str, scale: Mapping[str, Any]) -> dict[str, Any]:
    """What an answer has to hold beyond its shape, as terms of a ballot."""
    if shape == "interval":
        asks = scale.get("confidence") is True
        return {"least_confidence": LEAST_CONFIDENCE, "asks_confidence": asks}
    return {"probabilities": probabilities(scale)} if shape == "quantiles" else {}


def refuse_no_ends(scale: Mapping[str, Any] | None, field: str, *, whole: bool = True) -> None:
    """Raises Refused `no_scale` for a scale whose lowest value is not below its highest, and for
    chips without ends to lay them between. A `whole` scale has both ends or none; settings may name
    one, and leave the other to their exercise."""
    given = scale or {}
    ends = [given[name] for name in ("min", "max") if name in given]
    short = len(ends) < 2 and (given.get("chips") or (whole and ends))
    if short or (len(ends) == 2 and ends[0] >= ends[1]):
        raise Refused("no_scale", NO_ENDS, field=field)


def complete(terms: RoundTerms) -> RoundTerms:
    """Chances lie between 0 and 100; and a pool knows the ends of what it pools."""
    scale = terms.scale or {}
    if scale.get("chance"):
        scale = {**scale, "min": 0, "max": 100}
        terms = replace(terms, scale=scale)
    if terms.method != "linear_pool" or "min" not in scale or "max" not in scale:
        return terms
    ends = {"lower": scale["min"], "upper": scale["max"]}
    return replace(terms, params={**ends, **terms.params})


EXERCISE = Exercise(
    type="estimate",
    title="Estimate",
    stages={"planned": (), "running": ("vote",), "discussing": (), "done": ()},
    methods=("idea", "linear_pool", "cooke"),
    shape="interval",
    defaults={"method": "idea"},
    option_sources=("text", "proposal", "evidence"),
    regions=("now", "turnout", "results"),
    complete=complete,
)
