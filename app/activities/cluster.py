"""Cluster and merge: moderators accept, send back, reword, place and merge proposals."""

from app.activities.base import Exercise

EXERCISE = Exercise(
    type="cluster",
    title="Cluster and merge",
    stages={"planned": (), "running": ("moderate",), "done": ()},
    regions=("now", "moderation", "proposals"),
)
