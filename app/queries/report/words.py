"""The words of the report: how a row stands, what a flag is, the mark of a trial."""

from collections.abc import Callable
from typing import Any

from app.errors import N_

Say = Callable[[str], str]

TRIAL = {
    "demonstration": N_(
        "Demonstration: synthetic votes, no one’s opinion, not the meeting’s result."
    ),
    "rehearsal": N_("Rehearsal: not the meeting’s result."),
    "real": "",
}
AGREEMENT = {
    "consensus": N_("Consensus"),
    "no_objection": N_("No objection"),
    "with_reservations": N_("Adopted with reservations"),
    "not_agreed": N_("Not agreed"),
    "flagged": N_("Draft, flagged"),
    "draft": N_("Draft, not decided"),
}
FLAG_WORDS = {
    "reservation": N_("Reservation"),
    "stand_aside": N_("Stands aside"),
    "objection": N_("Objection"),
    "another_wording": N_("Another wording"),
    "pending": N_("Position reserved"),
}
SUPPORT = N_("{approvals} of {cast}")
NO_RESPONSE = N_("No response was chosen for this area.")


def said(sentence: Any, say: Say) -> str:
    """A Sentence in the reader's language."""
    return say(sentence.message).format(**sentence.params)
