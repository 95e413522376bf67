"""The big screen: what it shows now, and nothing private ever."""

from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.models import Activity, AgendaItem, Round, WordingVersion
from app.queries.audit import head_after
from app.queries.before_the_room import NOBODY, outcome_of_round
from app.queries.breakouts import report_back
from app.queries.coverage import progress
from app.queries.delphi import delphi
from app.queries.floor import floor_on_screen
from app.queries.lessons import released_lessons
from app.queries.matrix import Matrix, Row, matrix
from app.queries.notes import on_the_screen
from app.queries.now import planned_end
from app.queries.quorum import quorum_of
from app.queries.rounds import round_view
from app.queries.step import agenda_of, step_now
from app.queries.turnout import turnout
from app.queries.turns import in_turn


def stage(conn: Connection, workshop_id: str, group: str | None = None) -> dict[str, Any]:
    """Everything the stage may draw; `show` says which of it stands there."""
    step = step_now(conn, workshop_id, group)
    screen = _of_the_group(step) if step.group else step.workshop.screen
    context: dict[str, Any] = {
        "step": step,
        "zone": step.workshop.time_zone,
        "show": "take" if step.workshop.ended_at else screen.get("show", "join"),
        "code": step.workshop.code,
        "agenda": agenda_of(conn, workshop_id),
        "item": _one(conn, AgendaItem, screen.get("item")) or step.item,
        "turnout": None,
        "quorum": None,
        "progress": None,
        "turns": None,
        "round": None,
        "row": None,
        "note": None,
        "lesson": None,
        "results": None,
        "poll": None,
        "discussing": False,
        "brought": None,
        "delphi": None,
    }
    match context["show"]:
        case "question":
            context |= _question(conn, workshop_id, step)
        case "results":
            context |= _results(conn, workshop_id, step, screen)
        case "groups":
            found = report_back(conn, workshop_id, screen.get("activity"), unpublished=False)
            context["brought"] = found
        case "row":
            context |= _row(conn, workshop_id, step, screen.get("row"))
        case "floor":
            context |= floor_on_screen(conn, workshop_id)
        case "note":
            context["note"] = on_the_screen(conn, workshop_id, screen.get("note"))
        case "lesson":
            told = released_lessons(conn, workshop_id, None)
            context["lesson"] = next((o for o in told if o.id == screen.get("lesson")), None)
    return context


def _of_the_group(step: Any) -> dict[str, Any]:
    """A group's own big screen follows its work: the question, and what was published of it."""
    shown = step.round is not None and step.round.published_screen
    return {"show": "results", "round": step.round.id} if shown else {"show": "question"}


def _one(conn: Connection, model: Any, object_id: str | None) -> Any:
    return conn.execute(select(model).where(model.id == object_id)).one_or_none()


def _question(conn: Connection, workshop_id: str, step: Any) -> dict[str, Any]:
    if step.round is None or step.round.status == "planned":
        return {"turns": in_turn(conn, step.activity)}
    found = turnout(conn, step.round.id)
    return {
        "round": round_view(conn, workshop_id, step.round.id, NOBODY),
        "turnout": found,
        "quorum": quorum_of(step.round, found),
        "progress": progress(conn, step.round),
    }


def _results(
    conn: Connection, workshop_id: str, step: Any, screen: dict[str, Any]
) -> dict[str, Any]:
    """The outcome, only if it was published to the screen."""
    wanted = screen.get("round")
    published = conn.execute(
        select(Round)
        .where(
            Round.workshop_id == workshop_id,
            col(Round.published_screen).is_(True),
            *([Round.id == wanted] if wanted else []),
            *([] if wanted else [Round.activity_id == (step.activity.id if step.activity else "")]),
        )
        .order_by(col(Round.opened_number).desc())
    ).first()
    if published is None:
        return {}
    activity = _one(conn, Activity, published.activity_id)
    found = outcome_of_round(conn, published.id, activity)
    if results := found.get("results"):
        found["head"] = head_after(conn, workshop_id, results.outcome.number)
        found["delphi"] = delphi(conn, activity)
    return found


def _row(conn: Connection, workshop_id: str, step: Any, row_id: str | None) -> dict[str, Any]:
    """A row put to the room: its wording, the one before it, how many rows are settled."""
    whole: Matrix = matrix(conn, workshop_id)
    rows: list[Row] = [*whole.cells, *whole.wordings]
    found = next((row for row in rows if row.id == row_id), None)
    if found is None:
        return {}
    before = conn.execute(
        select(WordingVersion).where(
            WordingVersion.subject_id == found.wording.subject_id,
            WordingVersion.n == found.wording.n - 1,
        )
    ).one_or_none()
    area = next((a for a in whole.areas if found in a.cells), None)
    return {
        "row": found,
        "before": before,
        "area": area,
        "whole": whole,
        "until": planned_end(step.workshop, step.item),
        "place": rows.index(found) + 1,
    }
