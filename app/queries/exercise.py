"""What one participant does now: the form before them, their own answers, what waits for them."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.activities.sentences import Sentence
from app.ballots import ITEMWISE
from app.models import EvidenceItem, Proposal, Reason, WordingVersion
from app.policy import Actor, Verdict, may_flag
from app.queries.matrix import Matrix, matrix
from app.queries.own_proposals import own_proposals
from app.queries.proxies import held_in
from app.queries.rounds import OptionView, RoundView, own_ballots, own_entry, round_view
from app.queries.signing import Signature, alone_in, signatures
from app.queries.step import Step, step_now
from app.queries.voice import own_voice, sent_for

OWN_ORDER = ("react", "ranking")


@dataclass(frozen=True)
class Area:
    """A priority area with the options that belong to it."""

    id: str
    no: str
    text: str
    options: list[OptionView] = field(default_factory=list)


@dataclass(frozen=True)
class ExerciseView:
    """The present exercise as one participant sees it. `form` names the template under
    templates/ballots; `key` changes whenever another form should stand there; `regions` are those
    one may speak for, with whether nobody else is from there. `voice` says why one may vote or not,
    `sent_for` that somebody else sent the answer that stands, `proxies` for whom one casts besides,
    and `entered_for` whose form it is, where somebody else fills it."""

    step: Step
    form: str
    key: str
    round: RoundView | None = None
    options: list[OptionView] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=dict)
    earlier: dict[str, Any] = field(default_factory=dict)
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

    @property
    def answered(self) -> int:
        return len(self.answers)

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
    sent = max(
        (ballot for ballot in ballots if ballot.how), key=lambda one: one.number, default=None
    )
    return ExerciseView(
        step=step,
        form=shape,
        key=f"{view.row.id}:{view.row.status}:{view.row.opened_number}:{len(view.options)}"
        f"{f':{sent.number}' if sent else ''}",
        round=view,
        options=_in_own_order(view, actor) if shape in OWN_ORDER else view.options,
        areas=_by_area(conn, view.options) if shape == "approval" else [],
        answers=_joined(shape, [ballot.body for ballot in ballots]),
        earlier=_earlier(conn, step, actor),
        reasons=_reasons(conn, view),
        revision=max((ballot.revision for ballot in ballots), default=0),
        revisions={b.item: b.revision for b in ballots if shape in ITEMWISE},
        gists=_gists(conn, view.options) if shape == "judgement" else {},
        regions=alone_in(conn, workshop_id, actor) if shape == "judgement" else {},
        voice=own_voice(conn, view.row, actor, view.own),
        sent_for=sent_for(conn, sent),
        proxies=held_in(conn, view.row.id, actor),
    )


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
        answers = body[shape] if shape in body else next(iter(body.values()))
        if isinstance(answers, dict):
            joined |= answers
        elif shape == "approval":
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
