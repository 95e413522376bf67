"""The grounds of a sentence about a result, in words: what was looked at and whether it holds."""

from typing import Any

from app.activities.sentences import Sentence
from app.errors import N_

HOLDS = {
    "quorum": N_("Enough took part: {cast} of {eligible}."),
    "threshold": N_("The rule was named before, and by it this was carried."),
    "objections": N_("No objection stands open."),
    "robust": N_("Every rule that can count these ballots says so, {rules} of them."),
    "regions": N_("No region’s middle answer stands against it, of {regions} regions."),
}
FAILS = {
    "quorum": N_("Too few took part, or nobody said of how many: {cast} of {eligible}."),
    "threshold": N_("By the rule that was named before it was not carried."),
    "objections": N_("Objections stand open: {open}."),
    "robust": N_("Not every rule that can count these ballots says so, of {rules}."),
    "regions": N_("The middle answer of a region stands against it: {against}."),
}
NO_REGIONS = N_("No regions are known of these ballots, so none could be looked at.")


def in_words(ground: Any) -> Sentence:
    """One ground as a sentence with its figures."""
    figures = ground.figures
    if ground.name == "regions" and not figures["regions"]:
        return Sentence(NO_REGIONS)
    told = {
        name: figures[name] if figures[name] is not None else "?"
        for name in ("cast", "eligible", "open", "regions")
        if name in figures
    }
    if "methods" in figures:
        told["rules"] = len(figures["methods"])
    if "against" in figures:
        told["against"] = ", ".join([*figures["against"], *["…"] * figures["unnamed"]])
    return Sentence((HOLDS if ground.holds else FAILS)[ground.name], told)
