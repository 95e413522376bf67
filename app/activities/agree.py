"""Agree: the draft is read, rows are flagged, the chair decides; a consent round is possible."""

from app.activities.base import Exercise

EXERCISE = Exercise(
    type="agree",
    title="Agree",
    stages={"planned": (), "reading": ("flag",), "deciding": ("flag",), "done": ()},
    methods=("consent",),
    shape="consent",
    defaults={"method": "consent"},
    option_sources=("cell", "text"),
    regions=("now", "agreement", "chair", "turnout", "results"),
)
