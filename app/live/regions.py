"""THE TABLE: every live panel, what makes it stale, who is shown it, its query, its partial.

To add one: a row here, a partial in templates/regions/ with one root element `id="region-NAME"`,
a query in app/queries/. A page shows it with `{{ region("NAME") }}`.
"""

from collections.abc import Callable
from functools import cache

from sqlalchemy import Connection

from app.live.panels import (
    VIEWS,
    Context,
    Query,
    Region,
    Scope,
    kinds,
    value,
)
from app.queries import (
    amendments,
    before_the_room,
    breakouts,
    cells,
    chairing,
    cockpit,
    comparing,
    coverage,
    cut_off,
    day,
    delphi,
    desk,
    floor,
    framework,
    lessons,
    notes,
    now,
    parking,
    presence,
    proposals,
    quiet,
    stage,
    standing,
    turns,
)
from app.queries.record import SENTENCES

RUN_THE_MEETING = ("control", "desk")

# What moves the meeting to another question, or the question to another state.
STEPS = kinds(
    "item_added item_changed item_removed item_started item_finished agenda_imported "
    "activity_changed activity_staged activity_removed screen_changed day_moved day_moved_back "
    "round_planned round_opened round_closing round_kept_open round_closed round_reopened "
    "round_sealed round_published timer_changed statement_joined workshop_ended "
    "activity_given group_called_back"
)
GROUPS = kinds(
    "group_added group_changed participant_changed participant_removed people_imported "
    "participant_arrived outcome_recorded"
)

# What changes proposals, and what changes the rows of the matrix and how they stand.
PROPOSALS = kinds(
    "proposal_made proposal_reworded proposal_accepted proposal_returned proposal_placed "
    "proposal_held "
    "proposals_merged proposals_imported merge_undone proposal_split "
    "proposal_split_undone misreading_told misreading_answered"
)
ROWS = kinds(
    "cell_added cell_changed cell_removed flag_raised flag_changed flag_withdrawn flag_taken_up "
    "flag_set_aside "
    "row_put decision_made proposal_reworded activity_focused component_added component_changed "
    "component_reworded component_removed conclusion_added conclusion_changed conclusion_reworded "
    "conclusion_removed"
)
# The list is that of the present item, to which these bring the meeting.
FLOOR = kinds(
    "floor_asked floor_withdrawn floor_given floor_stopped floor_ordered floor_set "
    "item_started round_opened activity_staged"
)
TURNS = kinds(
    "turns_begun turn_given turn_passed turns_ended participant_left participant_returned"
)
# Who is called what, and whom it is said to be.
NAMES = kinds(
    "participant_changed participant_removed participant_erased people_forgotten people_imported"
)

# What changes the notes that everybody may read.
NOTES = kinds("note_released note_corrected note_taken_back")

# What changes the lessons learned, and what they rest on.
LESSONS = kinds("lesson_told lesson_reworded lesson_released lesson_taken_back lesson_removed")


@cache
def everyone(query: Callable[[Connection, str], Context]) -> Query:
    """A panel's query that is the same for every group; panels that share it ask once."""
    return lambda conn, workshop_id, _scope: query(conn, workshop_id)


@cache
def apart(query: Callable[[Connection, str, str | None], Context]) -> Query:
    """A panel's query that a group working apart is answered for itself."""
    return lambda conn, workshop_id, scope: query(conn, workshop_id, scope.group)


def _timer(conn: Connection, workshop_id: str, scope: Scope) -> Context:
    return {"timer": now.timer(conn, workshop_id, scope.group)}


def _revealed(conn: Connection, workshop_id: str, scope: Scope) -> Context:
    return {"revealed": proposals.revealed(conn, workshop_id, scope.group)}


def _groups(conn: Connection, workshop_id: str, scope: Scope) -> Context:
    return breakouts.at_work(conn, workshop_id, scope.present)


def _presence(conn: Connection, workshop_id: str, scope: Scope) -> Context:
    return {"presence": presence.presence(conn, workshop_id, scope.present)}


def _storage(_conn: Connection, _workshop_id: str, scope: Scope) -> Context:
    return {"trouble": scope.trouble}


def _cut_off(conn: Connection, workshop_id: str, scope: Scope) -> Context:
    return cut_off.cut_off(conn, workshop_id, scope.present)


def _parking(conn: Connection, workshop_id: str) -> Context:
    return {"workshop_id": workshop_id, "parked": parking.parked(conn, workshop_id)}


def _lateness(conn: Connection, workshop_id: str, _scope: Scope) -> Context:
    moved = day.last_move(conn, workshop_id) is not None
    return {"lateness": day.lateness(conn, workshop_id), "moved": moved, "workshop_id": workshop_id}


TABLE: tuple[Region, ...] = (
    Region(
        "storage",
        stale_on=frozenset(),
        views=("control",),
        query=_storage,
        partial="regions/_storage.html",
        numbered=False,
    ),
    Region(
        "thread",
        stale_on=kinds(
            "item_added item_changed item_removed item_started item_finished agenda_imported "
            "round_opened activity_staged workshop_ended day_moved day_moved_back"
        ),
        views=VIEWS,
        query=value("thread", now.thread),
        partial="regions/_thread.html",
    ),
    Region(
        "timer",
        stale_on=kinds(
            "timer_changed round_opened round_closing round_kept_open round_closed round_reopened"
        ),
        views=("room", "control", "screen"),
        query=_timer,
        by_group=True,
        partial="regions/_timer.html",
        numbered=False,
    ),
    Region(
        "presence",
        stale_on=kinds(
            "people_imported participant_added participant_changed participant_arrived "
            "participant_removed participant_erased people_forgotten admission_decided "
            "participant_left participant_returned"
        ),
        views=RUN_THE_MEETING,
        query=_presence,
        partial="regions/_presence.html",
        numbered=False,
    ),
    Region(
        "cutoff",
        stale_on=STEPS | kinds("ballot_cast voter_added participant_arrived participant_removed"),
        views=("control",),
        query=_cut_off,
        partial="regions/_cutoff.html",
        numbered=False,
    ),
    Region(
        "now",
        stale_on=STEPS,
        views=("room", "control"),
        query=apart(before_the_room.question),
        by_group=True,
        partial="regions/_now.html",
    ),
    Region(
        "facts",
        stale_on=STEPS,
        views=("room",),
        query=apart(before_the_room.facts),
        by_group=True,
        partial="regions/_facts.html",
    ),
    Region(
        "turnout",
        stale_on=STEPS | kinds("ballot_cast finished_marked voter_added"),
        views=("control",),
        query=everyone(before_the_room.votes_in),
        partial="regions/_turnout.html",
    ),
    Region(
        "results",
        stale_on=STEPS
        | kinds("outcome_recorded round_published activity_focused reason_held reason_given_late"),
        views=("room", "control"),
        query=apart(before_the_room.outcome),
        by_group=True,
        tally=before_the_room.work_out,
        partial="regions/_results.html",
    ),
    Region(
        "standing",
        stale_on=STEPS | kinds("ballot_cast voter_added"),
        views=("room", "control"),
        query=apart(standing.standing),
        by_group=True,
        tally=standing.count_so_far,
        partial="regions/_standing.html",
    ),
    Region(
        "agenda",
        stale_on=STEPS | kinds("activity_added"),
        views=("control",),
        query=everyone(cockpit.agenda),
        partial="regions/_agenda.html",
    ),
    Region(
        "cockpit",
        stale_on=STEPS | kinds("options_sent_on participant_changed people_imported"),
        views=("control",),
        query=everyone(cockpit.present),
        partial="regions/_cockpit.html",
    ),
    Region(
        "missing",
        stale_on=STEPS | kinds("ballot_cast finished_marked voter_added"),
        views=("control",),
        query=everyone(before_the_room.votes_in),
        partial="regions/_missing.html",
    ),
    Region(
        "door",
        stale_on=kinds("admission_asked admission_decided device_asked device_answered"),
        views=("control",),
        query=everyone(cockpit.door),
        partial="regions/_door.html",
    ),
    Region(
        "onscreen",
        stale_on=STEPS | kinds("row_put"),
        views=("control",),
        query=everyone(cockpit.on_screen),
        partial="regions/_onscreen.html",
    ),
    Region(
        "moderation",
        stale_on=PROPOSALS,
        views=("control",),
        query=everyone(cockpit.moderation),
        partial="regions/_moderation.html",
    ),
    Region(
        "proposals",
        stale_on=STEPS | PROPOSALS,
        views=("room",),
        query=_revealed,
        by_group=True,
        partial="regions/_proposals.html",
    ),
    Region(
        "agreement",
        stale_on=STEPS | ROWS,
        views=("room", "control"),
        query=everyone(cockpit.flagged),
        partial="regions/_agreement.html",
    ),
    Region(
        "chair",
        stale_on=STEPS
        | ROWS
        | kinds(
            "participant_changed participant_removed participant_erased people_forgotten "
            "people_imported"
        ),
        views=("control",),
        query=everyone(cockpit.flagged),
        partial="regions/_chair.html",
    ),
    Region(
        "stage",
        stale_on=STEPS
        | ROWS
        | FLOOR
        | NAMES
        | PROPOSALS
        | NOTES
        | LESSONS
        | TURNS
        | kinds("ballot_cast outcome_recorded voter_added workshop_changed"),
        views=("screen",),
        query=apart(stage.stage),
        by_group=True,
        tally=before_the_room.work_out,
        partial="regions/_stage.html",
    ),
    Region(
        "wordings",
        stale_on=PROPOSALS | STEPS | ROWS,
        views=("desk",),
        query=everyone(desk.wordings),
        partial="regions/_wordings.html",
    ),
    Region(
        "matrix",
        stale_on=ROWS | PROPOSALS | kinds("outcome_recorded round_published"),
        views=("desk",),
        query=everyone(desk.grid),
        partial="regions/_matrix.html",
    ),
    Region(
        "longtable",
        stale_on=ROWS | PROPOSALS | kinds("outcome_recorded round_published"),
        views=("desk",),
        query=everyone(desk.grid),
        partial="regions/_longtable.html",
    ),
    Region(
        "groups",
        stale_on=STEPS | GROUPS | TURNS | NAMES | kinds("ballot_cast finished_marked"),
        views=("control",),
        query=_groups,
        partial="regions/_groups.html",
        numbered=False,
    ),
    Region(
        "lead",
        stale_on=STEPS | GROUPS | PROPOSALS | kinds("ballot_cast finished_marked"),
        views=("room",),
        query=apart(breakouts.led),
        by_group=True,
        partial="regions/_lead.html",
    ),
    Region(
        "framework",
        stale_on=ROWS | PROPOSALS | kinds("screen_changed components_imported"),
        views=("desk",),
        query=everyone(framework.framework),
        partial="regions/_framework.html",
    ),
    Region(
        "notes",
        stale_on=STEPS | NOTES | PROPOSALS | ROWS | kinds("outcome_recorded group_changed"),
        views=("room",),
        query=everyone(notes.beside_the_agenda),
        partial="regions/_notes.html",
    ),
    Region(
        "record",
        stale_on=frozenset(SENTENCES),
        views=("desk",),
        query=everyone(desk.last_lines),
        partial="regions/_record.html",
    ),
    Region(
        "floor",
        stale_on=FLOOR | NAMES,
        views=("control",),
        query=value("floor", floor.floor),
        partial="regions/_floor.html",
    ),
    Region(
        "parking",
        stale_on=kinds("matter_parked matter_settled item_changed"),
        views=("control",),
        query=everyone(_parking),
        partial="regions/_parking.html",
    ),
    Region(
        "lateness",
        stale_on=STEPS,
        views=("room", "control"),
        query=_lateness,
        partial="regions/_lateness.html",
    ),
    Region(
        "rulings",
        stale_on=STEPS | ROWS | NAMES,
        views=("control",),
        query=everyone(chairing.before_the_chair),
        partial="regions/_rulings.html",
    ),
    # The outcome on the chair's page, without what only a facilitator does with it.
    Region(
        "outcome",
        stale_on=STEPS
        | kinds("outcome_recorded round_published activity_focused reason_held reason_given_late"),
        views=("control",),
        query=apart(before_the_room.outcome),
        by_group=True,
        tally=before_the_room.work_out,
        partial="regions/_outcome.html",
    ),
    Region(
        "lessons",
        stale_on=LESSONS
        | PROPOSALS
        | ROWS
        | NAMES
        | kinds("evidence_changed evidence_removed screen_changed"),
        views=("desk",),
        query=everyone(lessons.lessons_at_the_desk),
        partial="regions/_lessons.html",
    ),
    Region(
        "quiet",
        stale_on=STEPS
        | PROPOSALS
        | NAMES
        | kinds("ballot_cast flag_raised floor_given participant_arrived admission_decided"),
        views=("control",),
        query=everyone(quiet.quiet),
        partial="regions/_quiet.html",
    ),
    Region(
        "cells",
        stale_on=ROWS | PROPOSALS | kinds("outcome_recorded round_published"),
        views=("desk",),
        query=everyone(cells.grid_of_cells),
        partial="regions/_cells.html",
    ),
    Region(
        "stopped",
        stale_on=STEPS | kinds("ballot_cast voter_added"),
        views=("room",),
        query=apart(coverage.asked_no_more),
        by_group=True,
        partial="regions/_stopped.html",
    ),
    Region(
        "turns",
        stale_on=STEPS | TURNS | NAMES | kinds("group_changed workshop_changed"),
        views=("room", "control"),
        query=apart(turns.turns_led),
        by_group=True,
        partial="regions/_turns.html",
    ),
    Region(
        "delphi",
        stale_on=STEPS
        | kinds(
            "outcome_recorded proposal_reworded cell_changed evidence_changed reason_held "
            "options_sent_on activity_focused"
        ),
        views=("room", "control"),
        query=apart(delphi.delphi_now),
        by_group=True,
        partial="regions/_delphi.html",
    ),
    Region(
        "amendments",
        stale_on=ROWS | PROPOSALS,
        views=("desk",),
        query=everyone(amendments.amendments),
        partial="regions/_amendments.html",
    ),
    Region(
        "comparing",
        stale_on=STEPS | kinds("ballot_cast voter_added"),
        views=("control",),
        query=everyone(comparing.progress),
        tally=comparing.work_out_progress,
        partial="regions/_comparing.html",
    ),
)

REGIONS: dict[str, Region] = {region.name: region for region in TABLE}


def regions_of(view: str) -> list[Region]:
    """The panels that a view may show, in the table's order."""
    return [region for region in TABLE if view in region.views]
