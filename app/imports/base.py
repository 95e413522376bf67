"""How the columns of a list become fields: in any order and case, with every fault by its row."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from app.actions.base import clean
from app.actions.importing import Fault, Row
from app.errors import N_, Refused
from app.imports.tables import Table, column_letter

Say = Callable[[str], str]
Fields = dict[str, Any]

UNKNOWN = N_("There is no column “{name}” in this list. Its columns are: {known}.")
TWICE = N_("The column “{name}” stands here twice.")
MISSING = N_("The column “{name}” is missing.")
BEYOND = N_("This cell stands outside the columns that the header names.")
NEEDED = N_("This cell may not be empty.")


@dataclass(frozen=True)
class Column:
    """One column: its name in the file, the field it sets, how its text is read.

    `read` returns the value or raises Refused. A column without a field is known and not used.
    """

    name: str
    field: str
    aliases: tuple[str, ...] = ()
    read: Callable[[str], Any] = str
    required: bool = False

    def value(self, cell: str) -> Any:
        """What a cell says. Raises Refused."""
        if self.required and not cell:
            raise Refused("missing_field", NEEDED)
        return self.read(cell)


class Parsed(NamedTuple):
    """The rows that could be read, and everything that is wrong."""

    rows: list[Row]
    errors: list[Fault]


@dataclass(frozen=True)
class Noun:
    """How one kind of list is read.

    `finish(fields)` makes the whole of a row whose cells are right, and may raise Refused naming a
    field. `compare(rows, say)` finds what is wrong between rows.
    """

    name: str
    columns: tuple[Column, ...]
    finish: Callable[[Fields], Fields] = dict
    compare: Callable[[list[Row], Say], list[Fault]] = lambda _rows, _say: []

    def parse(self, table: Table, say: Say = str) -> Parsed:
        """Every row under the API's names, and every fault in the reader's language. A wrong
        header gives its faults and no rows."""
        places, faults = self._places(table, say)
        if faults:
            return Parsed([], faults)
        rows: list[Row] = []
        for number, cells in table.rows:
            fields, wrong = _fields(number, cells, places, say)
            if not wrong:
                try:
                    rows.append(Row(number, self.finish(fields)))
                except Refused as refusal:
                    wrong = [Fault(number, self._column(refusal.field), refusal.sentence(say))]
            faults += wrong
        return Parsed(rows, [*faults, *self.compare(rows, say)])

    def _places(self, table: Table, say: Say) -> tuple[dict[int, Column], list[Fault]]:
        """Place in the row to its column, or what is wrong with the header."""
        names = {
            _key(name): column for column in self.columns for name in (column.name, *column.aliases)
        }
        places: dict[int, Column] = {}
        wrong: list[tuple[str, str]] = []
        for place, heading in enumerate(table.header):
            column = names.get(_key(heading))
            if column is None:
                known = ", ".join(one.name for one in self.columns if one.field)
                shown = heading[:60] or column_letter(place)
                wrong.append((shown, say(UNKNOWN).format(name=shown, known=known)))
            elif column in places.values():
                wrong.append((column.name, say(TWICE).format(name=column.name)))
            else:
                places[place] = column
        wrong += [
            (column.name, say(MISSING).format(name=column.name))
            for column in self.columns
            if column.required and column not in places.values()
        ]
        return places, [Fault(table.header_number, name, why) for name, why in wrong]

    def _column(self, field: str | None) -> str:
        for column in self.columns:
            if field in (column.field, column.name):
                return column.name
        return field or ""


def _fields(
    number: int, cells: list[str], places: dict[int, Column], say: Say
) -> tuple[Fields, list[Fault]]:
    fields: Fields = {}
    faults: list[Fault] = []
    for place, column in places.items():
        if not column.field:
            continue
        try:
            fields[column.field] = column.value(cells[place] if place < len(cells) else "")
        except Refused as refusal:
            faults.append(Fault(number, column.name, refusal.sentence(say)))
    faults += [
        Fault(number, column_letter(place), say(BEYOND))
        for place, cell in enumerate(cells)
        if cell and place not in places
    ]
    return fields, faults


def _key(heading: str) -> str:
    return " ".join(heading.casefold().replace("_", " ").replace("-", " ").split())


def text(field: str, limit: int, *, name: bool = False) -> Callable[[str], str]:
    """A reader of text as the actions store it."""
    return lambda value: clean(value, field, limit=limit, required=False, name=name)


def words(value: str) -> list[str]:
    """A cell with several values, parted by semicolons."""
    return [word.strip() for word in value.split(";") if word.strip()]
