"""What a round says about itself in one line: its rule, who may vote, who sees what. Pure words."""

from dataclasses import dataclass, field
from typing import Any

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
}  # fmt: skip

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
    """The one rule that decides, in words, with its figures."""
    message = RULES.get(round_.method, N_("Decided by the rule “{method}”."))
    values = {**(round_.params or {}), "threshold": round_.threshold, "method": round_.method}
    return Sentence(message, {key: value for key, value in values.items() if value is not None})


def voters_of(round_: Any) -> Sentence:
    """Who may vote."""
    return Sentence(ELECTORATES[round_.electorate, round_.unit])


def seen_by(round_: Any) -> tuple[Sentence, Sentence]:
    """Who sees which answer, and when the result is shown."""
    if round_.secrecy == "secret":
        sees = SECRET.get(round_.status, SECRET["open"])
    else:
        sees = SEES[round_.secrecy]
    return Sentence(sees), Sentence(WHEN[round_.results])
