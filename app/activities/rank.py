"""Rank, full or partial, ties allowed: Schulze decides, Borda stands beside it as a check."""

from app.activities.base import Exercise

EXERCISE = Exercise(
    type="rank",
    title="Rank",
    stages={"planned": (), "running": ("vote",), "discussing": (), "done": ()},
    methods=("schulze", "borda"),
    shape="ranking",
    defaults={"method": "schulze", "params": {}},
    option_sources=("proposal", "text"),
    regions=("now", "turnout", "results"),
)
