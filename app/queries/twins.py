"""Near-duplicates of a proposal, for whoever may see them: pointed out, never merged by themselves.
They are copies and contained wordings; `likeness` finds no paraphrases."""

from dataclasses import dataclass

from sqlalchemy import Connection

from app.analysis.likeness import Likeness, likenesses
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


def twins(some: list[ProposalView], others: list[ProposalView]) -> dict[str, list[Twin]]:
    """For each of some proposals, by id: others of its kind that nearly say the same, most alike
    first. For moderators."""
    found: dict[str, list[Twin]] = {one.id: [] for one in some}
    for m, n, near in likenesses([one.text for one in some], [other.text for other in others]):
        if some[m].id != others[n].id and some[m].row.kind == others[n].row.kind:
            found[some[m].id].append(_twin(others[n], near))
    return {id_: sorted(alike, key=_most_alike) for id_, alike in found.items()}


def twins_to_be(
    conn: Connection, workshop_id: str, writer: Actor, kind: str, text: str
) -> list[Twin]:
    """What nearly says the same as a text that is being written. While all write alone these are
    the writer's own proposals, once revealed everybody's: `proposals` leaves out the rest."""
    shown = proposals(conn, workshop_id, writer, kind)
    standing = [one for one in shown if one.row.status in STANDING]
    pairs = likenesses([text], [one.text for one in standing])
    return sorted((_twin(standing[n], near) for _, n, near in pairs), key=_most_alike)


def _twin(other: ProposalView, near: Likeness) -> Twin:
    return Twin(other.id, other.text, near.percent, near.words)


def _most_alike(twin: Twin) -> tuple[int, str]:
    return -twin.likeness, twin.text
