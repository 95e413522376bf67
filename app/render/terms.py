"""The words for what the tables keep as short codes: kinds, roles, levels, flags, rulings.

Some columns also take words of the meeting's own (a level, a kind of evidence): those are shown
as they were written.
"""

from collections.abc import Callable, Mapping

from app.activities.cells import STATES
from app.activities.delphi import CODES
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
        "head": N_("Head of delegation"),
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
    "reason": {
        "definition": N_("Definition: the words mean different things to us"),
        "evidence": N_("Evidence: we know or trust different facts"),
        "values": N_("Values: we weigh the same facts differently"),
        "region": N_("Region: it is different where I come from"),
        "feasibility": N_("Feasibility: whether it can be done"),
    },
    "reason kind": CODES,
    "ballot shape": {
        "choice": N_("Choose one, or a few"),
        "approval": N_("Support as many as one likes"),
        "motion": N_("Yes, no or abstain"),
        "allocation": N_("Spread points"),
        "rating": N_("Give marks"),
        "ranking": N_("Put in order"),
    },
    "parameter": {
        "least": N_("At least so many on a ballot"),
        "most": N_("At most so many on a ballot"),
        "per_option": N_("At most so many points for one option"),
        "spend_all": N_("All points are to be spent"),
        "negative": N_("Votes against an option are possible"),
        "by": N_("The order is by"),
        "agree_from": N_("Agreed from this middle mark on"),
        "disagree_to": N_("Rejected up to this middle mark"),
        "iqr_max": N_("Consensus if the middle half spreads no wider than"),
        "unranked": N_("Options left out"),
        "ties": N_("Options may share a place"),
        "complete": N_("All options are to be ranked"),
        "start": N_("Points of the last place"),
        "points": N_("Points by place"),
        "strength": N_("A majority is as strong as"),
        "rule": N_("How votes are passed on"),
        "quota": N_("Quota for a seat"),
        "utility": N_("A chosen option is worth"),
        "completion": N_("What nobody alone can pay for"),
    },
    "parameter value": {
        "median": N_("the middle mark"),
        "mean": N_("the mean mark"),
        "last": N_("share the last place"),
        "unknown": N_("are not compared"),
        "average": N_("one less with each place"),
        "modified": N_("as many as options are ranked"),
        "dowdall": N_("1, 1/2, 1/3 …"),
        "winning_votes": N_("the votes for it"),
        "margins": N_("its lead"),
        "scottish": N_("as in Scotland: to five decimals"),
        "meek": N_("Meek: by keep values"),
        "wig": N_("in exact fractions"),
        "droop": N_("Droop"),
        "hare": N_("Hare"),
        "cardinality": N_("the same, whatever it costs"),
        "cost": N_("what it costs"),
        "none": N_("stays unspent"),
        "phragmen": N_("is chosen by Phragmén’s rule"),
        "add1": N_("is paid from larger shares, step by step"),
        "utilitarian": N_("is chosen by most approvals"),
    },
    "cell state": STATES,
}


def terms(gettext: Callable[[str], str]) -> Callable[[str, str], str]:
    """For templates: `term(group, code)` in the reader's language; unknown codes stay."""

    def term(group: str, code: str) -> str:
        words = TERMS[group].get(code)
        return gettext(words) if words else code

    return term
