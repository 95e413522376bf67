"""Compare: two at a time, or the most and the least of a few; what is shown next is chosen by what
is judged already, until a rule that was stated beforehand says that it is enough."""

from typing import Any

from app.activities.base import Exercise
from app.ballots import REPEATED

# How many unanswered sets lie ready on a person's device, so that a broken line does not stop them.
AHEAD = 3

EXERCISE = Exercise(
    type="compare",
    title="Compare",
    stages={"planned": (), "running": ("vote",), "discussing": (), "done": ()},
    methods=("bradley_terry", "best_worst"),
    shape="pair",
    # Ten comparisons an item: Kinnear, Jones and Davies (2025), over 101 panels.
    defaults={
        "method": "bradley_terry",
        "comparing": {"mine": 20, "each": 10, "doubt": None, "shown": 4},
    },
    option_sources=("proposal", "text"),
    regions=("now", "turnout", "results"),
    every_tap_counts=True,
)


def enough_of(round_: Any) -> dict[str, Any]:
    """When comparing is enough, as the round froze it: sets a person (`mine`), judgements an option
    (`each`), or pairs in a hundred that may stand in the wrong order (`doubt`)."""
    return {**EXERCISE.defaults["comparing"], **(round_.comparing or {})}


def at_once(round_: Any) -> int:
    """How many options of a round stand side by side: two, or a few for best and worst."""
    return 2 if round_.shape == "pair" else int(enough_of(round_)["shown"])


def compares(round_: Any) -> bool:
    """Whether a round asks for pairs or sets, chosen one after the other."""
    return round_.shape in REPEATED
