"""An author says “this is not what I meant”, and a moderator answers. No wording changes by it: it
is reworded, sent back or left as it stands by whoever may do so."""

from typing import Any

from sqlmodel import col, select

from app.actions.base import Done, Tx, add, change, clean, load
from app.errors import N_, Conflict
from app.models import Misreading, Proposal
from app.policy import Actor, may_moderate, may_say_misread, require

LIMIT = 2000
TOLD_ALREADY = N_("You have said so already: the moderators have it before them.")
NOTHING_WAITS = N_("No author waits for an answer on this wording any more.")


def say_misread(tx: Tx, actor: Actor, proposal_id: str, text: str = "") -> Done:
    """Tell the moderators that what a proposal of one's own has become is not what was meant: its
    present wording, or that of the one it was merged into. Words may follow the tap.

    Raises Conflict `told_already` while what was said of the same wording waits for its answer.
    """
    proposal = load(tx, Proposal, proposal_id)
    require(may_say_misread(actor, proposal))
    words = clean(text, "text", limit=LIMIT, required=False)
    wording = _standing_for(tx, proposal).wording_version_id
    before = next(iter(_waiting(tx, [proposal_id], wording)), None)
    if before and (before.text or not words):
        raise Conflict("told_already", TOLD_ALREADY)
    number = tx.log("misreading_told", salted={"by": actor.identity}, proposal=proposal_id)
    if before:
        change(tx, Misreading, before.id, text=words)
        return Done(before.id, number)
    told = Misreading(
        workshop_id=tx.workshop_id,
        proposal_id=proposal_id,
        wording_version_id=wording,
        text=words,
        number=number,
        at=tx.now,
    )
    return Done(add(tx, told), number)


def answer_misread(tx: Tx, actor: Actor, proposal_id: str, answer: str) -> Done:
    """Answer whoever said so of a proposal's present wording; each author reads the answer.

    Raises Conflict `nothing_waits` where it was answered or reworded meanwhile.
    """
    proposal = load(tx, Proposal, proposal_id)
    require(may_moderate(actor))
    words = clean(answer, "answer", limit=LIMIT)
    waiting = _waiting(tx, _taken_up_in(tx, proposal_id), proposal.wording_version_id)
    if not waiting:
        raise Conflict("nothing_waits", NOTHING_WAITS)
    number = tx.log("misreading_answered", proposal=proposal_id)
    for told in waiting:
        answered = {"answer": words, "answered_number": number, "answered_at": tx.now}
        change(tx, Misreading, told.id, **answered)
    return Done(proposal_id, number)


def _standing_for(tx: Tx, proposal: Any) -> Any:
    """The proposal whose wording stands for this one: itself, or what it was merged into."""
    while proposal.merged_into_id:
        proposal = load(tx, Proposal, proposal.merged_into_id)
    return proposal


def _taken_up_in(tx: Tx, proposal_id: str) -> list[str]:
    """A proposal and all that were merged into it, however often."""
    found, near = [proposal_id], [proposal_id]
    while near:
        merged = select(Proposal.id).where(col(Proposal.merged_into_id).in_(near))
        near = list(tx.conn.execute(merged).scalars())
        found += near
    return found


def _waiting(tx: Tx, proposal_ids: list[str], wording: str) -> list[Any]:
    return list(
        tx.conn.execute(
            select(Misreading).where(
                col(Misreading.proposal_id).in_(proposal_ids),
                Misreading.wording_version_id == wording,
                col(Misreading.answered_at).is_(None),
            )
        )
    )
