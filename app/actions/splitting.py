"""Splitting a proposal that says several things. The original stays, linked to each part."""

from app.actions.base import Done, Tx, add, clean, load, new_id, word
from app.actions.lineage import replace_options
from app.actions.merging import link
from app.actions.moderation import refuse_in_matrix
from app.actions.rewording import refuse_merged
from app.errors import N_, Refused
from app.models import Proposal
from app.policy import Actor, may_moderate, require

TOO_FEW = N_("Write at least two wordings, each on a line of its own.")


def split_proposal(tx: Tx, actor: Actor, proposal_id: str, texts: list[str]) -> Done:
    """Make several proposals out of one, each linked to it; it stays, and a split can be undone.

    Raises Refused `nothing_to_split`, Conflict `merged`, `in_the_matrix`, and `round_open` while
    the proposal stands in an open round.
    """
    original = load(tx, Proposal, proposal_id)
    require(may_moderate(actor))
    refuse_merged(original)
    refuse_in_matrix(tx, proposal_id)
    wordings = list(dict.fromkeys(clean(text, "texts") for text in texts))
    if len(wordings) < 2:
        raise Refused("nothing_to_split", TOO_FEW, field="texts")
    ids = [new_id() for _ in wordings]
    number = tx.log("proposal_split", proposal=proposal_id, parts=ids)
    for part_id, wording in zip(ids, wordings, strict=True):
        part = {
            **original._asdict(),
            "id": part_id,
            "own_key": None,
            "author_id": None,
            "shown": "anonymous",
            "status": "accepted",
            "wording_version_id": word(
                tx, "proposal", part_id, wording, n=1, author_id=actor.participant_id,
                number=number,
            ),
            "number": number,
            "at": tx.now,
            "version": 1,
        }  # fmt: skip
        add(tx, Proposal(**part))
    for part_id in reversed(ids):  # the first part stands for the original
        link(tx, part_id, original, number)
    replace_options(tx, [proposal_id], ids)
    return Done(proposal_id, number)
