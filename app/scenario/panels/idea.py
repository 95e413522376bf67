"""Lowest, best and highest guess of each item, in two private rounds."""

from collections.abc import Mapping
from typing import Any

from app.scenario.panels.answers import Values
from app.scenario.panels.kind import Kind

PARTS = {"three_point_lower": "low", "three_point_best": "best", "three_point_upper": "high"}


def body(answers: Mapping[str, Values]) -> dict[str, Any]:
    """Guesses in percent, without a confidence: they count as they stand."""
    return {
        "interval": {
            option: {PARTS[element]: value for element, value in values.items()}
            for option, values in answers.items()
        }
    }


def figures(outcome: Mapping[str, Any]) -> dict[str, Any]:
    """n, and mean and median of the guesses."""
    return {
        option: {"n": one["n"], "mean": one["mean"], "median": {"best": one["median"]["best"]}}
        for option, one in outcome["diagnostics"]["options"].items()
    }


KIND = Kind(
    question="direct_replication",
    activity={
        "type": "estimate",
        "title": "How likely is it that each of these claims is replicated?",
        "settings": {
            "method": "idea",
            "secrecy": "confidential",
            "scale": {"min": 0, "max": 100, "low_label": "surely not", "high_label": "surely"},
        },
    },
    body=body,
    figures=figures,
)
