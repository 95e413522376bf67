"""Evidence items from a list."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from app.actions.base import Done, Tx, label_key
from app.actions.evidence import add_item, change_evidence
from app.actions.importing import Plan, Row, log_import, plan_rows, refuse_faults
from app.policy import Actor, may_write, require
from app.queries.evidence import evidence


def plan_evidence(conn: Connection, workshop_id: str, rows: Sequence[Row]) -> Plan:
    """What importing these items would do."""
    ready = [Row(row.number, _without_empty_id(row.fields)) for row in rows]
    return plan_rows(evidence(conn, workshop_id), ready, _names, "title")


def import_evidence(tx: Tx, actor: Actor, rows: Sequence[Row]) -> Done:
    """Add and change items as the list says; items that it does not mention stay.

    Raises Refused `csv_row` where a row is wrong; then nothing was imported.
    """
    require(may_write(actor))
    plan = plan_evidence(tx.conn, tx.workshop_id, rows)
    refuse_faults(plan.faults)
    ids = [add_item(tx, fields) for fields in plan.added]
    for one in plan.changed:
        change_evidence(tx, actor, one.id, None, one.fields)
    return log_import(tx, "evidence_imported", ids, plan)


def _without_empty_id(fields: dict[str, Any]) -> dict[str, Any]:
    """An empty cell takes no id away."""
    return {name: value for name, value in fields.items() if name != "own_key" or value}


def _names(fields: dict[str, Any]) -> list[tuple[str, str]]:
    own = [("id", fields["own_key"])] if fields.get("own_key") else []
    return [*own, ("title", label_key(fields["title"]))] if fields.get("title") else own
