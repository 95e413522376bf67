"""The rows of the matrix and the wordings above them, as the report prints them."""

from dataclasses import replace
from typing import Any

from app.activities.language import open_brackets
from app.errors import N_
from app.queries.cells import Cells, CellView
from app.queries.judged import Judged
from app.queries.matrix import AreaRows, Matrix, Row
from app.queries.report.cells import stands
from app.queries.report.evidence import graded
from app.queries.report.shape import MatrixRow, Wording
from app.queries.report.words import AGREEMENT, FLAG_WORDS, NO_RESPONSE, SUPPORT, Say, said

ON_PASSAGE = N_("{flag} on “{passage}”")
INSTEAD = N_("instead: “{wording}”")
IN_BRACKETS = N_("{standing}, open brackets: {n}")


def components(whole: Matrix, say: Say) -> list[Wording]:
    """Framework components, adopted or still drafts."""
    gists = {one.id: one.gist for one in whole.components}
    return [_wording(row, say, gists.get(row.id, "")) for row in whole.component_rows.values()]


def concluded(whole: Matrix, sort: str, say: Say) -> list[Wording]:
    """The meeting's conclusions, or its working definitions, adopted or still drafts."""
    return [_wording(row, say) for row in whole.concluded(sort)]


def _wording(row: Row, say: Say, gist: str = "") -> Wording:
    return Wording(
        id=row.id,
        text=row.printed,
        ruling=_standing(row, say),
        decision=row.agreement.number if row.agreement else None,
        gist=gist,
        adopted=row.adopted is not None,
        draft=row.text if row.adopted and row.text != row.printed else "",
    )


def matrix_rows(grid: Cells, judged: dict[str, Judged], say: Say) -> list[MatrixRow]:
    """One row for each area with one response; an area without any stays and says so."""
    whole = grid.whole
    found: list[MatrixRow] = []
    views = {cell.row.id: cell for area in grid.areas for cell in area.filled if cell.row}
    for component, areas in whole.groups():
        heading = whole.component_rows[component.id].printed if component else ""
        for area in areas:
            cells: list[Row | None] = [*area.cells] or [None]
            for cell in cells:
                row = _row(heading, area, cell, say)
                found.append(
                    replace(row, **_beside(views.get(cell.id) if cell else None, judged, say))
                )
    return found


def _beside(view: CellView | None, judged: dict[str, Judged], say: Say) -> dict[str, Any]:
    """How the cell stands, and what was judged of the evidence that it cites."""
    if view is None or view.row is None:
        return {}
    items = [item for item in view.row.evidence if item.id in judged]
    return {
        "response_id": view.response.id,
        "cell_state": view.state,
        "cell": stands(view, say),
        "evidence": [graded(item, judged[item.id], say) for item in items],
    }


def _row(component: str, area: AreaRows, cell: Row | None, say: Say) -> MatrixRow:
    figures = area.figures
    agreed = cell.adopted if cell else None
    values = (agreed.pinned if agreed else cell.values) if cell else {}
    told = agreed.pinned if agreed else {}
    reservations = _reservations(cell, say) if cell else []
    reference = cell.support.reference if cell and cell.support else figures and figures.reference
    return MatrixRow(
        component=component,
        area_no=area.no,
        area=told.get("area", area.text),
        problem_statement=told.get("problem_statement", area.row.problem_statement),
        regional_context=told.get("regional_context", area.row.regional_context),
        evidence_status=values.get("evidence_status", ""),
        evidence_references="; ".join(_references(cell)),
        response_no=(cell.response.own_key or "") if cell else "",
        response=cell.printed if cell else "",
        level=values.get("level", ""),
        lead_actor=values.get("lead_actor", ""),
        partners=values.get("partners", ""),
        time_frame=values.get("time_frame", ""),
        resources=values.get("resources", ""),
        indicator=values.get("indicator", ""),
        priority_median=_figure(figures, "median"),
        priority_iqr=_figure(figures, "iqr"),
        priority_n=_figure(figures, "n"),
        priority_rank=_figure(figures, "rank"),
        support=_support(cell, say),
        agreement=_standing(cell, say) if cell else say(NO_RESPONSE),
        reservations="\n".join(reservations),
        source=values.get("source", "") or area.row.source,
        notes=cell.cell.notes if cell else "",
        outcome_reference=str(reference or ""),
        draft=cell.text if cell and agreed and cell.changed_since else "",
        state=cell.state if cell else "none",
        flags=reservations,
        area_id=area.row.id,
        area_estimates=[said(one.sentence, say) for one in area.estimates],
        estimates=[said(one.sentence, say) for one in cell.estimates] if cell else [],
    )


def _support(cell: Row | None, say: Say) -> str:
    if cell is None or cell.support is None:
        return ""
    return say(SUPPORT).format(approvals=cell.support.approvals, cast=cell.support.cast)


def _figure(figures: Any, name: str) -> str:
    value = getattr(figures, name) if figures else None
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _references(cell: Row | None) -> list[str]:
    if cell is None:
        return []
    now = [item.own_key or item.title for item in cell.evidence]
    agreed = cell.adopted
    return list(agreed.pinned.get("evidence_references", now)) if agreed else now


def _reservations(cell: Row, say: Say) -> list[str]:
    """What stood when the row was decided, else what stands now; named only by choice."""
    ruled = cell.adopted or (cell.agreement if cell.settled else None)
    if ruled is not None:
        return [flag_said(say, **one) for one in ruled.flags]
    return [
        flag_said(say, one.flag, one.by, one.text, passage=one.passage, wording=one.wording)
        for one in cell.flags
    ]


def flag_said(
    say: Say, flag: str, by: str, text: str, passage: str = "", wording: str = "", **_: Any
) -> str:
    """Its kind, who said it if they chose to be named, the passage it is about, and the words."""
    kind = say(FLAG_WORDS[flag])
    if passage:
        kind = say(ON_PASSAGE).format(flag=kind, passage=passage)
    said = "; ".join(filter(None, (text, say(INSTEAD).format(wording=wording) if wording else "")))
    kind = f"{kind} ({by})" if by else kind
    return f"{kind}: {said}" if said else kind


def _standing(row: Row, say: Say) -> str:
    """How a row stands; an agreed text that holds brackets says so, and so does a draft."""
    words, open_ = say(AGREEMENT[row.state]), open_brackets(row.printed)
    return say(IN_BRACKETS).format(standing=words, n=open_) if open_ else words
