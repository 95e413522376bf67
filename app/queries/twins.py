"""Near-duplicates of a proposal, for whoever may see them: pointed out, never merged by themselves.
They are copies and contained wordings; `likeness` finds no paraphrases."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from app.analysis.likeness import likeness
from app.policy import Actor
from app.queries.proposals import ProposalView, proposals

STANDING = ("waiting", "accepted", "returned")


@dataclass(frozen=True)
class Twin:
    """A near-duplicate of a proposal; `words` are those that match."""

    id: str
    text: str
    likeness: int
    words: frozenset[str]


def twins(one: ProposalView, others: list[ProposalView]) -> list[Twin]:
    """Others of its kind that nearly say the same, most alike first: for moderators."""
    return alike(one.text, (o for o in others if o.id != one.id and o.row.kind == one.row.kind))


def twins_to_be(
    conn: Connection, workshop_id: str, writer: Actor, kind: str, text: str
) -> list[Twin]:
    """What nearly says the same as a text that is being written. While all write alone these are
    the writer's own proposals, once revealed everybody's: `proposals` leaves out the rest."""
    shown = proposals(conn, workshop_id, writer, kind)
    return alike(text, (one for one in shown if one.row.status in STANDING))


def alike(text: str, others: Iterable[ProposalView]) -> list[Twin]:
    """Those that nearly say the same as the text, most alike first."""
    found = [
        Twin(other.id, other.text, near.percent, near.words)
        for other in others
        if (near := likeness(text, other.text))
    ]
    return sorted(found, key=lambda twin: (-twin.likeness, twin.text))
