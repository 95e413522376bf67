"""Matrix: rapporteurs and drafting members write the rows, live."""

from app.activities.base import Exercise

EXERCISE = Exercise(
    type="matrix",
    title="Draft the matrix",
    stages={"planned": (), "running": ("edit",), "done": ()},
    regions=("now", "matrix"),
)
