"""The scenario's own files."""

import csv
import json
from collections import defaultdict
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent / "bangkok"


@cache
def rows(name: str) -> list[dict[str, str]]:
    """The rows of one CSV file by their headings."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def data(name: str, without: Collection[str] = ()) -> bytes:
    """One file as it is, for importing; or without the lines of some ids."""
    lines = (FOLDER / f"{name}.csv").read_bytes().splitlines(keepends=True)
    return b"".join(line for line in lines if line.split(b",")[0].decode() not in without)


def expected() -> dict[str, Any]:
    """What the synthetic votes must give: medians, quartiles, Borda, Schulze, approvals."""
    return dict(json.loads((FOLDER / "expected.json").read_text(encoding="utf-8")))


def voters() -> list[str]:
    """The participants who vote: 15 States and 14 experts."""
    return [row["id"] for row in rows("participants") if row["voting"] == "voting"]


def ratings(number: int) -> dict[str, dict[str, int | None]]:
    """Participant → area → rating of one round; None is "no opinion"."""
    found: dict[str, dict[str, int | None]] = defaultdict(dict)
    for row in rows(f"synthetic_ratings_round{number}"):
        rating = int(row["rating"]) if row["rating"] else None
        found[row["participant_id"]][row["priority_area_id"]] = rating
    return found


def rankings() -> dict[str, list[list[str]]]:
    """Participant → tiers of areas, first place first."""
    ranked: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rows("synthetic_rankings"):
        ranked[row["participant_id"]][int(row["rank"])].append(row["priority_area_id"])
    return {who: [tiers[place] for place in sorted(tiers)] for who, tiers in ranked.items()}


def approvals() -> dict[str, list[str]]:
    """Participant → responses approved."""
    found: dict[str, list[str]] = {who: [] for who in voters()}
    for row in rows("synthetic_approvals"):
        found[row["participant_id"]].append(row["response_id"])
    return found


def judgements() -> dict[str, dict[str, dict[str, Any]]]:
    """Participant → evidence item → judgement, synthetic like the votes."""
    found: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for row in rows("synthetic_judgements"):
        found[row["participant_id"]][row["evidence_id"]] = {
            "holds": row["holds"],
            **({"strength": row["strength"]} if row["strength"] else {}),
            **({"regions": [row["region"]]} if row["region"] else {}),
        }
    return found
