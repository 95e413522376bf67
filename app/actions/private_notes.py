"""What a participant keeps for themselves: never shown to anyone else, never in the log."""

from app.actions.base import Done, Tx, add, clean
from app.errors import N_, Forbidden
from app.models import PrivateNote
from app.policy import Actor, may_see_meeting, require


def keep_private_note(tx: Tx, actor: Actor, text: str) -> Done:
    """Keep a text for its author alone."""
    require(may_see_meeting(actor))
    if actor.participant_id is None:
        raise Forbidden("not_a_person", N_("Only a participant can keep private notes."))
    note = PrivateNote(
        workshop_id=tx.workshop_id,
        participant_id=actor.participant_id,
        text=clean(text, "text", limit=20_000),
        at=tx.now,
    )
    return Done(add(tx, note))
