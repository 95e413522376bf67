"""Everything an export needs, as plain values that have passed the attribution rule already."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class MeetingFacts:
    """The workshop itself. `trial` is the mark of a demonstration or rehearsal, or empty."""

    id: str
    title: str
    starts_on: date | None
    ends_on: date | None
    place: str
    time_zone: str
    languages: list[str]
    attribution: str
    trial: str
    seq: int
    head: str
    made_at: datetime


@dataclass(frozen=True)
class Item:
    """One agenda item: planned local times, actual moments."""

    id: str
    day: int
    start: str
    end: str
    kind: str
    setting: str
    title: str
    started_at: datetime | None
    finished_at: datetime | None


@dataclass(frozen=True)
class Person:
    """One line of the annex of participants; the annex is empty where it is switched off."""

    label: str
    capacity: str
    delegation: str
    regions: str
    roles: str


@dataclass(frozen=True)
class Wording:
    """A component, conclusion or working definition: the adopted text, else the draft; `draft` is
    what was written since it was adopted."""

    id: str
    text: str
    ruling: str
    decision: int | None
    gist: str = ""
    adopted: bool = False
    draft: str = ""


@dataclass(frozen=True)
class NoteReport:
    """A released note of the rapporteurs, what it refers to worded; never who wrote it."""

    item: str
    group: str
    text: str
    id: str = ""


@dataclass(frozen=True)
class LessonReport:
    """A released lesson learned, with what it rests on worded, signed as the attribution rule
    allows for everybody."""

    id: str
    context: str
    tried: str
    result: str
    transferability: str
    rests_on: list[str]
    by: str = ""


@dataclass(frozen=True)
class MatrixRow:
    """One area with one response, or an area without any (response fields empty).

    `response` is the agreed text where there is a decision; `draft` what was written since.
    `state` is how the row stands, `cell_state` how the cell does, and `cell` says it in words;
    `evidence` gives each item's grade and regions as judged, `area_estimates` and `estimates` what
    was estimated of the area, and of the response. The ids are those by which ballots name them.
    """

    component: str
    area_no: str
    area: str
    problem_statement: str
    regional_context: str
    evidence_status: str
    evidence_references: str
    response_no: str
    response: str
    level: str
    lead_actor: str
    partners: str
    time_frame: str
    resources: str
    indicator: str
    priority_median: str
    priority_iqr: str
    priority_n: str
    priority_rank: str
    support: str
    agreement: str
    reservations: str
    source: str
    notes: str
    outcome_reference: str
    draft: str = ""
    state: str = ""
    flags: list[str] = field(default_factory=list)
    area_id: str = ""
    response_id: str = ""
    cell_state: str = ""
    cell: str = ""
    evidence: list[str] = field(default_factory=list)
    area_estimates: list[str] = field(default_factory=list)
    estimates: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class CellReport:
    """One cell of the matrix: an area with a response, `laid` as a row or not. `cell` says how it
    stands and why; `nominated` are the nominations of the ballots `cast`, the figures those of its
    last rating. What is not listed is empty."""

    area_id: str
    response_id: str
    area_no: str
    area: str
    response_no: str
    response: str
    state: str
    cell: str
    laid: bool
    nominated: int = 0
    cast: int = 0
    median: float | None = None
    iqr: float | None = None
    n: int | None = None
    outcome_reference: str = ""


@dataclass(frozen=True)
class OptionFigures:
    """One option of a round as ballots name it, with its figures. Places count tiers from 1.
    `by_criterion` says in words what it got on each criterion."""

    id: str
    text: str
    place: int | None
    score: str
    winner: bool
    figures: dict[str, Any]
    counts: dict[str, dict[str, int]]
    by_criterion: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class CriterionReport:
    """One criterion of a round as ballots name it; `words` say its weight and what is better."""

    id: str
    text: str
    weight: str
    direction: str
    words: str


@dataclass(frozen=True)
class RoundReport:
    """One round for the method note: question, rule, entitled, voted, result; how certain that is,
    where it was released; and in `firmness` what another weight of each criterion would change. Of
    a Delphi, its `rules` as stated before round 1, how far answers held, and of which kinds the
    reasons were. Of estimates, what turned out and how they did by it, in words and, in `scored`,
    for programs; where that is shown to everybody."""

    id: str
    activity: str
    type: str
    n: int
    question: str
    method: str
    rule: str
    voters: str
    secrecy: str
    sees: str
    eligible: int
    cast: int
    blank: int
    not_seen: int
    not_answered: int
    no_opinion: int
    abstained: int
    result: str
    decided: str
    outcome: int
    number: int
    digest: str
    trace: list[str]
    options: list[OptionFigures]
    ballots: list[dict[str, Any]]
    reopened: list[str]
    sent_for: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    stability: list[str] = field(default_factory=list)
    disagreement: list[str] = field(default_factory=list)
    certainty: list[str] = field(default_factory=list)
    criteria: list[CriterionReport] = field(default_factory=list)
    weights: str = ""
    firmness: list[str] = field(default_factory=list)
    compared: list[str] = field(default_factory=list)
    turned_out: list[str] = field(default_factory=list)
    scored: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class DecisionReport:
    """One ruling of the chair with the rows it settled."""

    number: int
    at: datetime
    ruling: str
    ruled_by: str
    recorded_by: str
    text: str
    rows: list[str]


@dataclass(frozen=True)
class ParkedMatter:
    """A matter that was put aside: where it came up, and what became of it."""

    number: int
    at: datetime
    item: str
    text: str
    status: str
    answer: str


@dataclass(frozen=True)
class LogEntry:
    """One line of the record."""

    number: int
    at: str
    kind: str
    sentence: str


@dataclass(frozen=True)
class Report:
    """The whole meeting as it leaves the house. `cells` are those that are not empty, with a row or
    without, and `cell_counts` says how many of all are in each state."""

    meeting: MeetingFacts
    language: str
    agenda: list[Item]
    participants: list[Person]
    components: list[Wording]
    conclusions: list[Wording]
    rows: list[MatrixRow]
    rounds: list[RoundReport]
    decisions: list[DecisionReport]
    evidence: list[dict[str, str]]
    log: list[LogEntry]
    definitions: list[Wording] = field(default_factory=list)
    notes: list[NoteReport] = field(default_factory=list)
    parked: list[ParkedMatter] = field(default_factory=list)
    lessons: list[LessonReport] = field(default_factory=list)
    cells: list[CellReport] = field(default_factory=list)
    cell_counts: dict[str, int] = field(default_factory=dict)
