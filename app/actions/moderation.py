"""Moderating proposals: accept, send back, place. What stands in the matrix is changed there."""

from typing import Any

from sqlmodel import col, or_, select

from app.actions.base import Done, Tx, change, clean, group_of, load
from app.actions.proposals import area, component
from app.actions.rewording import refuse_merged
from app.errors import N_, Conflict, Refused
from app.models import MatrixCell, MergeLink, Proposal
from app.policy import Actor, may_moderate, require

IN_THE_MATRIX = N_(
    "This proposal stands in the matrix. Change its wording there, or take its rows out first."
)

A_MERGE = N_(
    "This was made of other proposals. Undo that first; each can then go back to its author."
)


def accept_proposal(tx: Tx, actor: Actor, proposal_id: str) -> Done:
    """Take a proposal up as it stands."""
    proposal = load(tx, Proposal, proposal_id)
    require(may_moderate(actor, _group(tx, proposal)))
    refuse_merged(proposal)
    number = tx.log("proposal_accepted", proposal=proposal_id)
    set_proposal(tx, proposal, status="accepted", return_reason="")
    return Done(proposal_id, number)


def return_proposal(tx: Tx, actor: Actor, proposal_id: str, reason: str) -> Done:
    """Send a proposal back to its author, who alone (beside the moderators) reads the reason.

    Raises Conflict `merged`, `nobody_to_return_to` for a merge, and `in_the_matrix`.
    """
    proposal = load(tx, Proposal, proposal_id)
    require(may_moderate(actor, _group(tx, proposal)))
    refuse_merged(proposal)
    _refuse_merge(tx, proposal_id)
    refuse_in_matrix(tx, proposal_id)
    why = clean(reason, "reason", limit=2000)
    number = tx.log("proposal_returned", proposal=proposal_id)
    set_proposal(tx, proposal, status="returned", return_reason=why)
    return Done(proposal_id, number)


def _group(tx: Tx, proposal: Any) -> str | None:
    """The group that a proposal was made in, if any."""
    return group_of(tx, proposal.activity_id) if proposal.activity_id else None


def place_proposal(
    tx: Tx, actor: Actor, proposal_id: str, component_id: str | None, area_id: str | None = None
) -> Done:
    """Place an area under a framework component, or a response under an area."""
    proposal = load(tx, Proposal, proposal_id)
    require(may_moderate(actor))
    refuse_merged(proposal)
    values: dict[str, Any] = {}
    if component_id:
        values["component_id"] = component(tx, component_id).id
    if area_id:
        if proposal.kind != "response":
            raise Refused("not_a_response", N_("Only a response stands under an area."))
        values["area_id"] = area(tx, area_id).id
    number = tx.log("proposal_placed", proposal=proposal_id, component=component_id, area=area_id)
    set_proposal(tx, proposal, **values)
    return Done(proposal_id, number)


def _refuse_merge(tx: Tx, proposal_id: str) -> None:
    """What was made of several has no author to whom it could go back; they have theirs."""
    link = tx.conn.execute(
        select(MergeLink.id).where(
            MergeLink.merged_id == proposal_id, col(MergeLink.undone_at).is_(None)
        )
    ).first()
    if link:
        raise Conflict("nobody_to_return_to", A_MERGE)


def refuse_in_matrix(tx: Tx, proposal_id: str) -> None:
    """No row of the matrix may vanish because its area or response went elsewhere."""
    row = tx.conn.execute(
        select(MatrixCell.id).where(
            or_(col(MatrixCell.area_id) == proposal_id, col(MatrixCell.response_id) == proposal_id),
            col(MatrixCell.removed_at).is_(None),
        )
    ).first()
    if row:
        raise Conflict("in_the_matrix", IN_THE_MATRIX)


def set_proposal(tx: Tx, proposal: Any, **values: Any) -> None:
    """Change a proposal's columns; its version moves on."""
    change(tx, Proposal, proposal.id, **values, version=proposal.version + 1)
