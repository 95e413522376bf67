"""The quiet count: which regions and capacities were not heard yet, in the present exercise and in
the day. How many, never who; and not even how many where that would tell who."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection
from sqlalchemy import select as columns
from sqlmodel import col, select

from app import clock
from app.analysis.suppression import uncounted_groups
from app.models import Ballot, Flag, Participant, Proposal, RegisterEntry, Round, Speaker
from app.policy import FEWEST
from app.queries.step import step_now


@dataclass(frozen=True)
class Heard:
    """How many of a group were heard; None where the number would tell who."""

    group: str
    heard: int | None
    size: int

    @property
    def silent(self) -> bool:
        return self.heard == 0


@dataclass(frozen=True)
class QuietCount:
    """By region and by capacity. `secret` says that nothing of the exercise is counted, since it
    is secret; `strict` that small groups are not told apart."""

    regions: list[Heard]
    capacities: list[Heard]
    secret: bool = False
    strict: bool = False


def quiet(conn: Connection, workshop_id: str) -> dict[str, Any]:
    """The present exercise, if there is one, and the day so far."""
    step = step_now(conn, workshop_id)
    people = _people(conn, workshop_id)
    zone = ZoneInfo(step.workshop.time_zone)
    midnight = datetime.combine(clock.now().astimezone(zone).date(), time(), zone)
    rule = step.workshop.attribution
    now = None
    if step.activity is not None:
        now = _count(people, *_in_exercise(conn, step), rule)
    return {"now": now, "today": _count(people, *_in_day(conn, workshop_id, midnight), rule)}


def _people(conn: Connection, workshop_id: str) -> list[Any]:
    """Those who may contribute and have arrived."""
    rows = conn.execute(
        columns(
            col(Participant.id),
            col(Participant.delegation_id),
            col(Participant.regions),
            col(Participant.capacity),
            col(Participant.roles),
        ).where(
            col(Participant.workshop_id) == workshop_id, col(Participant.arrived_at).is_not(None)
        )
    )
    return [row for row in rows if "participant" in row.roles]


def _count(people: list[Any], heard: set[str], closed: bool, secret: bool, rule: str) -> QuietCount:
    """`heard` are ids of persons, and of delegations that speak as one. `closed`: it is hidden who
    spoke, whatever the rule."""
    strict = closed or rule != "named"
    tables: dict[str, dict[str, dict[str, int]]] = {"regions": {}, "capacities": {}}
    for person in people:
        spoke = person.id in heard or person.delegation_id in heard
        groups = {"regions": person.regions, "capacities": [person.capacity or "other"]}
        for name, own in groups.items():
            for group in own:
                row = tables[name].setdefault(group, {"heard": 0, "quiet": 0})
                row["heard" if spoke else "quiet"] += 1
    return QuietCount(
        **{name: _rows(table, strict) for name, table in tables.items()},
        secret=secret,
        strict=strict,
    )


def _rows(table: dict[str, dict[str, int]], strict: bool) -> list[Heard]:
    """Those not heard at all first; then by name."""
    hidden = uncounted_groups(table, FEWEST) if strict else frozenset()
    rows = [
        Heard(group, None if group in hidden else row["heard"], sum(row.values()))
        for group, row in table.items()
    ]
    return sorted(rows, key=lambda row: (not row.silent, row.group))


def _in_exercise(conn: Connection, step: Any) -> tuple[set[str], bool, bool]:
    """Proposals made in it and ballots of its rounds. Of a secret round nothing is counted: not
    even that somebody voted is joined to anybody."""
    ids = [step.activity.id]
    made = _proposals(conn, col(Proposal.activity_id).in_(ids))
    cast = _ballots(conn, col(Round.activity_id).in_(ids))
    secret = any(round_.secrecy == "secret" for round_ in step.rounds)
    return made[0] | cast[0], made[1] or cast[1], secret


def _in_day(conn: Connection, workshop_id: str, since: datetime) -> tuple[set[str], bool, bool]:
    """Proposals, ballots, flags, and who had the floor."""
    made = _proposals(conn, Proposal.workshop_id == workshop_id, col(Proposal.at) >= since)
    cast = _ballots(conn, Round.workshop_id == workshop_id, col(Ballot.recorded_at) >= since)
    flagged = select(Flag.participant_id).where(
        Flag.workshop_id == workshop_id, col(Flag.at) >= since
    )
    spoken = select(Speaker.participant_id).where(
        Speaker.workshop_id == workshop_id, col(Speaker.given_at) >= since
    )
    voices = {id_ for query in (flagged, spoken) for id_ in conn.execute(query).scalars()}
    return made[0] | cast[0] | voices, made[1] or cast[1], False


def _proposals(conn: Connection, *where: Any) -> tuple[set[str], bool]:
    rows = conn.execute(select(Proposal.author_id, Proposal.shown).where(*where)).all()
    return {row.author_id for row in rows if row.author_id}, any(
        row.shown != "named" for row in rows
    )


def _ballots(conn: Connection, *where: Any) -> tuple[set[str], bool]:
    """Whose voices are in, of rounds that are not secret; a delegation's is all its members'."""
    rows = conn.execute(
        select(RegisterEntry.participant_id, RegisterEntry.delegation_id, Round.secrecy)
        .join(Ballot, col(Ballot.entry_id) == col(RegisterEntry.id))
        .join(Round, col(Round.id) == col(Ballot.round_id))
        .where(*where, Round.secrecy != "secret")
        .distinct()
    ).all()
    return {row.participant_id or row.delegation_id for row in rows}, any(
        row.secrecy == "confidential" for row in rows
    )
