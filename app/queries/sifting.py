"""Which rows of the matrix a reader asked for: by component, area, level, agreement, flags, ruling.

A row carries what it is as marks; it is shown if every mark that was asked for is its own. The
page repeats the same comparison after each push (static/js/find.js).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from app.queries.matrix import AreaRows, Matrix, Row

MARKS = ("component", "area", "level", "agreement", "flagged", "decided")
NONE = "-"  # asks for what has none: rows without a level, areas without a component


@dataclass(frozen=True)
class Sieve:
    """What was asked for, mark by mark; without anything, every row passes."""

    asked: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Sieve":
        """The sieve in the page's address."""
        return cls({mark: query[mark] for mark in MARKS if query.get(mark)})

    def query(self, **more: str) -> str:
        """The address of the same rows, looked at otherwise."""
        return "?" + urlencode({**more, **self.asked})

    def passes(self, marks: Mapping[str, str]) -> bool:
        return all(marks.get(mark) == value for mark, value in self.asked.items())

    def marks(self, whole: Matrix, area: AreaRows, cell: Row | None = None) -> dict[str, str]:
        """What a row is; an area to which nothing was chosen is only its component and itself."""
        standing = {one.id for one in whole.components}
        component = area.component_id if area.component_id in standing else None
        place = {"component": component or NONE, "area": str(area.row.id)}
        if cell is None:
            return place
        return place | {"level": cell.values.get("level") or NONE} | _stands(cell)

    def wording(self, row: Row) -> dict[str, str]:
        """What a component or a conclusion is, where it is read among the rows."""
        return {"component": row.id if row.kind == "component" else NONE} | _stands(row)

    def area(self, whole: Matrix, area: AreaRows) -> bool:
        """Whether anything of an area passes."""
        rows = [self.marks(whole, area, cell) for cell in area.cells]
        return any(map(self.passes, rows or [self.marks(whole, area)]))

    def group(self, whole: Matrix, areas: Sequence[AreaRows]) -> bool:
        """Whether anything under a component passes; an empty one only where nothing is asked."""
        return any(self.area(whole, area) for area in areas) if areas else not self.asked

    def wordings(self, rows: Sequence[Row]) -> bool:
        """Whether any of these components or conclusions passes."""
        return any(self.passes(self.wording(row)) for row in rows)

    def shown(self, whole: Matrix, beside: Sequence[Row] = ()) -> int:
        """How many rows pass, with the components and conclusions read beside them."""
        cells = [self.marks(whole, area, cell) for area in whole.areas for cell in area.cells]
        return sum(map(self.passes, [*cells, *map(self.wording, beside)]))


def _stands(row: Row) -> dict[str, str]:
    return {
        "agreement": row.state,
        "flagged": "yes" if row.flags else "no",
        "decided": "yes" if row.settled else "no",
    }


EVERYTHING = Sieve()
