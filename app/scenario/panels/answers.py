"""A panel's answers as files hold them: ratings in rounds, reasons, and what turned out."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

Values = dict[str, float]  # element → value
Rows = dict[str, dict[str, Values]]  # expert → item → what was answered


@dataclass
class Answers:
    """Rounds in the order of their names. `groups` is each expert's own, `reasons` are by round,
    expert and item, `outcomes` by item."""

    rounds: dict[str, Rows] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)
    outcomes: dict[str, float] = field(default_factory=dict)

    @property
    def items(self) -> list[str]:
        """Every item that was answered, in the order of the file."""
        return list(dict.fromkeys(i for r in self.rounds.values() for e in r.values() for i in e))

    def said(self, name: str, expert: str) -> dict[str, str]:
        """An expert's reasons in a round, by item."""
        return self.reasons.get(name, {}).get(expert, {})


def read_answers(
    question: str, ratings: Path, reasons: Path | None = None, outcomes: Path | None = None
) -> Answers:
    """What the files say to one of the questions that were asked of every item.

    Columns: round, paper_id, user_name, question, element, value, group; of the reasons
    justification; of the outcomes paper_id and outcome.
    """
    found = Answers()
    rounds: dict[str, Rows] = defaultdict(lambda: defaultdict(lambda: defaultdict(dict)))
    for row in _rows(ratings, question):
        values = rounds[row["round"]][row["user_name"]][row["paper_id"]]
        values[row["element"]] = float(row["value"])
        found.groups[row["user_name"]] = row.get("group") or ""
    found.rounds = {name: rounds[name] for name in sorted(rounds)}
    for row in _rows(reasons, question):
        if words := row["justification"].strip():
            by_expert = found.reasons.setdefault(row["round"], {})
            by_expert.setdefault(row["user_name"], {})[row["paper_id"]] = words
    for row in _rows(outcomes):
        found.outcomes[row["paper_id"]] = float(row["outcome"])
    return found


def _rows(path: Path | None, question: str = "") -> Iterator[dict[str, str]]:
    if path is None:
        return
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if not question or row["question"] == question:
                yield row
