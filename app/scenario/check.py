"""Whether what the server counted is what the synthetic votes must give."""

from fractions import Fraction
from typing import Any

from app.scenario import files
from app.scenario.meeting import Meeting

AGREEMENT = {"agree": "ok", "disagree": "not_ok", "neither": None}


def ratings(meeting: Meeting, number: int, outcome: dict[str, Any]) -> list[str]:
    """Differences in n, median, quartiles, mean, agreement, consensus of one rating round."""
    wanted = files.expected()[f"round{number}"]
    found = outcome["diagnostics"]["options"]
    wrong = []
    for area, figures in wanted.items():
        got = found[meeting.areas[area]]
        same = {
            "n": got["n"] == figures["n"],
            "median": float(got["median"]) == figures["median"],
            "q1": float(got["q1"]) == figures["q1"],
            "q3": float(got["q3"]) == figures["q3"],
            "mean": abs(float(got["mean"]) - figures["mean"]) < 1e-6,
            "agreement": AGREEMENT[got["agreement"]] == figures["agreement"],
            "consensus": got["consensus"] == figures["consensus"],
        }
        wrong += [f"round {number}, {area}: {name}" for name, equal in same.items() if not equal]
    return wrong


def ranking(meeting: Meeting, schulze: dict[str, Any], borda: dict[str, Any]) -> list[str]:
    """Differences in the Schulze winners and in every Borda score."""
    wanted = files.expected()["ranking"]
    keys = {one: key for key, one in meeting.areas.items()}
    wrong = []
    if [keys[one] for one in schulze["winners"]] != wanted["schulze_winners"]:
        wrong.append("Schulze winners")
    for area, score in wanted["borda_average"].items():
        if Fraction(borda["scores"][meeting.areas[area]]) != Fraction(score):
            wrong.append(f"Borda of {area}")
    return wrong


def approvals(meeting: Meeting, outcome: dict[str, Any]) -> list[str]:
    """Differences in any approval count, and in what a third of the voters keeps."""
    wanted = files.expected()
    wrong = [
        f"approvals of {no}"
        for no, count in wanted["approvals"].items()
        if int(outcome["scores"][meeting.responses[no]]) != count
    ]
    enough = {no for no, count in wanted["approvals"].items() if 3 * count >= wanted["voters"]}
    if set(outcome["winners"]) != {meeting.responses[no] for no in enough}:
        wrong.append("responses kept")
    return wrong
