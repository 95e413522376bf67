"""That a delegation took the draft home: what its page shows next time is what changed since."""

from app.actions.base import Done, Tx, add, goes_on
from app.models import TakenHome
from app.policy import Actor, may_take_home, require


@goes_on
def take_home(tx: Tx, actor: Actor, seq: int) -> Done:
    """Remember at which number of the log the draft was taken; not by whom, and not in the log."""
    require(may_take_home(actor))
    taken = TakenHome(
        workshop_id=tx.workshop_id,
        delegation_id=actor.delegation_id or "",
        seq=seq,
        at=tx.now,
    )
    return Done(add(tx, taken))
