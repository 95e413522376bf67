"""What was done with proposals, from the log and their wordings, as their authors read it."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.activities.sentences import Sentence
from app.errors import N_
from app.models import LogLine, WordingVersion
from app.queries.votes_on import Event

MADE = N_("Put forward")
DONE = {
    "proposal_accepted": N_("Accepted"),
    "proposal_returned": N_("Sent back"),
    "proposals_merged": N_("Merged with others into: “{text}”"),
    "merge_undone": N_("The merge was undone"),
    "proposal_split": N_("Split into: {text}"),
    "proposal_split_undone": N_("The split was undone"),
}
REWORDED = N_("Reworded, version {n}: “{text}”")

Versions = Mapping[str, Sequence[Any]]
Deeds = Mapping[str, Sequence[Any]]


def versions_of(conn: Connection, workshop_id: str) -> Versions:
    """Proposal id to its wordings, first to last."""
    found: dict[str, list[Any]] = {}
    for row in conn.execute(
        select(WordingVersion)
        .where(WordingVersion.workshop_id == workshop_id, WordingVersion.subject_kind == "proposal")
        .order_by(col(WordingVersion.n))
    ):
        found.setdefault(row.subject_id, []).append(row)
    return found


def worded(versions: Versions, chain: Sequence[str]) -> list[Event]:
    """The first wording of a proposal, and how it and what it was merged into were reworded."""
    first = versions[chain[0]][0]
    later = [row for id_ in chain for row in versions[id_][1:]]
    return [
        Event(first.number, Sentence(MADE)),
        *(Event(row.number, Sentence(REWORDED, {"n": row.n, "text": row.text})) for row in later),
    ]


def deeds(conn: Connection, workshop_id: str) -> Deeds:
    """Proposal id to the lines of the log that tell what was done with it; a merge, and undoing
    one, was done with each original."""
    found: dict[str, list[Any]] = {}
    originals: dict[str, list[str]] = {}
    for line in conn.execute(
        select(LogLine)
        .where(LogLine.workshop_id == workshop_id, col(LogLine.kind).in_(DONE))
        .order_by(col(LogLine.number))
    ):
        about = line.ids["proposal"]
        if line.kind == "proposals_merged":
            originals[about] = line.ids["originals"]
        for id_ in (
            originals[about] if line.kind in ("proposals_merged", "merge_undone") else [about]
        ):
            found.setdefault(id_, []).append(line)
    return found


def told(done: Deeds, versions: Versions, chain: Sequence[str]) -> list[Event]:
    """What was done with a proposal and with what it was merged into."""
    return [
        Event(line.number, Sentence(DONE[line.kind], {"text": _said(line, versions)}))
        for id_ in chain
        for line in done.get(id_, [])
    ]


def _said(line: Any, versions: Versions) -> str:
    """The wording that a line is about; of a split, those of the parts."""
    if "parts" in line.ids:
        return " · ".join(f"“{versions[part][0].text}”" for part in line.ids["parts"])
    return str(versions[line.ids["proposal"]][0].text)
