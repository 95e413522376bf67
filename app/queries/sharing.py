"""Who would rate which cells: voices with what their members declared, cells with their words."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.activities.blocks import Coverage, Rater, blocks, coverage, nearness
from app.activities.thrift import Sharing, parts_of
from app.models import MatrixCell, Participant, Proposal, RegisterEntry
from app.queries.rounds import ELECTORATE

NAMING = ("regional_context", "level", "lead_actor", "partners")


def share(
    conn: Connection, terms: Sharing, options: Sequence[Any], raters: Sequence[Rater], seed: str
) -> tuple[dict[str, list[str]], Coverage]:
    """Voice → the options put to it, and what that comes to. The same people are given the same
    cells in every round of an activity, whose id is the seed."""
    cells = [option.id for option in options]
    near = nearness(_words(conn, options), raters) if terms.by_competence else {}
    given = blocks(cells, raters, terms.raters, terms.cells_most, near, seed)
    return given, coverage(given, cells, near)


def raters_ahead(
    conn: Connection, workshop_id: str, round_: Any, group_id: str | None
) -> list[Rater]:
    """The voices that a round with these terms would have if it opened now, without proxies."""
    units: dict[str, list[Any]] = defaultdict(list)
    for person in _people(conn, workshop_id):
        asked = person.capacity in ELECTORATE[round_.electorate] and person.left_at is None
        if asked and "participant" in person.roles and group_id in (None, person.group_id):
            units[_unit(round_, person)].append(person)
    return [_rater(unit, people) for unit, people in units.items()]


def raters_of(conn: Connection, round_: Any) -> dict[str, Rater]:
    """Register entry → the voice it stands for."""
    people: dict[str, list[Any]] = defaultdict(list)
    for person in _people(conn, round_.workshop_id):
        people[person.id].append(person)
        if person.delegation_id and "participant" in person.roles:
            people[person.delegation_id].append(person)
    entries = conn.execute(select(RegisterEntry).where(RegisterEntry.round_id == round_.id))
    units = {entry.id: entry.participant_id or entry.delegation_id for entry in entries}
    return {entry: _rater(unit, people[unit]) for entry, unit in units.items()}


def _unit(round_: Any, person: Any) -> str:
    alone = round_.unit == "person" or round_.casts == "split"
    together = round_.unit == "delegation" or person.capacity == "state_representative"
    if person.delegation_id and together and not alone:
        return str(person.delegation_id)
    return str(person.id)


def _rater(unit: str, people: Sequence[Any]) -> Rater:
    declared = {one for person in people for one in (*person.regions, person.institution_type)}
    return Rater(unit, people[0].capacity if people else "", frozenset(declared - {""}))


def _people(conn: Connection, workshop_id: str) -> list[Any]:
    return list(
        conn.execute(
            select(Participant)
            .where(Participant.workshop_id == workshop_id)
            .order_by(col(Participant.position), col(Participant.id))
        )
    )


def _words(conn: Connection, options: Sequence[Any]) -> dict[str, str]:
    """Option → all that it says of places and institutions: its text, its area, its response, its
    row in the matrix."""
    ids = [option.id for option in options]
    rows = {row.id: row for row in _by_ids(conn, MatrixCell, ids)}
    parts = {
        one.id: (rows[one.id].area_id, rows[one.id].response_id)
        if one.id in rows
        else parts_of(one.id) or (one.area_id or "", one.id)
        for one in options
    }
    wanted = {part for pair in parts.values() for part in pair}
    proposals = {row.id: row for row in _by_ids(conn, Proposal, wanted)}
    return {
        one.id: "\n".join([one.text, *_named(rows.get(one.id)), *(_all(proposals, parts[one.id]))])
        for one in options
    }


def _all(proposals: dict[str, Any], ids: Iterable[str]) -> list[str]:
    return [words for one in ids for words in _named(proposals.get(one))]


def _named(row: Any) -> list[str]:
    return [getattr(row, name, "") or "" for name in NAMING]


def _by_ids(conn: Connection, model: Any, ids: Iterable[str]) -> list[Any]:
    return list(conn.execute(select(model).where(model.id.in_(ids))))
