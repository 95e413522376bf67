"""Vote: one question by any rule that counts choices, approvals, a motion, points, marks or ranks.

The rule says the shape of the ballot. What it needs beside the options (a number to choose, a
budget, a scale) is asked for when the vote is set up.
"""

from app.activities.base import Exercise
from app.methods import METHODS

SHAPES = ("choice", "approval", "motion", "allocation", "rating", "ranking")

EXERCISE = Exercise(
    type="vote",
    title="Vote",
    stages={"planned": (), "running": ("vote",), "discussing": (), "done": ()},
    methods=tuple(method.id for method in METHODS.values() if method.shape in SHAPES),
    shape="choice",
    defaults={"method": "plurality"},
    option_sources=("text", "proposal", "evidence", "cell"),
    regions=("now", "turnout", "results"),
)
