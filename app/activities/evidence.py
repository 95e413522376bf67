"""Review evidence: does each theory or claim hold, how strong is it, for which region."""

from app.activities.base import Exercise

EXERCISE = Exercise(
    type="evidence",
    title="Review evidence",
    stages={"planned": (), "running": ("vote",), "discussing": (), "done": ()},
    methods=("evidence_judgement",),
    shape="judgement",
    defaults={"method": "evidence_judgement", "by_region": False},
    option_sources=("evidence", "text"),
    regions=("now", "turnout", "results"),
    every_tap_counts=True,
)
