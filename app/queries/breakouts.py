"""Groups at work: each one's exercise beside the others', for those who run the meeting; a lead's
own; and what the groups bring back, side by side."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.analysis.rank_totals import Total, rank_totals
from app.models import Activity, Group, Participant
from app.policy import MODERATOR
from app.queries.before_the_room import NOBODY
from app.queries.groups import groups
from app.queries.proposals import proposals
from app.queries.results import Results, results
from app.queries.rounds import RoundView, round_view, rounds_of_activity
from app.queries.step import Step, step_now
from app.queries.turnout import Turnout, turnout
from app.queries.turns import READ_OUT_IN, InTurn, in_turn


@dataclass(frozen=True)
class GroupView:
    """One group: who leads it, who of it is here, and where it is."""

    row: Any
    lead: str
    members: int
    here: int
    step: Step
    round: RoundView | None
    turnout: Turnout | None
    turns: InTurn | None = None

    @property
    def apart(self) -> bool:
        return self.step.group is not None

    @property
    def could_take_turns(self) -> bool:
        own = self.step.activity
        return bool(self.apart and own.type == "propose" and own.stage in READ_OUT_IN)


def at_work(conn: Connection, workshop_id: str, present: frozenset[str]) -> dict[str, Any]:
    """Every group with its members; what the plenary's activity gave them, side by side."""
    people: dict[str, list[Any]] = {}
    for person in conn.execute(
        select(Participant).where(
            Participant.workshop_id == workshop_id, col(Participant.group_id).is_not(None)
        )
    ):
        people.setdefault(person.group_id, []).append(person)
    found = [
        _view(conn, workshop_id, group, people.get(group.id, []), present)
        for group in groups(conn, workshop_id)
    ]
    step = step_now(conn, workshop_id)
    here = step.activity.id if step.activity else None
    return {
        "groups": found,
        "step": step,
        "zone": step.workshop.time_zone,
        "brought": report_back(conn, workshop_id, here, unpublished=True),
    }


def _view(
    conn: Connection, workshop_id: str, group: Any, people: list[Any], present: frozenset[str]
) -> GroupView:
    step = step_now(conn, workshop_id, group.id)
    running = step.group is not None and step.round is not None and step.round.status != "planned"
    return GroupView(
        row=group,
        lead=next((person.label for person in people if person.id == group.lead_id), ""),
        members=len(people),
        here=sum(person.id in present for person in people),
        step=step,
        round=round_view(conn, workshop_id, step.round.id, NOBODY) if running else None,
        turnout=turnout(conn, step.round.id) if running else None,
        turns=in_turn(conn, step.activity) if step.group is not None else None,
    )


def led(conn: Connection, workshop_id: str, group_id: str | None) -> dict[str, Any]:
    """What a group's lead has before them, while the group works apart."""
    step = step_now(conn, workshop_id, group_id)
    if step.group is None or step.activity is None:
        return {"step": step, "round": None, "turnout": None, "waiting": []}
    view = _view(conn, workshop_id, step.group, [], frozenset())
    mine = proposals(conn, workshop_id, MODERATOR, activity_id=step.activity.id)
    return {
        "step": step,
        "round": view.round,
        "turnout": view.turnout,
        "waiting": [one for one in mine if one.row.status == "waiting"],
    }


@dataclass(frozen=True)
class Brought:
    """What one group brings back: its last outcome, if it may be shown."""

    group: Any
    activity: Any
    results: Results | None


@dataclass(frozen=True)
class ReportBack:
    """The groups' outcomes of one exercise, side by side. `totals` where they ranked options."""

    activity: Any
    groups: list[Brought] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def common(self) -> list[Total]:
        """Options that every group ranked."""
        return [one for one in self.totals if one.total is not None]


def report_back(
    conn: Connection, workshop_id: str, activity_id: str | None, *, unpublished: bool
) -> ReportBack | None:
    """What the groups made of an exercise that was given to them; None where it was not."""
    rows = conn.execute(
        select(Activity, Group.name.label("group_name"))  # type: ignore[attr-defined]
        .join(Group, col(Group.id) == col(Activity.group_id))
        .where(
            Activity.workshop_id == workshop_id,
            Activity.given_from_id == activity_id,
            col(Activity.removed_at).is_(None),
        )
        .order_by(col(Group.name))
    ).all()
    if activity_id is None or not rows:
        return None
    origin = conn.execute(select(Activity).where(Activity.id == activity_id)).one()
    brought = [Brought(row.group_name, row, _last(conn, row.id, unpublished)) for row in rows]
    texts = {
        line.option.id: line.option.text
        for one in brought
        if one.results
        for line in one.results.options
    }
    rankings = {
        str(one.group): one.results.data["ranking"]
        for one in brought
        if one.results and one.results.data["ranking"]
    }
    totals = rank_totals(rankings) if len(rankings) > 1 else []
    return ReportBack(origin, brought, totals, texts)


def _last(conn: Connection, activity_id: str, unpublished: bool) -> Results | None:
    closed = [
        row
        for row in rounds_of_activity(conn, activity_id)
        if row.status in ("closed", "sealed") and (unpublished or row.published_screen)
    ]
    return results(conn, closed[-1].id) if closed else None
