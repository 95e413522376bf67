"""What a round says about itself in one line: its rule, who may vote, who sees what. Pure words."""

from dataclasses import dataclass, field
from string import Formatter
from typing import Any

from app.activities.compare import compares, enough_of
from app.activities.plain_rules import PLAIN
from app.errors import N_


@dataclass(frozen=True)
class Sentence:
    """A msgid with its values; the page puts it into the reader's language."""

    message: str
    params: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message.format(**self.params)


RULES = {
    "rating_consensus": N_(
        "Median {agree_from} or more and IQR {iqr_max} or less: the group agrees. "
        "Sorted by median, mean, then the share from {agree_from}."
    ),
    "schulze": N_(
        "Schulze: an option that beats or ties every other along the strongest paths wins. "
        "Borda is shown as a check."
    ),
    "borda": N_("Borda: places give points, shared where options are tied; most points first."),
    "approval": N_("Kept if approved on at least {threshold} of the ballots cast."),
    "agree_disagree": N_("Agree, disagree and pass are counted for each statement."),
    "evidence_judgement": N_("Each judgement is counted; nothing is adopted by it."),
    "consent": N_("Consent: no objection stands. Reservations are recorded."),
    "idea": N_("The mean of all lowest, best and highest guesses, every expert counting alike."),
    "linear_pool": N_("The mean of all experts’ curves, every expert counting alike."),
    "cooke": N_(
        "The mean of all experts’ curves, weighted by how well each answered the questions whose "
        "answers are known."
    ),
    "weighted_criteria": N_(
        "Weighted criteria: the mean of each, from 0 to 1, times its weight, added up. Who could "
        "not judge is left out."
    ),
    "chnri": N_(
        "CHNRI: yes counts 1, undecided ½, no 0; the mean of each criterion by its weight. Who "
        "could not judge is left out."
    ),
    "impact_feasibility": N_(
        "Placed by the medians of impact and feasibility, cut at the middle of the scale; "
        "undecided where the middle half of the answers lies on both sides."
    ),
    "bradley_terry": N_(
        "Two at a time; strengths by Bradley and Terry, strongest first. Enough: about {mine} "
        "pairs from each, and every option judged {each} times."
    ),
    "bradley_terry sure": N_(
        "Two at a time; strengths by Bradley and Terry, strongest first. Enough: about {mine} "
        "pairs from each, and every option judged {each} times, or at most {doubt} in 100 pairs "
        "expected in the wrong order."
    ),
    "best_worst": N_(
        "{shown} at a time: how much more often most than least, for each time shown. Enough: "
        "about {mine} sets from each, and every option judged {each} times."
    ),
    "best_worst sure": N_(
        "{shown} at a time: how much more often most than least, for each time shown. Enough: "
        "about {mine} sets from each, and every option judged {each} times, or at most {doubt} in "
        "100 pairs expected in the wrong order."
    ),
}  # fmt: skip

WEIGHING = {
    "allocation": N_(
        "Each gives {budget} points to the criteria; the shares are the weights of what is scored "
        "next."
    ),
    "rating": N_(
        "Each says what lifting a criterion from worst to best is worth beside the best such "
        "swing, 100; the shares are the weights of what is scored next."
    ),
}
WEIGHED = {
    "points": N_("The weights are the group’s, from points: no. {number} of the record."),
    "swings": N_("The weights are the group’s, from swings: no. {number} of the record."),
}
SHORTLIST = N_("Shortlisted: nominated by {shortlist_from} or more.")
SHORTLIST_TOP = N_(
    "Shortlisted in each area: the first {shortlist_top} of what {shortlist_from} or more "
    "nominated; who ties with the last of them is in."
)
SHARED = N_("Each cell is put to {raters} voices, not to all.")
AT_MOST = N_("Nobody is asked for more than {cells_most} cells.")
NARROW = N_("With {stop_from} ratings and an IQR of {stop_iqr} or less a cell is asked no more.")
SETTLED = N_(
    "With {stop_from} ratings a cell is asked no more once no answer still to come can change its "
    "verdict."
)
EITHER = N_(
    "With {stop_from} ratings a cell is asked no more once its IQR is {stop_iqr} or less, or no "
    "answer still to come can change its verdict."
)

ELECTORATES = {
    ("all", ""): N_("States by delegation, one voice each, and experts in person"),
    ("all", "person"): N_("Everyone entitled, one voice each"),
    ("all", "delegation"): N_("One voice for each delegation, others in person"),
    ("states", ""): N_("States, one voice for each delegation"),
    ("states", "person"): N_("State representatives, one voice each"),
    ("states", "delegation"): N_("States, one voice for each delegation"),
    ("experts", ""): N_("Experts, one voice each"),
    ("experts", "person"): N_("Experts, one voice each"),
    ("experts", "delegation"): N_("Experts, one voice for each delegation"),
}

HEAD_OF_STATES = N_("States, one voice for each delegation, cast by its head")
SPLIT_STATES = N_("States, one voice for each delegation, divided over its members who answer")
# Who casts a delegation's voice, by casts, electorate and unit; where it is one voice at all.
CASTS = {
    ("head", "all", ""): N_(
        "States by delegation, one voice each, cast by its head, and experts in person"
    ),
    ("head", "all", "delegation"): N_(
        "One voice for each delegation, cast by its head, others in person"
    ),
    ("head", "states", ""): HEAD_OF_STATES,
    ("head", "states", "delegation"): HEAD_OF_STATES,
    ("head", "experts", "delegation"): N_(
        "Experts, one voice for each delegation, cast by its head"
    ),
    ("split", "all", ""): N_(
        "States by delegation, one voice each, divided over its members who answer, and experts in "
        "person"
    ),
    ("split", "all", "delegation"): N_(
        "One voice for each delegation, divided over its members who answer, others in person"
    ),
    ("split", "states", ""): SPLIT_STATES,
    ("split", "states", "delegation"): SPLIT_STATES,
    ("split", "experts", "delegation"): N_(
        "Experts, one voice for each delegation, divided over its members who answer"
    ),
}

SEES = {
    "named": N_(
        "Others may see who gave which answer, as far as the attribution rule of this "
        "meeting allows."
    ),
    "delegation": N_(
        "Answers may be shown by delegation, never by person. The operator of this server could "
        "look them up."
    ),
    "confidential": N_(
        "Nobody in this meeting sees which answer is yours, now or later; only the group result is "
        "shown. The operator of this server could look it up."
    ),
}

# A secret is kept by what has been done, not by what is meant: the line follows the round's state.
SECRET = {
    "open": N_(
        "Secret once sealed, shortly after the close: then nothing on this server joins an answer "
        "to a person. Until then its operator could; database logs, replicas and backups made "
        "while the round is open may keep the link until they expire. If all answer alike, all "
        "is known."
    ),
    "closed": N_(
        "Secret, but not sealed yet: no screen or file joins an answer to a person; the operator "
        "of this server still could."
    ),
    "sealed": N_(
        "Sealed: nothing on this server joins an answer to a person, for anybody. Database logs, "
        "replicas and backups made while the round was open may keep the link until they expire."
    ),
}

WHEN = {
    "always": N_("The result is shown while the round runs."),
    "after_own_vote": N_("The result is shown to you once you have answered."),
    "after_publish": N_("The result is shown when the facilitator publishes it."),
    "organisers": N_("Only facilitators, organisers and the chair see the result."),
}


def rule_of(round_: Any) -> Sentence:
    """The one rule that decides, in words, with its figures; without them where it has none."""
    if (round_.thrift or {}).get("shortlist_from"):
        top = round_.thrift.get("shortlist_top")
        return Sentence(SHORTLIST if top is None else SHORTLIST_TOP, round_.thrift)
    enough = enough_of(round_) if compares(round_) else {}
    named = {**(round_.params or {}), "threshold": round_.threshold, "method": round_.method}
    values = {key: value for key, value in {**named, **enough}.items() if value is not None}
    if round_.criteria and round_.shape in WEIGHING:
        return Sentence(WEIGHING[round_.shape], values)
    message = RULES.get(f"{round_.method} sure" if enough.get("doubt") else round_.method)
    if message is None or not _figures(message) <= values.keys():
        message = PLAIN.get(round_.method, N_("Decided by the rule “{method}”."))
    return Sentence(message, values)


def _figures(message: str) -> set[str]:
    """The names of the figures that a sentence needs."""
    return {name for _, name, _, _ in Formatter().parse(message) if name}


def shared_by(round_: Any) -> list[Sentence]:
    """How the cells of a round are shared out among its voters, and when one is asked no more."""
    terms = round_.thrift or {}
    if not terms.get("raters"):
        return []
    said = [SHARED, *([AT_MOST] if terms.get("cells_most") else [])]
    if terms.get("stop_from"):
        narrow, settled = terms.get("stop_iqr") is not None, terms.get("stop_settled")
        said += [EITHER] if narrow and settled else [NARROW] if narrow else []
        said += [SETTLED] if settled and not narrow else []
    figures = {**terms, "stop_iqr": f"{terms.get('stop_iqr') or 0:g}"}
    return [Sentence(message, figures) for message in said]


def weights_of(round_: Any) -> Sentence | None:
    """Whose weights the criteria have, where the group gave them."""
    source = round_.weights_from
    return Sentence(WEIGHED[source["how"]], {"number": source["number"]}) if source else None


def voters_of(round_: Any) -> Sentence:
    """Who may vote, and who casts a delegation's one voice where not any of its members may."""
    plain = ELECTORATES[round_.electorate, round_.unit]
    return Sentence(CASTS.get((round_.casts, round_.electorate, round_.unit), plain))


def seen_by(round_: Any) -> tuple[Sentence, Sentence]:
    """Who sees which answer, and when the result is shown."""
    if round_.secrecy == "secret":
        sees = SECRET.get(round_.status, SECRET["open"])
    else:
        sees = SEES[round_.secrecy]
    return Sentence(sees), Sentence(WHEN[round_.results])
