"""The best guess of each item alone, as a Delphi of two rounds whose rules are stated first."""

from collections.abc import Mapping
from typing import Any

from app.scenario.panels.answers import Values
from app.scenario.panels.kind import Kind

BEST = "three_point_best"
FIGURES = (
    "n", "no_opinion", "mean", "median", "q1", "q3", "iqr", "agreement", "consensus", "share_from",
)  # fmt: skip


def body(answers: Mapping[str, Values]) -> dict[str, Any]:
    """Ratings in percent; who gave no best guess has no opinion."""
    return {"rating": {option: _plain(values.get(BEST)) for option, values in answers.items()}}


def _plain(value: float | None) -> int | float | None:
    """30.0 is 30."""
    return int(value) if value is not None and value == int(value) else value


def figures(outcome: Mapping[str, Any]) -> dict[str, Any]:
    """The figures of the rating's own rule."""
    return {
        option: {name: one[name] for name in FIGURES}
        for option, one in outcome["diagnostics"]["options"].items()
    }


KIND = Kind(
    question="direct_replication",
    activity={
        "type": "rate",
        "title": "How likely is it that each of these claims is replicated, in percent?",
        "settings": {
            "secrecy": "confidential",
            "scale": {
                "min": 0, "max": 100, "step": 0.1,  # one of them said 0.3
                "low_label": "surely not", "high_label": "surely",
            },
            "params": {"agree_from": 70, "disagree_to": 30, "iqr_max": 20},
            "delphi": {"kind": "rounds", "most_rounds": 2, "settled": "stay"},
        },
    },
    body=body,
    figures=figures,
)  # fmt: skip
