"""Moderating proposals: accept, send back, place, merge, undo. Originals always stay."""

from typing import Any

from sqlmodel import col, select

from app.actions.base import Done, Tx, add, change, clean, load, new_id, word
from app.actions.proposals import VALUES
from app.errors import N_, Conflict, Refused
from app.models import Component, MergeLink, Proposal
from app.policy import Actor, may_moderate, require


def accept_proposal(tx: Tx, actor: Actor, proposal_id: str) -> Done:
    """Take a proposal up as it stands."""
    proposal = load(tx, Proposal, proposal_id)
    require(may_moderate(actor))
    _refuse_merged(proposal)
    number = tx.log("proposal_accepted", proposal=proposal_id)
    _set(tx, proposal, status="accepted", return_reason="")
    return Done(proposal_id, number)


def return_proposal(tx: Tx, actor: Actor, proposal_id: str, reason: str) -> Done:
    """Send a proposal back to its author, who alone reads the reason."""
    proposal = load(tx, Proposal, proposal_id)
    require(may_moderate(actor))
    _refuse_merged(proposal)
    why = clean(reason, "reason", limit=2000)
    number = tx.log("proposal_returned", proposal=proposal_id)
    _set(tx, proposal, status="returned", return_reason=why)
    return Done(proposal_id, number)


def place_proposal(
    tx: Tx, actor: Actor, proposal_id: str, component_id: str | None, area_id: str | None = None
) -> Done:
    """Place an area under a framework component, or a response under an area."""
    proposal = load(tx, Proposal, proposal_id)
    require(may_moderate(actor))
    values: dict[str, Any] = {}
    if component_id:
        values["component_id"] = load(tx, Component, component_id).id
    if area_id:
        values["area_id"] = load(tx, Proposal, area_id).id
    number = tx.log("proposal_placed", proposal=proposal_id, component=component_id, area=area_id)
    _set(tx, proposal, **values)
    return Done(proposal_id, number)


def merge_proposals(
    tx: Tx,
    actor: Actor,
    proposal_ids: list[str],
    text: str,
    component_id: str | None = None,
    fields: dict[str, Any] | None = None,
) -> Done:
    """Make one new proposal out of several, linked to each; the originals stay, marked merged."""
    require(may_moderate(actor))
    originals = [load(tx, Proposal, one) for one in dict.fromkeys(proposal_ids)]
    if not originals:
        raise Refused("nothing_to_merge", N_("Choose at least one proposal."), field="proposals")
    if len({original.kind for original in originals}) > 1:
        raise Refused(
            "mixed_kinds", N_("Areas and responses can't be merged with each other."),
            field="proposals",
        )  # fmt: skip
    for original in originals:
        _refuse_merged(original)
    first, given = originals[0], fields or {}
    merged_id = new_id()
    number = tx.log(
        "proposals_merged", proposal=merged_id, originals=[original.id for original in originals]
    )
    version = word(
        tx, "proposal", merged_id, clean(text, "text"), n=1,
        author_id=actor.participant_id, number=number,
    )  # fmt: skip
    add(
        tx,
        Proposal(
            id=merged_id,
            workshop_id=tx.workshop_id,
            own_key=given.get("own_key"),
            kind=first.kind,
            status="accepted",
            activity_id=first.activity_id,
            author_id=None,
            shown="anonymous",
            area_id=first.area_id,
            component_id=component_id or first.component_id,
            wording_version_id=version,
            position=given.get("position", first.position),
            number=number,
            at=tx.now,
            **{name: given[name] for name in VALUES if name in given},
        ),
    )
    for original in originals:
        link = MergeLink(
            workshop_id=tx.workshop_id,
            merged_id=merged_id,
            original_id=original.id,
            former_status=original.status,
            number=number,
            at=tx.now,
        )
        add(tx, link)
        _set(tx, original, status="merged", merged_into_id=merged_id)
    return Done(merged_id, number)


def undo_merge(tx: Tx, actor: Actor, merged_id: str) -> Done:
    """Take a merge apart: the originals stand as they stood, the merged wording is returned."""
    merged = load(tx, Proposal, merged_id)
    require(may_moderate(actor))
    links = tx.conn.execute(
        select(MergeLink).where(
            MergeLink.merged_id == merged_id, col(MergeLink.undone_at).is_(None)
        )
    ).all()
    if not links or merged.status == "merged":
        raise Conflict("not_merged", N_("This merge has been undone or merged further."))
    number = tx.log("merge_undone", proposal=merged_id)
    for link in links:
        original = load(tx, Proposal, link.original_id)
        _set(tx, original, status=link.former_status, merged_into_id=None)
        change(tx, MergeLink, link.id, undone_at=tx.now)
    _set(tx, merged, status="returned", return_reason="undone")
    return Done(merged_id, number)


def _refuse_merged(proposal: Any) -> None:
    if proposal.status == "merged":
        raise Conflict("merged", N_("This proposal has been merged. Undo the merge first."))


def _set(tx: Tx, proposal: Any, **values: Any) -> None:
    change(tx, Proposal, proposal.id, **values, version=proposal.version + 1)
