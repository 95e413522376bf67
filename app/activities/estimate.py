"""Estimate a quantity and how sure one is: alone, then again with the group's curves in view."""

from app.activities.base import Exercise

EXERCISE = Exercise(
    type="estimate",
    title="Estimate",
    stages={"planned": (), "running": ("vote",), "discussing": (), "done": ()},
    methods=("idea", "linear_pool", "cooke"),
    shape="interval",
    defaults={"method": "idea"},
    option_sources=("text", "proposal", "evidence"),
    regions=("now", "turnout", "results"),
)
