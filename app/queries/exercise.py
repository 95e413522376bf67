"""What one participant does now: the form before them, their own answers, what waits for them."""

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.activities.compare import compares, enough_of
from app.activities.delphi import Rules, rules_of
from app.activities.sentences import Sentence
from app.activities.thrift import Shortlist
from app.analysis.routing import most_needed
from app.ballots import ITEMWISE, REPEATED, Terms, item_of, parse_body
from app.models import EvidenceItem, Proposal, Reason, WordingVersion
from app.policy import Actor, Verdict, may_flag
from app.queries.comparing import Shown, showings_of
from app.queries.coverage import progress
from app.queries.feedback import Feedback, before_this
from app.queries.lineage import Before, before_of
from app.queries.matrix import Matrix, matrix
from app.queries.own_proposals import own_proposals
from app.queries.pace import prediction
from app.queries.polls import costs_of, counted_ballots, terms_of
from app.queries.proxies import held_in
from app.queries.realised import ESTIMATED, before_or_now, heard_in
from app.queries.results import OptionResult, Results, answers_of
from app.queries.rounds import OptionView, RoundView, own_ballots, own_entry, round_view
from app.queries.signing import Signature, alone_in, signatures
from app.queries.step import Step, step_now
from app.queries.voice import own_voice, sent_for

OWN_ORDER = ("react", "ranking")
# Where the form says how much may be picked or spent, and where one answer is given to the whole.
LIMITED = ("choice", "approval", "allocation")
ONE_ANSWER = ("choice", "motion", "allocation")


@dataclass(frozen=True)
class Area:
    """A priority area with the options that belong to it."""

    id: str
    no: str
    text: str
    options: list[OptionView] = field(default_factory=list)


@dataclass(frozen=True)
class Asked:
    """What of a round's cells is put to one voice, and how many minutes that takes."""

    cells: int
    of: int
    minutes: int


@dataclass(frozen=True)
class ExerciseView:
    """The present exercise as one participant sees it. `form` names the template under
    templates/ballots; `key` changes whenever another form should stand there; `regions` are those
    one may speak for, with whether nobody else is from there. `voice` says why one may vote or not,
    `sent_for` that somebody else sent the answer that stands, `proxies` for whom one casts besides,
    and `entered_for` whose form it is, where somebody else fills it. `limits` are what a ballot is
    checked against, `costs` what each option costs. `short` words a cell where its area stands
    above it; `asked` is what of a round is put to this voice. Of a `delphi`, `feedback` is what the
    group said in the round before. `estimated` is the group's published answer to each estimate,
    and `heard` the reasons beside it. `sets` are the pairs or sets that were chosen for this voter,
    of which so many as `about` are to be judged."""

    step: Step
    form: str
    key: str
    round: RoundView | None = None
    options: list[OptionView] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=dict)
    earlier: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Before] = field(default_factory=dict)
    reasons: dict[str, Any] = field(default_factory=dict)
    revision: int = 0
    revisions: dict[str, int] = field(default_factory=dict)
    gists: dict[str, str] = field(default_factory=dict)
    regions: dict[str, bool] = field(default_factory=dict)
    signed: dict[str, Signature] = field(default_factory=dict)
    own: list[Any] = field(default_factory=list)
    whole: Matrix | None = None
    may_flag: Verdict | None = None
    voice: Sentence | None = None
    sent_for: Sentence | None = None
    proxies: list[Any] = field(default_factory=list)
    entered_for: str = ""
    delphi: Rules | None = None
    feedback: dict[str, Feedback] = field(default_factory=dict)
    limits: Terms | None = None
    costs: dict[str, Any] = field(default_factory=dict)
    short: dict[str, str] = field(default_factory=dict)
    asked: Asked | None = None
    estimated: dict[str, OptionResult] = field(default_factory=dict)
    heard: dict[str, list[str]] = field(default_factory=dict)
    sets: list[Shown] = field(default_factory=list)
    about: int = 0

    @property
    def one_answer(self) -> bool:
        """Whether the whole round is answered at once, by one button."""
        return self.form in ONE_ANSWER

    @property
    def answered(self) -> int:
        """How many answers there are; over criteria each of an item's counts."""
        if self.form == "criteria":
            return sum(len(row) for row in self.answers.values())
        return len(self.answers)

    @property
    def questions(self) -> int:
        """How many answers the form asks for."""
        each = len(self.round.row.criteria or ()) if self.form == "criteria" and self.round else 1
        return len(self.options) * each

    @property
    def waiting(self) -> int:
        """How many sets lie ready that are not judged yet."""
        return sum(one.body is None for one in self.sets)

    @property
    def worded(self) -> dict[str, OptionView]:
        """The options by id, as sets name them."""
        return {option.id: option for option in self.options}

    @property
    def ranked(self) -> list[OptionView]:
        """The options one has ranked, first place first."""
        placed = [option for option in self.options if option.id in self.answers]
        return sorted(placed, key=lambda option: self.answers[option.id])

    @property
    def unranked(self) -> list[OptionView]:
        return [option for option in self.options if option.id not in self.answers]


def exercise_for(conn: Connection, workshop_id: str, actor: Actor) -> ExerciseView:
    """The form that stands before this participant now; "wait" where there is nothing to do."""
    step = step_now(conn, workshop_id, actor.group_id)
    activity, exercise = step.activity, step.exercise
    if step.workshop.ended_at:
        return ExerciseView(step, "wait", "ended")
    if activity is None or exercise is None:
        return ExerciseView(step, "wait", "wait")
    if step.round is not None and step.round.status != "planned" and exercise.votes:
        return _voting(conn, workshop_id, actor, step)
    key = f"{activity.id}:{activity.stage}"
    if exercise.allows(activity.stage, "propose") and actor.has("participant"):
        return _proposing(conn, workshop_id, actor, step)
    if exercise.type == "agree" and activity.stage in ("reading", "deciding"):
        return _reading(conn, workshop_id, actor, step)
    if exercise.type == "cluster":
        own = own_proposals(conn, workshop_id, actor)
        signed = signatures(conn, workshop_id, actor, {row.shown for row in own})
        return ExerciseView(step, "cluster", key, own=own, signed=signed)
    return ExerciseView(step, "matrix" if exercise.type == "matrix" else "wait", key)


def _reading(conn: Connection, workshop_id: str, actor: Actor, step: Step) -> ExerciseView:
    """The draft with one's own flags. Its key follows the wordings, so that a changed one is shown
    anew, but never while someone types."""
    whole = matrix(conn, workshop_id, actor)
    mixed = " ".join(
        f"{row.wording.id} {row.state} {[f.version for f in row.flags if f.own]}"
        for row in (*whole.cells, *whole.wordings)
    )
    version = hashlib.sha256(mixed.encode()).hexdigest()[:16]
    return ExerciseView(
        step,
        "agree",
        f"{step.activity.id}:{step.activity.focus}:{version}",
        whole=whole,
        may_flag=may_flag(actor, True),
    )


def _voting(conn: Connection, workshop_id: str, actor: Actor, step: Step) -> ExerciseView:
    view = round_view(conn, workshop_id, step.round.id, actor)
    shape = view.row.shape
    ballots = own_ballots(conn, view.row.id, view.own)
    answers = _joined(shape, [ballot.body for ballot in ballots])
    asked = _asked(conn, view)
    options = _put_to(conn, view, answers) if asked else view.options
    short = _short(conn, options)
    shown = before_or_now(conn, step) if shape in ESTIMATED else None
    sent = max(
        (ballot for ballot in ballots if ballot.how), key=lambda one: one.number, default=None
    )
    return ExerciseView(
        step=step,
        form=_form(step.activity, view.row),
        key=f"{view.row.id}:{view.row.status}:{view.row.opened_number}:{len(view.options)}"
        f"{f':{sent.number}' if sent else ''}{_shown_now(shown, view)}",
        round=view,
        options=_ordered(conn, view, options, actor, answers),
        areas=_by_area(conn, options) if shape == "approval" or short else [],
        answers=answers,
        sets=showings_of(conn, view.own.id) if view.own and compares(view.row) else [],
        about=enough_of(view.row)["mine"] if compares(view.row) else 0,
        earlier=_earlier(conn, step, actor),
        before=before_of(conn, step.rounds, step.round, view.options, actor),
        reasons=_reasons(conn, view),
        revision=max((ballot.revision for ballot in ballots), default=0),
        revisions={b.item: b.revision for b in ballots if shape in ITEMWISE},
        gists=_gists(conn, view.options) if shape == "judgement" else {},
        regions=alone_in(conn, workshop_id, actor) if shape == "judgement" else {},
        voice=own_voice(conn, view.row, actor, view.own),
        sent_for=sent_for(conn, sent),
        proxies=held_in(conn, view.row.id, actor),
        delphi=rules_of(step.activity),
        feedback=before_this(conn, step.activity, view, actor),
        limits=terms_of(conn, view.row) if shape in LIMITED else None,
        costs=costs_of(conn, view.row) if shape == "approval" else {},
        short=short,
        asked=asked,
        estimated={one.option.id: one for one in shown.options} if shown else {},
        heard=heard_in(conn, shown),
    )


def _asked(conn: Connection, view: RoundView) -> Asked | None:
    if view.own is None or view.own.asked is None:
        return None
    cells = len(view.own.asked)
    takes = prediction(conn, view.row.workshop_id, view.row.shape, cells)
    return Asked(cells, len(view.options), takes.minutes)


def _put_to(conn: Connection, view: RoundView, answers: dict[str, Any]) -> list[OptionView]:
    """What is put to this voice, without what it has not answered and is asked no more."""
    so_far = progress(conn, view.row) if view.row.status in ("open", "closing") else None
    over = set(so_far.stopped) - set(answers) if so_far else set()
    asked = set(view.own.asked) - over
    return [option for option in view.options if option.id in asked]


def _short(conn: Connection, options: list[OptionView]) -> dict[str, str]:
    """How a cell is worded where its area stands above it: by its response alone."""
    cells = {option.id: option.version for option in options if option.source_kind == "pair"}
    rows: Any = conn.execute(
        select(WordingVersion.id, WordingVersion.text).where(
            col(WordingVersion.id).in_({*cells.values()})
        )
    )
    texts = {row.id: row.text for row in rows}
    return {cell: texts[version] for cell, version in cells.items() if version in texts}


def _form(activity: Any, round_: Any) -> str:
    """Which form asks for the ballots of a round: one of its own, or that of their shape."""
    if "weighs" in activity.settings:
        return "weights"
    return "nomination" if Shortlist.of(round_.thrift) else str(round_.shape)


def _ordered(
    conn: Connection,
    view: RoundView,
    options: list[OptionView],
    actor: Actor,
    answers: dict[str, Any],
) -> list[OptionView]:
    """Options in the order in which this person meets them: of statements first those they have
    judged, then what the round most needs judged. A secret round shows nothing of its answers
    before its close: there the order is each person's own."""
    if view.row.shape not in OWN_ORDER:
        return options
    own = _in_own_order(view, actor)
    if view.row.shape != "react" or view.row.status not in ("open", "closing"):
        return own
    judged: dict[str, Counter[str]] = defaultdict(Counter)
    for one in counted_ballots(conn, view.row):
        for option, answer in answers_of(one.body):
            judged[option][answer] += 1
    places = {option.id: n for n, option in enumerate(own)}
    known = {option.id: option for option in own}
    waiting = [option.id for option in own if option.id not in answers]
    needed = most_needed(waiting, judged, lambda id_: places[id_])
    return [option for option in own if option.id in answers] + [known[id_] for id_ in needed]


def _shown_now(shown: Results | None, view: RoundView) -> str:
    """A form follows its own round's publication, and no earlier one's: somebody may be typing."""
    return ":shown" if shown and shown.round.id == view.row.id else ""


def _in_own_order(view: RoundView, actor: Actor) -> list[OptionView]:
    """An order of its own for each person, the same again after a reload."""

    def place(option: OptionView) -> str:
        mixed = f"{view.row.activity_id} {actor.identity} {option.id}"
        return hashlib.sha256(mixed.encode()).hexdigest()

    return sorted(view.options, key=place)


def _joined(shape: str, bodies: list[dict[str, Any]]) -> dict[str, Any]:
    """Own answers by option: values of a rating, approvals as True, tiers as places."""
    joined: dict[str, Any] = {}
    for body in bodies:
        if shape in REPEATED:
            joined[item_of(parse_body(body))] = body[shape]
            continue
        answers = body[shape] if shape in body else next(iter(body.values()))
        if isinstance(answers, dict):
            joined |= answers
        elif shape in ("approval", "choice"):
            joined |= dict.fromkeys(answers, True)
        elif shape == "ranking":
            joined |= {o: place for place, tier in enumerate(answers, 1) for o in tier}
        else:
            joined[""] = answers
    return joined


def _earlier(conn: Connection, step: Step, actor: Actor) -> dict[str, Any]:
    """One's own answers in the round before this one."""
    before = [r for r in step.rounds if r.n < step.round.n and r.status in ("closed", "sealed")]
    if not before:
        return {}
    ballots = own_ballots(conn, before[-1].id, own_entry(conn, before[-1], actor))
    return _joined(before[-1].shape, [ballot.body for ballot in ballots])


def _reasons(conn: Connection, view: RoundView) -> dict[str, Any]:
    if view.own is None:
        return {}
    rows = conn.execute(
        select(Reason).where(Reason.entry_id == view.own.id, col(Reason.superseded_by).is_(None))
    )
    return {row.option_id: row for row in rows}


def _gists(conn: Connection, options: list[OptionView]) -> dict[str, str]:
    ids = [option.id for option in options]
    rows = conn.execute(
        select(EvidenceItem.id, EvidenceItem.gist, EvidenceItem.source).where(
            col(EvidenceItem.id).in_(ids)
        )
    )
    return {row.id: f"{row.gist} ({row.source})" if row.source else row.gist for row in rows}


def _by_area(conn: Connection, options: list[OptionView]) -> list[Area]:
    known = {area.id: area for area in areas_of(conn, {o.area_id for o in options if o.area_id})}
    rest = [option for option in options if option.area_id not in known]
    for option in options:
        if option.area_id in known:
            known[option.area_id].options.append(option)
    return [*known.values(), *([Area("", "", "", rest)] if rest else [])]


def areas_of(conn: Connection, ids: set[str]) -> list[Area]:
    """Priority areas by id, in their own order, with their present wording."""
    rows = conn.execute(
        select(Proposal.id, Proposal.own_key, WordingVersion.text)
        .join(WordingVersion, col(WordingVersion.id) == col(Proposal.wording_version_id))
        .where(col(Proposal.id).in_(ids))
        .order_by(col(Proposal.position), col(Proposal.own_key), col(Proposal.number))
    )
    return [Area(row.id, row.own_key or "", row.text) for row in rows]


def _proposing(conn: Connection, workshop_id: str, actor: Actor, step: Step) -> ExerciseView:
    own = own_proposals(conn, workshop_id, actor, step.activity.id)
    wanted = step.activity.settings.get("kind", "priority_area")
    ids = conn.execute(
        select(Proposal.id).where(
            Proposal.workshop_id == workshop_id,
            Proposal.kind == "priority_area",
            Proposal.status == "accepted",
        )
    ).scalars()
    areas = areas_of(conn, set(ids)) if wanted == "response" else []
    shown = {step.activity.settings.get("shown") or "named", *(row.shown for row in own)}
    return ExerciseView(
        step,
        "propose",
        f"{step.activity.id}:propose",
        areas=areas,
        own=own,
        signed=signatures(conn, workshop_id, actor, shown),
    )
