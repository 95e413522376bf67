"""What all imports share: a plan of what a file would do, and faults that stop all of it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.db import Done, Tx
from app.errors import N_, Refused

SHOWN = 20
FAULTY = N_("Nothing was imported: row {row}, column “{column}”: {why}")
TWICE = N_("Row {other} has the same {what}, “{value}”.")


@dataclass(frozen=True)
class Fault:
    """What is wrong with one row of a file; row 1 is the header."""

    row: int
    column: str
    message: str


@dataclass(frozen=True)
class Change:
    """A row that differs from what is there: per field the old value and the new one."""

    id: str
    label: str
    fields: dict[str, Any]
    differs: dict[str, tuple[Any, Any]]


@dataclass
class Plan:
    """What an import would do. `left` is what the file does not mention and stays as it is, by id
    and label."""

    added: list[dict[str, Any]] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    same: int = 0
    left: list[tuple[str, str]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True)
class Row:
    """One row of a file: its number there and the fields it sets, under the API's names."""

    number: int
    fields: dict[str, Any]


Names = Callable[[dict[str, Any]], list[tuple[str, str]]]


def plan_rows(
    existing: Sequence[Any],
    rows: Iterable[Row],
    names: Names,
    label: str,
    nearly: Names = lambda _fields: [],
) -> Plan:
    """Match rows with what is there.

    `names(fields)` lists what identifies a row or an existing object, strongest first, as pairs
    of kind and value: the organiser's own id, then the label. Two rows with one name are a fault.
    `nearly(fields)` lists what a row is recognised by where none of its names is known. `label`
    is the field by which an object is shown.
    """
    plan = Plan()
    known: dict[tuple[str, str], Any] = {}
    for found in existing:
        for name in names(_fields(found)) + nearly(_fields(found)):
            known.setdefault(name, found)
    seen: dict[tuple[str, str], int] = {}
    matched: set[str] = set()
    for row in rows:
        own = names(row.fields)
        for kind, value in own:
            if (other := seen.setdefault((kind, value), row.number)) != row.number:
                why = TWICE.format(other=other, what=kind, value=value)
                plan.faults.append(Fault(row.number, kind, why))
        near = [name for name in nearly(row.fields) if name in known]
        match = next((known[name] for name in own + near if name in known), None)
        if match is None or match.id in matched:
            plan.added.append(row.fields)
            continue
        matched.add(match.id)
        _compare(plan, match, row, getattr(match, label))
    plan.left = [(found.id, getattr(found, label)) for found in existing if found.id not in matched]
    return plan


def _fields(found: Any) -> dict[str, Any]:
    return dict(found._mapping) if hasattr(found, "_mapping") else vars(found)  # noqa: SLF001


def _compare(plan: Plan, match: Any, row: Row, label: str) -> None:
    differs = {
        name: (getattr(match, name), value)
        for name, value in row.fields.items()
        if getattr(match, name) != value
    }
    if differs:
        fields = {name: row.fields[name] for name in differs}
        plan.changed.append(Change(match.id, label, fields, differs))
    else:
        plan.same += 1


def log_import(tx: Tx, kind: str, added: list[str], plan: Plan) -> Done:
    """One line for the whole file, after a line for each object."""
    changed = [one.id for one in plan.changed]
    return Done(" ".join(added), tx.log(kind, added=added, changed=changed))


def refuse_faults(faults: Sequence[Fault]) -> None:
    """All or nothing. Raises Refused `csv_row` naming the first fault and carrying the first 20."""
    if faults:
        first = faults[0]
        raise Refused(
            "csv_row",
            FAULTY,
            row=first.row,
            column=first.column,
            why=first.message,
            count=len(faults),
            rows=[vars(fault) for fault in faults[:SHOWN]],
        )
