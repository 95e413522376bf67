"""React: one statement at a time, agree, disagree or pass; statements may join while it runs."""

from app.activities.base import Exercise

EXERCISE = Exercise(
    type="react",
    title="React",
    stages={"planned": (), "running": ("vote",), "discussing": (), "done": ()},
    methods=("agree_disagree",),
    shape="react",
    defaults={"method": "agree_disagree"},
    option_sources=("text", "proposal"),
    regions=("now", "turnout", "results"),
    every_tap_counts=True,
)
