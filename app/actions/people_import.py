"""People from a list: what it would add, change and leave alone, and doing so all or nothing."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from app.actions.base import Done, Tx, label_key
from app.actions.importing import Plan, Row, log_import, plan_rows, refuse_faults
from app.actions.people import add_person, change_person
from app.actions.people_fields import Places, normal_person
from app.policy import Actor, may_organise, require
from app.queries.people import people


def plan_people(conn: Connection, workshop_id: str, rows: Sequence[Row]) -> Plan:
    """What importing these people would do, without doing it."""
    normal = [Row(row.number, normal_person(row.fields)) for row in rows]
    return plan_rows(people(conn, workshop_id), normal, _names, "label")


def import_people(tx: Tx, actor: Actor, rows: Sequence[Row]) -> Done:
    """Add and change people as the list says; whom it does not mention stays.

    Raises Refused `csv_row` where a row is wrong; then nothing was imported.
    """
    require(may_organise(actor))
    plan = plan_people(tx.conn, tx.workshop_id, rows)
    refuse_faults(plan.faults)
    places = Places(tx)
    ids = [add_person(tx, places, fields) for fields in plan.added]
    for one in plan.changed:
        change_person(tx, actor, one.id, None, one.fields)
    return log_import(tx, "people_imported", ids, plan)


def _names(fields: dict[str, Any]) -> list[tuple[str, str]]:
    own = [("id", fields["own_key"])] if fields.get("own_key") else []
    return [*own, ("label", label_key(fields["label"]))] if fields.get("label") else own
