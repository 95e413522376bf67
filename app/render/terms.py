"""The words for what the tables keep as short codes: kinds, roles, levels, flags, rulings.

Some columns also take words of the meeting's own (a level, a kind of evidence): those are shown
as they were written.
"""

from collections.abc import Callable, Mapping

from app.errors import N_

TERMS: Mapping[str, Mapping[str, str]] = {
    "item kind": {
        "opening": N_("Opening"),
        "presentation": N_("Presentation"),
        "panel": N_("Panel"),
        "discussion": N_("Discussion"),
        "breakout": N_("Breakout"),
        "report_back": N_("Report-back"),
        "vote": N_("Vote"),
        "clustering": N_("Clustering"),
        "drafting": N_("Drafting"),
        "review": N_("Review"),
        "break": N_("Break"),
        "closing": N_("Closing"),
    },
    "setting": {
        "plenary": N_("plenary"),
        "breakout": N_("in groups"),
        "drafting": N_("drafting group"),
    },
    "role": {
        "organiser": N_("Organiser"),
        "facilitator": N_("Facilitator"),
        "chair": N_("Chair"),
        "rapporteur": N_("Rapporteur"),
        "participant": N_("Participant"),
        "observer": N_("Observer"),
        "interpreter": N_("Interpreter"),
        "screen": N_("Big screen"),
        "drafting": N_("Drafting member"),
    },
    "capacity": {
        "": "",
        "state_representative": N_("State representative"),
        "expert": N_("Expert"),
    },
    "evidence kind": {
        "evidence": N_("Evidence"),
        "study": N_("Study"),
        "theory": N_("Theory"),
        "claim": N_("Claim"),
        "case": N_("Case"),
        "lesson_learned": N_("Lesson learned"),
        "good_practice": N_("Good practice"),
    },
    "level": {
        "local": N_("local"),
        "national": N_("national"),
        "regional": N_("regional"),
        "international": N_("international"),
        "global": N_("global"),
    },
    "flag": {
        "reservation": N_("Reservation"),
        "stand_aside": N_("Stands aside"),
        "objection": N_("Objection"),
        "another_wording": N_("Another wording"),
        "pending": N_("Position reserved"),
    },
    "agreement": {
        "consensus": N_("Consensus"),
        "no_objection": N_("No objection"),
        "with_reservations": N_("With reservations"),
        "not_agreed": N_("Not agreed"),
        "flagged": N_("Flagged"),
        "draft": N_("Draft"),
    },
}


def terms(gettext: Callable[[str], str]) -> Callable[[str, str], str]:
    """For templates: `term(group, code)` in the reader's language; unknown codes stay."""

    def term(group: str, code: str) -> str:
        words = TERMS[group].get(code)
        return gettext(words) if words else code

    return term
