"""An agenda from a list."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection

from app.actions.agenda import add_item, change_item, checked_item
from app.actions.base import Done, Tx, label_key
from app.actions.importing import Fault, Plan, Row, log_import, plan_rows, refuse_faults
from app.errors import N_, Refused
from app.policy import Actor, may_organise, require
from app.queries.step import agenda_of, workshop_row

BEFORE = N_("This day lies before the first day of the workshop.")


def plan_agenda(conn: Connection, workshop_id: str, rows: Sequence[Row]) -> Plan:
    """What importing this agenda would do. A date is a day counted from the workshop's first one,
    or from the earliest date of the file."""
    first = workshop_row(conn, workshop_id).starts_on or min(
        (row.fields["date"] for row in rows if row.fields.get("date")), default=None
    )
    faults: list[Fault] = []
    ready: list[Row] = []
    for row in rows:
        try:
            ready.append(Row(row.number, checked_item(_on_day(row.fields, first), None)))
        except Refused as refusal:
            faults.append(Fault(row.number, refusal.field or "", refusal.sentence()))
    plan = plan_rows(agenda_of(conn, workshop_id), ready, _names, "title", _nearly)
    plan.faults = faults + plan.faults
    return plan


def import_agenda(tx: Tx, actor: Actor, rows: Sequence[Row]) -> Done:
    """Lay and change items as the list says; items that it does not mention stay.

    Raises Refused `csv_row` where a row is wrong; then nothing was imported.
    """
    require(may_organise(actor))
    plan = plan_agenda(tx.conn, tx.workshop_id, rows)
    refuse_faults(plan.faults)
    ids = [add_item(tx, fields) for fields in plan.added]
    for one in plan.changed:
        change_item(tx, actor, one.id, None, one.fields)
    return log_import(tx, "agenda_imported", ids, plan)


def _on_day(fields: dict[str, Any], first: date | None) -> dict[str, Any]:
    placed = dict(fields)
    on = placed.pop("date", None)
    if on is not None and not placed.get("day"):
        placed["day"] = (on - first).days + 1 if first else 1
    if placed.get("day", 1) < 1:
        raise Refused("out_of_range", BEFORE, field="date")
    placed.setdefault("day", 1)
    return placed


def _names(fields: dict[str, Any]) -> list[tuple[str, str]]:
    return [("item", f"{fields['day']} {fields['start']} {label_key(fields['title'])}")]


def _nearly(fields: dict[str, Any]) -> list[tuple[str, str]]:
    """An item that was moved within its day is still the same one."""
    return [("title", f"{fields['day']} {label_key(fields['title'])}")]
