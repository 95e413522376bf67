"""Propose: everyone writes alone first, then the proposals are revealed."""

from app.activities.base import Exercise

EXERCISE = Exercise(
    type="propose",
    title="Propose",
    stages={
        "planned": (),
        "writing": ("propose",),
        "revealed": ("propose",),
        "done": (),
    },
    defaults={"kind": "priority_area", "shown": "named"},
    regions=("now", "proposals"),
)
