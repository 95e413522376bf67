"""Merging proposals, and taking a merge apart. Originals always stay."""

from typing import Any

from sqlmodel import col, select

from app.actions.base import Done, Tx, add, change, clean, load, new_id, word
from app.actions.lineage import replace_options, restore_options
from app.actions.moderation import refuse_in_matrix, set_proposal
from app.actions.proposals import checked_values
from app.actions.rewording import refuse_merged
from app.errors import N_, Conflict, Refused
from app.models import LogLine, MergeLink, Proposal
from app.policy import Actor, may_moderate, require


def merge_proposals(
    tx: Tx,
    actor: Actor,
    proposal_ids: list[str],
    text: str,
    component_id: str | None = None,
    fields: dict[str, Any] | None = None,
) -> Done:
    """Make one new proposal out of several, linked to each; the originals stay, marked merged. In
    activities where they are options the new one takes their place from the next round on.

    Raises Refused `nothing_to_merge` and `mixed_kinds`, Conflict `merged`, `in_the_matrix`, and
    `round_open` while one of them stands in an open round.
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
        link(tx, merged_id, original, number)
    replace_options(tx, [original.id for original in originals], [merged_id])
    return Done(merged_id, number)


def undo_merge(tx: Tx, actor: Actor, merged_id: str) -> Done:
    """Take a merge or a split apart: the originals stand as they stood, what was made of them is
    set aside. Raises Conflict `not_merged`, `in_the_matrix` and `round_open`."""
    load(tx, Proposal, merged_id)
    require(may_moderate(actor))
    links = _links_of(tx, merged_id)
    made = [load(tx, Proposal, one) for one in dict.fromkeys(link.merged_id for link in links)]
    for one in made:
        refuse_in_matrix(tx, one.id)
    if not links or any(one.status == "merged" for one in made):
        raise Conflict("not_merged", N_("This merge has been undone or merged further."))
    originals = _in_their_order(tx, links)
    split = len(made) > 1
    about = originals[0] if split else merged_id
    number = tx.log("proposal_split_undone" if split else "merge_undone", proposal=about)
    for one in links:
        original = load(tx, Proposal, one.original_id)
        set_proposal(tx, original, status=one.former_status, merged_into_id=None)
        change(tx, MergeLink, one.id, undone_at=tx.now)
    for one in made:
        set_proposal(tx, one, status="returned", return_reason="undone")
    restore_options(tx, [one.id for one in made], originals, links[0].at)
    return Done(merged_id, number)


def _links_of(tx: Tx, merged_id: str) -> list[Any]:
    """The standing links of the act that made this proposal: of a split, those of its other parts
    too."""
    act = select(MergeLink.number).where(
        MergeLink.merged_id == merged_id, col(MergeLink.undone_at).is_(None)
    )
    return list(
        tx.conn.execute(
            select(MergeLink)
            .where(
                MergeLink.workshop_id == tx.workshop_id,
                col(MergeLink.number).in_(act),
                col(MergeLink.undone_at).is_(None),
            )
            .order_by(col(MergeLink.id))
        )
    )


def _in_their_order(tx: Tx, links: list[Any]) -> list[str]:
    """What was taken up, as the act named it: the ids of links follow no order."""
    act = select(LogLine.ids).where(
        LogLine.workshop_id == tx.workshop_id, LogLine.number == links[0].number
    )
    taken_up = {one.original_id for one in links}
    named = tx.conn.execute(act).scalar_one().get("originals", taken_up)
    return [one for one in named if one in taken_up]


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


def link(tx: Tx, merged_id: str, original: Any, number: int) -> None:
    """Mark an original as taken up into what was made of it."""
    taken_up = MergeLink(
        workshop_id=tx.workshop_id,
        merged_id=merged_id,
        original_id=original.id,
        former_status=original.status,
        number=number,
        at=tx.now,
    )
    add(tx, taken_up)
    set_proposal(tx, original, status="merged", merged_into_id=merged_id)
