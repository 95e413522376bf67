"""Holding back whom a proposal is from: its author's own choice, at any time."""

from app.actions.base import Done, Tx, change, load
from app.models import Proposal
from app.policy import Actor, may_hold_back, require


def hold_back_proposal(tx: Tx, actor: Actor, proposal_id: str) -> Done:
    """Show a proposal of one's own without name, delegation or region from now on. This only
    tightens: what was held back is not shown again."""
    proposal = load(tx, Proposal, proposal_id)
    require(may_hold_back(actor, proposal))
    if proposal.shown == "anonymous":
        return Done(proposal_id)
    number = tx.log("proposal_held", proposal=proposal_id)
    change(tx, Proposal, proposal_id, shown="anonymous", version=proposal.version + 1)
    return Done(proposal_id, number)
