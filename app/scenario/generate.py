"""Writes what the scenario lacks into its files: judgements, flags, rulings. Synthetic and seeded.

Run it with `python -m app.scenario.generate`; the same seed writes the same files.
"""

import csv
import random
from typing import Any

from app.scenario.files import FOLDER, rows, voters

SEED = 20160511
HOLDS = ("yes", "partly", "no", "cannot_say")
STRENGTHS = ("strong", "promising", "mixed", "untested", "expert_opinion", "")

# Who says what to which row of the draft, and what becomes of it before the chair rules.
FLAGS: tuple[tuple[str, ...], ...] = (
    ("S04", "R03", "reservation", "A glossary must not be read as a definition in a treaty.", ""),
    ("S09", "R03", "reservation",
     "Adopted on the understanding that each State keeps its own terms in its own language.", ""),
    ("E11", "R03", "another_wording", "Say which documents use the glossary.", "taken_up"),
    ("S12", "R16", "reservation", "Integrity measures follow national law.", ""),
    ("E05", "R14", "stand_aside", "Too broad to say anything about it.", ""),
    ("S02", "R22", "pending", "Instructions are awaited.", ""),
    ("S13", "R19", "objection", "Tracing needs an agreed list of goods first.", ""),
    ("E02", "R10", "objection", "The districts are not named.", "withdrawn"),
)  # fmt: skip
GLOSSARY = (
    "Working glossary used in training and programme documents, without prejudice to national or "
    "international law"
)
REWORDED = ("R03", GLOSSARY)
COMPONENTS = {
    "C2": "Promote local engagement, together with the communities concerned",
    "C3": "Build the capacity of States and of non-State actors",
}
RULINGS = {
    "R03": "with_reservations",
    "R16": "with_reservations",
    "R14": "no_objection",
    "R22": "no_objection",
    "R19": "not_agreed",
}


def main() -> None:
    """Write synthetic_judgements, flags, rulings and the rewordings of rows and components."""
    _write("synthetic_judgements", judgements())
    names = ("participant_id", "response_id", "flag", "text", "becomes")
    _write("synthetic_flags", [dict(zip(names, flag, strict=True)) for flag in FLAGS])
    kept = [row["id"] for row in rows("responses")]
    _write(
        "synthetic_rulings",
        [{"response_id": one, "ruling": RULINGS.get(one, "consensus")} for one in kept],
    )
    _write("synthetic_rewordings", [{"response_id": REWORDED[0], "text": REWORDED[1]}])
    reworded = [{"component_id": one, "text": text} for one, text in COMPONENTS.items()]
    _write("synthetic_component_rewordings", reworded)


def judgements() -> list[dict[str, str]]:
    """Each voter's judgement of each evidence item: items lean one way, voters scatter."""
    draw = random.Random(SEED)  # noqa: S311 - synthetic answers, not secrets
    regions = {row["id"]: row["region"] for row in rows("participants")}
    found = []
    for item in rows("evidence"):
        leaning = draw.choices(range(3), weights=(5, 3, 2))[0]
        for who in voters():
            weights = [(6, 3, 1, 1), (3, 5, 2, 1), (2, 3, 4, 2)][leaning]
            holds = draw.choices(HOLDS, weights=weights)[0]
            strength = draw.choices(STRENGTHS, weights=(2, 4, 4, 2, 3, 2))[0]
            found.append(
                {
                    "participant_id": who,
                    "evidence_id": item["id"],
                    "holds": holds,
                    "strength": strength if holds != "cannot_say" else "",
                    "region": regions[who] if regions[who] != "Global" else "",
                }
            )
    return found


def _write(name: str, found: list[dict[str, Any]]) -> None:
    with (FOLDER / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(found[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(found)


if __name__ == "__main__":
    main()
