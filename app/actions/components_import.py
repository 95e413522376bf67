"""Framework components from a list."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from app.actions.base import Done, Tx, label_key
from app.actions.drafts import add_drafts, change_draft
from app.actions.importing import Plan, Row, log_import, plan_rows, refuse_faults
from app.policy import Actor, may_write, require
from app.queries.drafts import drafts


def plan_components(conn: Connection, workshop_id: str, rows: Sequence[Row]) -> Plan:
    """What importing these components would do."""
    ready = [
        Row(row.number, {name: value for name, value in row.fields.items() if value})
        for row in rows
    ]
    return plan_rows(drafts(conn, workshop_id, "component"), ready, _names, "text")


def import_components(tx: Tx, actor: Actor, rows: Sequence[Row]) -> Done:
    """Draft and reword components as the list says; those it does not mention stay.

    Raises Refused `csv_row` where a row is wrong; then nothing was imported.
    """
    require(may_write(actor))
    plan = plan_components(tx.conn, tx.workshop_id, rows)
    refuse_faults(plan.faults)
    added = add_drafts(tx, actor, "component", plan.added).ids
    for one in plan.changed:
        change_draft(tx, actor, "component", one.id, None, one.fields)
    return log_import(tx, "components_imported", added, plan)


def _names(fields: dict[str, Any]) -> list[tuple[str, str]]:
    own = [("id", fields["own_key"])] if fields.get("own_key") else []
    return [*own, ("text", label_key(fields["text"]))] if fields.get("text") else own
