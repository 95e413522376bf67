"""What a round names beside its rule: how many are chosen, by what share, of how many, with what
budget. Pure words, in the order in which people ask."""

from typing import Any

from app.activities.sentences import Sentence
from app.errors import N_
from app.methods import METHODS

SIMPLE = {
    "valid": N_("Carried by more than half of the votes yes and no."),
    "present": N_("Carried by more than half of all votes cast, abstentions included."),
    "members": N_("Carried by more than half of all who are entitled to vote."),
}
SHARE = {
    "valid": N_("Carried by at least {threshold} of the votes yes and no."),
    "present": N_("Carried by at least {threshold} of all votes cast, abstentions included."),
    "members": N_("Carried by at least {threshold} of all who are entitled to vote."),
}
KEPT = N_("To be chosen: {n}.")
QUORUM = N_("Quorum: {quorum} of all who are entitled to vote take part.")
POINTS = N_("Everyone has {budget} points.")
BUDGET = N_("The budget is {budget}.")


def conditions_of(round_: Any) -> list[Sentence]:
    """The terms of a round that stand beside its rule; empty where it has none."""
    params = round_.params or {}
    reads = METHODS[round_.method].reads if round_.method in METHODS else {}
    said = []
    if round_.keep and "seats" in reads:
        said.append(Sentence(KEPT, {"n": round_.keep}))
    if "basis" in reads:
        said.append(_carried(round_.threshold, params.get("basis") or "valid"))
    if params.get("budget"):
        words = POINTS if round_.shape == "allocation" else BUDGET
        said.append(Sentence(words, {"budget": params["budget"]}))
    if params.get("quorum"):
        said.append(Sentence(QUORUM, {"quorum": params["quorum"]}))
    return said


def _carried(threshold: str | None, basis: str) -> Sentence:
    if threshold in (None, "simple"):
        return Sentence(SIMPLE[basis])
    return Sentence(SHARE[basis], {"threshold": threshold})
