"""The cells of the matrix in words: how many are in which state, and those without a row."""

from collections import defaultdict

from app.activities.cells import STATES
from app.exports.base import Say
from app.queries.report.shape import CellReport, Report


def counted(report: Report, say: Say) -> str:
    """How many cells are in each state; nothing where there are none."""
    known = {state: n for state, n in report.cell_counts.items() if n}
    return ", ".join(f"{say(STATES[state])}: {n}" for state, n in known.items())


def without_row(report: Report) -> dict[str, list[CellReport]]:
    """Area id to its cells that are not empty and have no row of their own."""
    found: dict[str, list[CellReport]] = defaultdict(list)
    for cell in report.cells:
        if not cell.laid:
            found[cell.area_id].append(cell)
    return found


def named(cell: CellReport) -> str:
    """A cell without a row as one line: its response, and how it stands."""
    return f"{cell.response_no} {cell.response}: {cell.cell}".strip()
