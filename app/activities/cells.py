"""How a cell of the matrix stands, from what was nominated, rated, drafted and ruled. Pure."""

from dataclasses import dataclass
from typing import Any

from app.errors import N_

# Each state with its word, in the order in which they are counted.
STATES = {
    "agreed": N_("Agreed"),
    "reserved": N_("Agreed with reservation"),
    "rated": N_("Rated"),
    "nominated": N_("Nominated"),
    "dropped": N_("Dropped"),
    "empty": N_("Empty"),
}
RULED = {
    "consensus": "agreed",
    "no_objection": "agreed",
    "with_reservations": "reserved",
    "not_agreed": "dropped",
}
NOT_AGREED = N_("The chair recorded “not agreed”.")
TAKEN_OUT = N_("Its row was taken out of the matrix.")
RATED_DOWN = N_("Rated below the limit of the rule.")
TOO_FEW = N_("Too few nominations for the shortlist.")


@dataclass(frozen=True)
class Known:
    """What is known of one cell: the ruling on its row, whether it has a row or had one, the
    figures of its last rating, how many nominated it and whether that was enough."""

    ruling: str = ""
    row: bool = False
    taken_out: bool = False
    figures: dict[str, Any] | None = None
    nominated: int = 0
    shortlisted: bool = False


def state_of(known: Known) -> tuple[str, str]:
    """The state, and for a dropped cell why: what came last in the meeting speaks first.

    A ruling stands above ratings, ratings above nominations; a row that was taken out is dropped,
    and one that was drafted without a vote counts as nominated by those who drafted it.
    """
    if known.row and known.ruling in RULED:
        return RULED[known.ruling], NOT_AGREED if known.ruling == "not_agreed" else ""
    if known.taken_out and not known.row:
        return "dropped", TAKEN_OUT
    if known.figures and known.figures.get("n"):
        down = known.figures.get("agreement") == "disagree" and not known.row
        return ("dropped", RATED_DOWN) if down else ("rated", "")
    if known.row or known.shortlisted:
        return "nominated", ""
    return ("dropped", TOO_FEW) if known.nominated else ("empty", "")
