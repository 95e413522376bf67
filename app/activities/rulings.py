"""Which rulings the flags that stand on a row leave to the chair. Pure."""

from collections.abc import Set as AbstractSet

from app.errors import N_

OBJECTION_OPEN = N_(
    "An objection stands. Only “not agreed” can be recorded until its author withdraws it or "
    "turns it into a reservation."
)
WORDING_ASKED = N_(
    "Another wording is asked for. Take it up, or let its author withdraw it or turn it into "
    "another flag, before the row can be adopted."
)
FLAGGED = N_("Consensus means that nothing is flagged. This row has flags: record another ruling.")
RESERVED = N_("A reservation stands: adopt with reservations, or record “not agreed”.")
UNRESERVED = N_("No reservation, stand-aside or reserved position stands on this row.")


def against_ruling(standing: AbstractSet[str], ruling: str) -> tuple[str, str] | None:
    """Why a ruling is not available (code and sentence), or None if it is.

    `standing` are the kinds of flags that stand (one that asked for another wording stands no
    longer once that was taken up): with an objection only "not agreed" is left;
    another wording must be settled first; consensus needs that nothing is flagged; stand-aside
    and a reserved position allow "no objection" and "with reservations".
    """
    if ruling == "not_agreed":
        return None
    if "objection" in standing:
        return "objection_open", OBJECTION_OPEN
    if "another_wording" in standing:
        return "wording_open", WORDING_ASKED
    if ruling == "consensus" and standing:
        return "flagged", FLAGGED
    if ruling == "no_objection" and "reservation" in standing:
        return "reserved", RESERVED
    if ruling == "with_reservations" and not standing:
        return "unreserved", UNRESERVED
    return None
