"""Merging proposals, and taking a merge apart. Originals always stay."""

from typing import Any

from sqlmodel import col, select

from app.actions.base import Done, Tx, add, change, clean, load, new_id, word
from app.actions.moderation import refuse_in_matrix, set_proposal
from app.actions.proposals import checked_values
from app.actions.rewording import refuse_merged
from app.errors import N_, Conflict, Refused
from app.models import MergeLink, Proposal
from app.policy import Actor, may_moderate, require


def merge_proposals(
    tx: Tx,
    actor: Actor,
    proposal_ids: list[str],
    text: str,
    component_id: str | None = None,
    fields: dict[str, Any] | None = None,
) -> Done:
    """Make one new proposal out of several, linked to each; the originals stay, marked merged.

    Raises Refused `nothing_to_merge` and `mixed_kinds`, Conflict `merged` and `in_the_matrix`.
    """
    require(may_moderate(actor))
    originals = [load(tx, Proposal, one) for one in dict.fromkeys(proposal_ids)]
    _refuse_odd(tx, originals)
    wording = clean(text, "text")
    given = fields or {}
    values = checked_values(tx, {**given, "component_id": component_id})
    first, merged_id = originals[0], new_id()
    number = tx.log(
        "proposals_merged", proposal=merged_id, originals=[original.id for original in originals]
    )
    merged = {
        "area_id": _same(originals, "area_id"),
        "component_id": _same(originals, "component_id"),
        "position": given.get("position", first.position),
        **values,
    }
    add(
        tx,
        Proposal(
            id=merged_id,
            workshop_id=tx.workshop_id,
            kind=first.kind,
            status="accepted",
            activity_id=first.activity_id,
            shown="anonymous",
            wording_version_id=word(
                tx, "proposal", merged_id, wording, n=1, author_id=actor.participant_id,
                number=number,
            ),
            number=number,
            at=tx.now,
            **merged,
        ),
    )  # fmt: skip
    for original in originals:
        _link(tx, merged_id, original, number)
    return Done(merged_id, number)


def undo_merge(tx: Tx, actor: Actor, merged_id: str) -> Done:
    """Take a merge apart: the originals stand as they stood, the merged wording is set aside."""
    merged = load(tx, Proposal, merged_id)
    require(may_moderate(actor))
    refuse_in_matrix(tx, merged_id)
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
        set_proposal(tx, original, status=link.former_status, merged_into_id=None)
        change(tx, MergeLink, link.id, undone_at=tx.now)
    set_proposal(tx, merged, status="returned", return_reason="undone")
    return Done(merged_id, number)


def _refuse_odd(tx: Tx, originals: list[Any]) -> None:
    if not originals:
        raise Refused("nothing_to_merge", N_("Choose at least one proposal."), field="proposals")
    if len({original.kind for original in originals}) > 1:
        raise Refused(
            "mixed_kinds", N_("Areas and responses can't be merged with each other."),
            field="proposals",
        )  # fmt: skip
    for original in originals:
        refuse_merged(original)
        refuse_in_matrix(tx, original.id)


def _same(originals: list[Any], column: str) -> Any:
    """Where the originals stand, if they all stand in one place or nowhere."""
    places = {getattr(original, column) for original in originals} - {None}
    return places.pop() if len(places) == 1 else None


def _link(tx: Tx, merged_id: str, original: Any, number: int) -> None:
    link = MergeLink(
        workshop_id=tx.workshop_id,
        merged_id=merged_id,
        original_id=original.id,
        former_status=original.status,
        number=number,
        at=tx.now,
    )
    add(tx, link)
    set_proposal(tx, original, status="merged", merged_into_id=merged_id)
