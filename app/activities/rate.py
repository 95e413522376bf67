"""Rate 1-9 with "no opinion", in two rounds, with the widest spreads discussed in between; or on
several criteria, whose weights the group may have given before."""

from app.activities.base import Exercise
from app.activities.criteria import BY_METHOD
from app.activities.thrift import Sharing

EXERCISE = Exercise(
    type="rate",
    title="Rate",
    stages={"planned": (), "running": ("vote",), "discussing": (), "done": ()},
    methods=("rating_consensus", *BY_METHOD),
    shape="rating",
    defaults={
        "method": "rating_consensus",
        "params": {"agree_from": 7, "disagree_to": 3, "iqr_max": 3},
        "scale": {
            "min": 1,
            "max": 9,
            "step": 1,
            "low_label": "least important",
            "high_label": "most important",
        },
        "apart": True,
    },
    option_sources=("proposal", "text"),
    regions=("now", "turnout", "results"),
    every_tap_counts=True,
    by_method=BY_METHOD,
    thrift=Sharing.frozen,
)
