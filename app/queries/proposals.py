"""Proposals as a viewer may see them, and the moderators' queue."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.models import Activity, Component, MergeLink, Proposal, WordingVersion
from app.policy import Actor, may_moderate
from app.queries.attribution import Attribution, authors, shown_as
from app.queries.step import group_apart, workshop_row


@dataclass(frozen=True)
class ProposalView:
    """A proposal with its present wording, signed as far as the viewer may know. `originals` are
    what it was made of, `parts` what it was split into; `split_off` says that it is such a part."""

    row: Any
    text: str
    wording: Any
    by: Attribution
    originals: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    split_off: bool = False

    @property
    def id(self) -> str:
        return str(self.row.id)


def proposals(
    conn: Connection,
    workshop_id: str,
    viewer: Actor | None,
    kind: str | None = None,
    activity_id: str | None = None,
) -> list[ProposalView]:
    """Proposals in their order. Before the reveal others' are the moderators' alone to see; what
    was sent back is its author's and the moderators'."""
    rule = workshop_row(conn, workshop_id).attribution
    everyone = authors(conn, workshop_id)
    wordings = {
        row.id: row
        for row in conn.execute(
            select(WordingVersion)
            .join(Proposal, col(Proposal.wording_version_id) == col(WordingVersion.id))
            .where(Proposal.workshop_id == workshop_id)
        )
    }
    stages = {
        row.id: row.stage
        for row in conn.execute(
            select(Activity.id, Activity.stage).where(Activity.workshop_id == workshop_id)
        )
    }
    rows = conn.execute(
        select(Proposal)
        .where(
            Proposal.workshop_id == workshop_id,
            *([Proposal.kind == kind] if kind else []),
            *([Proposal.activity_id == activity_id] if activity_id else []),
        )
        .order_by(col(Proposal.kind), col(Proposal.position), col(Proposal.number))
    )
    merged, parts = made_of(conn, workshop_id)
    found = []
    for row in rows:
        if not visible(row, stages.get(row.activity_id), viewer):
            continue
        wording = wordings[row.wording_version_id]
        signed = shown_as(everyone.get(row.author_id), viewer, rule, row.shown)
        made = merged.get(row.id, [])
        found.append(
            ProposalView(
                row,
                wording.text,
                wording,
                signed,
                made,
                parts.get(row.id, []),
                any(one in parts for one in made),
            )
        )
    return found


def visible(proposal: Any, stage: str | None, viewer: Actor | None) -> bool:
    """Whether a viewer may see a proposal at all (None: everybody)."""
    if viewer is not None and may_moderate(viewer):
        return True
    if viewer is not None and viewer.participant_id == proposal.author_id is not None:
        return True
    if proposal.status == "returned":
        return False
    return stage not in ("planned", "writing")


def made_of(
    conn: Connection, workshop_id: str
) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Proposal id to what it was made of, and to the parts that it was split into."""
    originals: dict[str, list[str]] = {}
    into: dict[str, list[str]] = {}
    for link in conn.execute(
        select(MergeLink.merged_id, MergeLink.original_id).where(
            MergeLink.workshop_id == workshop_id, col(MergeLink.undone_at).is_(None)
        )
    ):
        originals.setdefault(link.merged_id, []).append(link.original_id)
        into.setdefault(link.original_id, []).append(link.merged_id)
    return originals, {one: parts for one, parts in into.items() if len(parts) > 1}


def revealed(conn: Connection, workshop_id: str, group: str | None = None) -> list[ProposalView]:
    """What the present activity's proposals are to everybody in the plenary or in a group that
    works apart, once revealed or being clustered."""
    place = group_apart(conn, workshop_id, group) or workshop_row(conn, workshop_id)
    activity = conn.execute(
        select(Activity).where(Activity.id == place.current_activity_id)
    ).one_or_none()
    if activity is None or activity.type not in ("propose", "cluster"):
        return []
    source = activity.id if activity.type == "propose" else None
    if activity.type == "propose" and activity.stage in ("planned", "writing"):
        return []
    shown = proposals(conn, workshop_id, None, activity_id=source)
    return [one for one in shown if one.row.status in ("waiting", "accepted")]


def components(conn: Connection, workshop_id: str) -> list[Any]:
    """Framework components in their order, each with its present wording as `text`."""
    return list(
        conn.execute(
            select(Component, WordingVersion.text, WordingVersion.n)
            .join(WordingVersion, col(WordingVersion.id) == col(Component.wording_version_id))
            .where(Component.workshop_id == workshop_id, col(Component.removed_at).is_(None))
            .order_by(col(Component.position), col(Component.id))
        )
    )  # fmt: skip


def queue(conn: Connection, workshop_id: str, viewer: Actor) -> list[ProposalView]:
    """What waits for a moderator."""
    return [one for one in proposals(conn, workshop_id, viewer) if one.row.status == "waiting"]
