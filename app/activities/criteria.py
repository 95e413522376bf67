"""Criteria scoring: the criteria and the scale that a rule starts with, and how weights are asked
of the group. Pure.

A criterion is `{"id", "text", "weight", "direction"}`; `down` means that less is better. What a
group says of the weights is a round of its own before the scoring: an exercise whose setting
`weighs` names the one that it weighs. Its options are the criteria.
"""

from typing import Any

from app.errors import N_


def _listed(*pairs: tuple[str, str]) -> list[dict[str, str]]:
    return [{"id": id_, "text": text, "weight": "1", "direction": "up"} for id_, text in pairs]


# Rudan et al. (2008), Croat Med J 49:720-33: the five that CHNRI starts from.
CHNRI = _listed(
    ("answerability", N_("Answerability")),
    ("effectiveness", N_("Effectiveness")),
    ("deliverability", N_("Deliverability")),
    ("burden_reduction", N_("Burden reduction")),
    ("equity", N_("Equity")),
)
AXES = _listed(("impact", N_("Impact")), ("feasibility", N_("Feasibility")))

ENDS = {"low_label": N_("low"), "high_label": N_("high")}
ONE_TO_NINE = {"min": 1, "max": 9, "step": 1, **ENDS}
HALVES = {"min": 0, "max": 1, "step": 0.5, "low_label": N_("no"), "high_label": N_("yes")}
SWING = {
    "min": 0, "max": 100, "step": 1,
    "low_label": N_("no importance"), "high_label": N_("the most important swing"),
}  # fmt: skip

# What a rule starts from in place of the exercise's own defaults.
BY_METHOD: dict[str, dict[str, Any]] = {
    "weighted_criteria": {"criteria": [], "scale": ONE_TO_NINE},
    "chnri": {"criteria": CHNRI, "scale": HALVES},
    "impact_feasibility": {"criteria": AXES, "scale": ONE_TO_NINE},
    "dot_vote": {"params": {"budget": 100, "spend_all": True}, "scale": None},
    "score": {"params": {"by": "mean"}, "scale": SWING},
}
# How a group weighs criteria: points of a hundred, or swings of which the best is 100.
WEIGHING = {"dot_vote": "points", "score": "swings"}
SHARES = ("mean", "median")
MOST = 12
