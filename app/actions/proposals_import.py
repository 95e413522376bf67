"""Proposals from a list: written before the meeting, or outside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from sqlmodel import select

from app.actions.base import Done, Tx, clean, label_key
from app.actions.importing import Fault, Plan, Row, log_import, plan_rows, refuse_faults
from app.actions.proposals import checked_values, put_forward, reword
from app.errors import N_
from app.models import Component, Participant, Proposal
from app.policy import Actor, may_organise, require
from app.queries.listed_proposals import listed_proposals

UNKNOWN = N_("Nothing here has the id “{value}”.")
REFERENCES = {"author": "author_id", "area": "area_id", "component": "component_id"}


def plan_proposals(conn: Connection, workshop_id: str, rows: Sequence[Row]) -> Plan:
    """What importing these proposals would do. Authors, areas and components are named by the
    organiser's own ids; an area may stand in the same file."""
    ready = [
        Row(row.number, {name: value for name, value in row.fields.items() if value})
        for row in rows
    ]
    plan = plan_rows(listed_proposals(conn, workshop_id), ready, _names, "text")
    for one in list(plan.changed):
        for name in ("author", "kind"):  # who wrote it and what it is do not change
            one.fields.pop(name, None)
            one.differs.pop(name, None)
        if not one.fields:
            plan.changed.remove(one)
            plan.same += 1
    plan.faults += _strangers(conn, workshop_id, ready)
    return plan


def import_proposals(tx: Tx, actor: Actor, rows: Sequence[Row]) -> Done:
    """Take proposals over as the list says. What names an author waits for the moderators, like
    all that participants propose; the organiser's own are accepted.

    Raises Refused `csv_row` where a row is wrong; then nothing was imported.
    """
    require(may_organise(actor))
    plan = plan_proposals(tx.conn, tx.workshop_id, rows)
    refuse_faults(plan.faults)
    ids = []
    for fields in sorted(plan.added, key=lambda fields: fields["kind"] == "response"):
        known = _resolved(fields, _Known.of(tx.conn, tx.workshop_id))
        status = "waiting" if "author" in fields else "accepted"
        values = {**checked_values(tx, known), "status": status}
        author = known.get("author_id")
        wording = clean(fields["text"], "text")
        ids += put_forward(
            tx, fields["kind"], wording, author_id=author, by=actor, values=values
        ).ids
    for one in plan.changed:
        known = _resolved(one.fields, _Known.of(tx.conn, tx.workshop_id))
        reword(tx, actor, one.id, None, known)
    return log_import(tx, "proposals_imported", ids, plan)


def _names(fields: dict[str, Any]) -> list[tuple[str, str]]:
    if fields.get("own_key"):
        return [("id", fields["own_key"])]
    return [("text", f"{fields['kind']} {label_key(fields['text'])}")]


@dataclass(frozen=True)
class _Known:
    """Own ids to ids, for each kind of thing that a row may name."""

    author: dict[str, str]
    area: dict[str, str]
    component: dict[str, str]

    @classmethod
    def of(cls, conn: Connection, workshop_id: str) -> "_Known":
        def by_key(model: Any, *where: Any) -> dict[str, str]:
            rows = conn.execute(select(model).where(model.workshop_id == workshop_id, *where)).all()
            return {row.own_key: row.id for row in rows if row.own_key}

        areas = by_key(Proposal, Proposal.kind == "priority_area")
        return cls(by_key(Participant), areas, by_key(Component))


def _resolved(fields: dict[str, Any], known: _Known) -> dict[str, Any]:
    """The fields with ids in place of the organiser's own ids."""
    resolved = {name: value for name, value in fields.items() if name not in REFERENCES}
    for name, column in REFERENCES.items():
        if name in fields:
            resolved[column] = getattr(known, name)[fields[name]]
    return resolved


def _strangers(conn: Connection, workshop_id: str, rows: Sequence[Row]) -> list[Fault]:
    known = _Known.of(conn, workshop_id)
    here = {row.fields.get("own_key") for row in rows if row.fields["kind"] == "priority_area"}
    faults = []
    for row in rows:
        for name in REFERENCES:
            value = row.fields.get(name)
            there = value in getattr(known, name) or (name == "area" and value in here)
            if value and not there:
                faults.append(Fault(row.number, name, UNKNOWN.format(value=value)))
    return faults
