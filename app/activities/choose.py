"""Choose responses per area: approve as many as one likes; kept from a stated share on."""

from app.activities.base import Exercise
from app.activities.thrift import Shortlist

EXERCISE = Exercise(
    type="choose",
    title="Choose",
    stages={"planned": (), "running": ("vote",), "discussing": (), "done": ()},
    methods=("approval",),
    shape="approval",
    defaults={"method": "approval", "threshold": "1/2"},
    option_sources=("proposal", "text"),
    regions=("now", "turnout", "results"),
    every_tap_counts=True,
    thrift=Shortlist.frozen,
)
