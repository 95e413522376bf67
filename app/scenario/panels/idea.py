"""Lowest, best and highest guess of each item, in two private rounds."""

from collections.abc import Mapping
from typing import Any

from app.scenario.panels.answers import Values
from app.scenario.panels.kind import Kind, Played

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


async def scored(played: Played) -> dict[str, Any]:
    """Enter what turned out, and read how each round did by it."""
    if not played.answers.outcomes:
        return {}
    now = await played.run.get(f"activities/{played.activity}")
    known = {
        played.options[item]: outcome
        for item, outcome in played.answers.outcomes.items()
        if item in played.options
    }
    path = f"activities/{played.activity}"
    await played.run.patch(path, {"settings": {"realisations": known}}, now["version"])
    found = [(await played.run.get(f"rounds/{one}/outcome"))["realised"] for one in played.rounds]
    items = {option: item for item, option in played.options.items()}
    return {
        "scores": [
            {**one, "questions": {items[id_]: told for id_, told in one["questions"].items()}}
            for one in found
        ]
    }


KIND = Kind(
    question="direct_replication",
    activity={
        "type": "estimate",
        "title": "How likely is it that each of these claims is replicated?",
        "settings": {
            "method": "idea",
            "secrecy": "confidential",
            "scale": {
                "min": 0,
                "max": 100,
                "low_label": "surely not",
                "high_label": "surely",
                "chance": True,
                "confidence": False,
            },
        },
    },
    body=body,
    figures=figures,
    afterwards=scored,
)
