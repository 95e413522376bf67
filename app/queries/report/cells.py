"""How the cells of the matrix stand, as the report prints them."""

from typing import Any

from app.activities.cells import STATES
from app.errors import N_
from app.queries.cells import AreaCells, Cells, CellView
from app.queries.report.shape import CellReport
from app.queries.report.words import Say

NOMINATED = N_("Nominated by {n} of {cast}.")
RATED = N_("Median {median}, IQR {iqr}, n {n}.")
FIGURES = ("median", "iqr", "n")


def cells(grid: Cells, say: Say) -> list[CellReport]:
    """Every cell that is not empty, area by area in the order of the responses."""
    return [
        _cell(area, cell, say)
        for area in grid.areas
        for cell in area.cells
        if cell.state != "empty"
    ]


def stands(cell: CellView, say: Say) -> str:
    """How a cell stands, why it was dropped, and by which figures."""
    found = _figures(cell)
    parts = [
        f"{say(STATES[cell.state])}.",
        *([say(cell.why)] if cell.why else []),
        *([say(NOMINATED).format(n=cell.nominated, cast=cell.cast)] if cell.cast else []),
        *([say(RATED).format(**{k: f"{v:g}" for k, v in found.items()})] if found else []),
    ]
    return " ".join(parts)


def _cell(area: AreaCells, cell: CellView, say: Say) -> CellReport:
    return CellReport(
        area_id=area.area.row.id,
        response_id=cell.response.id,
        area_no=area.area.no,
        area=area.area.text,
        response_no=cell.response.own_key or "",
        response=cell.text,
        state=cell.state,
        cell=stands(cell, say),
        laid=cell.row is not None,
        nominated=cell.nominated,
        cast=cell.cast,
        outcome_reference=str(cell.reference or ""),
        **_figures(cell),
    )


def _figures(cell: CellView) -> dict[str, Any]:
    """Median, IQR and n of the last rating; a scoring on criteria has none of them."""
    known = cell.figures or {}
    found = {name: known.get(name) for name in FIGURES}
    return {} if None in found.values() else found
