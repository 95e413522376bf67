"""What the facilitator drives by: the agenda, the present round, the door, what waits."""

from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.activities import terms_of
from app.activities.rulings import against_ruling
from app.models import Activity, Admission, Participant, Round, Token
from app.policy import MODERATOR
from app.queries.activities import activity as activity_of
from app.queries.before_the_room import NOBODY
from app.queries.matrix import matrix
from app.queries.misreadings import misread
from app.queries.now import planned_end
from app.queries.pace import cells_ahead, prediction
from app.queries.proposals import components, proposals
from app.queries.rounds import round_view, rounds_of_activity
from app.queries.step import activities_of_item, agenda_of, step_now, workshop_row
from app.queries.twins import twins


def agenda(conn: Connection, workshop_id: str) -> dict[str, Any]:
    """The day of the present item, with the activities of that item and how their rounds stand."""
    step = step_now(conn, workshop_id)
    items = agenda_of(conn, workshop_id)
    day = step.item.day if step.item else (items[0].day if items else 1)
    steps = [
        (activity, _status(conn, activity))
        for activity in activities_of_item(conn, workshop_id, step.item.id if step.item else None)
    ]
    return {
        "step": step,
        "day": day,
        "items": [item for item in items if item.day == day],
        "steps": steps,
    }


def _status(conn: Connection, activity: Any) -> str:
    rounds = rounds_of_activity(conn, activity.id)
    opened = [round_.status for round_ in rounds if round_.status != "planned"]
    return str(opened[-1] if opened else activity.stage)


def present(conn: Connection, workshop_id: str) -> dict[str, Any]:
    """The panel of the present exercise with what can be done to it now."""
    step = step_now(conn, workshop_id)
    shown = round_view(conn, workshop_id, step.round.id, NOBODY) if step.round is not None else None
    return {
        "step": step,
        "round": shown,
        "zone": step.workshop.time_zone,
        "left_open": _left_open(conn, step),
        "progress": None,
        **_ahead(conn, workshop_id, step),
    }


def _ahead(conn: Connection, workshop_id: str, step: Any) -> dict[str, Any]:
    """What sharing the cells out would come to, and how long it takes, while nothing is open."""
    nothing = {"ahead": None, "takes": None}
    running = step.round is not None and step.round.status in ("open", "closing")
    if step.activity is None or running or not step.exercise.votes:
        return nothing
    terms = terms_of(step.exercise, step.activity.title, step.activity.settings)
    options = activity_of(conn, workshop_id, step.activity.id).options
    found = cells_ahead(conn, workshop_id, step.activity, terms, options) if options else None
    if found is None:
        return nothing
    shape = step.exercise.shape
    return {"ahead": found, "takes": prediction(conn, workshop_id, shape, found.a_rater[1])}


def _left_open(conn: Connection, step: Any) -> list[Any]:
    """Rounds of the plenary that still run while the meeting is elsewhere."""
    here = step.activity.id if step.activity else ""
    return list(
        conn.execute(
            select(Round.id, Round.question)
            .join(Activity, col(Activity.id) == col(Round.activity_id))
            .where(
                col(Activity.group_id).is_(None),
                Round.workshop_id == step.workshop.id,
                col(Round.status).in_(("open", "closing")),
                Round.activity_id != here,
            )
            .order_by(col(Round.id))
        )
    )


def door(conn: Connection, workshop_id: str) -> dict[str, Any]:
    """Who waits at the door, under the name they chose or gave."""
    known = (Admission.id, Admission.label, Admission.participant_id, Participant.label)
    query: Any = select(*known, col(Token.opened_by))  # type: ignore[call-overload]
    rows = conn.execute(
        query.join(Token, col(Token.id) == col(Admission.token_id))
        .join(Participant, col(Participant.id) == col(Admission.participant_id), isouter=True)
        .where(
            Admission.workshop_id == workshop_id,
            Admission.status == "waiting",
            col(Token.revoked_at).is_(None),
        )
        .order_by(col(Admission.asked_at), col(Admission.id))
    )
    waiting = [
        {
            "id": row[0],
            "label": row[3] or row[1],
            "known": row[2] is not None,
            "by_link": row[4] is not None,
        }
        for row in rows
    ]
    return {"waiting": waiting, "workshop_id": workshop_id}


def moderation(conn: Connection, workshop_id: str) -> dict[str, Any]:
    """What waits for a moderator, each with its near-duplicates; authors are not shown."""
    everything = proposals(conn, workshop_id, MODERATOR)
    standing = [one for one in everything if one.row.status in ("waiting", "accepted")]
    waiting = [one for one in standing if one.row.status == "waiting"]
    alike = twins(waiting, standing)
    return {
        "waiting": [(one, alike[one.id][:3]) for one in waiting],
        "accepted": [one for one in standing if one.row.status == "accepted"],
        "misread": _misread(conn, workshop_id, standing),
        "components": components(conn, workshop_id),
        "workshop_id": workshop_id,
    }


def _misread(conn: Connection, workshop_id: str, standing: list[Any]) -> list[tuple[Any, Any]]:
    """The wordings of which an author said that they are not what was meant, with what was said."""
    said = misread(conn, workshop_id, None)
    return [(one, said[one.id]) for one in standing if one.id in said]


def flagged(conn: Connection, workshop_id: str) -> dict[str, Any]:
    """The rows before the chair: those that are flagged or hold brackets first, then those that
    nothing stands against."""
    step = step_now(conn, workshop_id)
    whole = matrix(conn, workshop_id)
    rows = [row for row in whole.cells if not row.settled]
    wordings = [row for row in whole.wordings if not row.settled]
    return {
        "agreeing": step.activity is not None and step.activity.type == "agree",
        "step": step,
        "flagged": [row for row in (*rows, *wordings) if row.flags or row.brackets],
        "unflagged": [row for row in rows if not row.flags and not row.brackets],
        "wordings": [row for row in wordings if not row.flags and not row.brackets],
        "whole": whole,
        "until": planned_end(step.workshop, step.item),
        "chairs": chairs(conn, workshop_id),
        "against": against,
    }


def against(row: Any, ruling: str) -> str | None:
    """Why the chair can't rule so on a row, as a msgid; None if it is possible."""
    why = against_ruling({flag.flag for flag in row.flags if not flag.taken_up}, ruling)
    return why[1] if why else None


def chairs(conn: Connection, workshop_id: str) -> list[Any]:
    """Those who can rule."""
    people = conn.execute(
        select(Participant)
        .where(Participant.workshop_id == workshop_id)
        .order_by(col(Participant.position))
    )
    return [person for person in people if "chair" in person.roles]


def on_screen(conn: Connection, workshop_id: str) -> dict[str, Any]:
    """What the big screen shows now, for the facilitator's switch."""
    workshop = workshop_row(conn, workshop_id)
    step = step_now(conn, workshop_id)
    return {"workshop": workshop, "screen": workshop.screen, "step": step}
