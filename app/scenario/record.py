"""Whether the exports show how the results came about: the Delphi's rules as they stood before its
first round, how far its answers held, how certain each result is."""

import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.activities.delphi import Rules, consensus_rule, stopping_rule
from app.scenario import files
from app.scenario.meeting import CONSENSUS, STOPPING, Meeting

STATED = CONSENSUS | STOPPING
RULES = Rules(CONSENSUS, most_rounds=2, stay=True)


@dataclass(frozen=True)
class Record:
    """The log's lines as they are chained, and the report's rounds by id."""

    log: list[dict[str, Any]]
    rounds: dict[str, dict[str, Any]]

    def opening(self, round_id: str) -> dict[str, Any]:
        """The line by which a round opened."""
        return next(one for one in self._of(round_id, "round_opened"))

    def shown(self, round_id: str) -> int:
        """The line from which participants see a round's outcome; 0 if they never do."""
        told = self._of(round_id, "round_published")
        return next((one["n"] for one in told if "participants" in one["ids"]["to"]), 0)

    def _of(self, round_id: str, kind: str) -> list[dict[str, Any]]:
        own = [one for one in self.log if one["ids"].get("round") == round_id]
        return [one for one in own if one["kind"] == kind]


def missing(meeting: Meeting, rated: Sequence[str], folder: Path) -> list[str]:
    """What the exports in a folder should show and do not; `rated` are the two rounds of rating."""
    found = read(folder)
    return delphi(meeting, rated, found) + certainty(found)


def read(folder: Path) -> Record:
    """What the demonstration exported."""
    report = json.loads((folder / "matrix.json").read_text(encoding="utf-8"))
    with zipfile.ZipFile(folder / "matrix.zip") as bundle:
        lines = bundle.read("log.jsonl").splitlines()
    return Record(
        [json.loads(line) for line in lines], {one["id"]: one for one in report["rounds"]}
    )


def moved(area: str) -> tuple[int, int]:
    """How many of those who rated an area in both rounds moved by a step or more."""
    before, after = files.ratings(1), files.ratings(2)
    pairs = [(before[who][area], after[who][area]) for who in files.voters()]
    both = [(a, b) for a, b in pairs if a is not None and b is not None]
    return sum(abs(b - a) >= 1 for a, b in both), len(both)


def delphi(meeting: Meeting, rated: Sequence[str], record: Record) -> list[str]:
    """What is missing from the record of the two rating rounds."""
    first, second = (record.opening(one) for one in rated)
    before, after = (record.rounds[one] for one in rated)
    rules = [str(sentence) for sentence in (*consensus_rule(RULES), *stopping_rule(RULES))]
    held = {
        "rules as they stood before round 1": first["ids"].get("delphi") == STATED,
        "rules as they stood before round 2": second["ids"].get("delphi") == STATED,
        "rules in the report": before["rules"] == rules == after["rules"][: len(rules)],
        "answers shown before round 2": 0 < record.shown(rated[0]) < second["n"],
        "nothing compared in round 1": before["stability"] == [],
    }
    wanting = [name for name, holds in held.items() if not holds]
    told = {option["id"]: option["text"] for option in after["options"]}
    for area, own in meeting.areas.items():
        part, whole = moved(area)
        line = f"“{told.get(own)}”: {part} of {whole} answers moved by a step or more"
        if not any(said.startswith(line) for said in after["stability"]):
            wanting.append(f"stability of {area}")
    return [f"Delphi: {name}" for name in wanting]


def certainty(record: Record) -> list[str]:
    """Results beside which it is not said how certain they are."""
    return [
        f"how certain: {one['activity']}, round {one['n']}"
        for one in record.rounds.values()
        if not one["certainty"]
    ]
