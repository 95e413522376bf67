"""The rows of the matrix and the wordings above them, as the report prints them."""

from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.models import Conclusion, WordingVersion
from app.queries.matrix import AreaRows, Matrix, Row, agreements_of
from app.queries.report.shape import MatrixRow, Wording
from app.queries.report.words import AGREEMENT, FLAG_WORDS, NO_RESPONSE, Say


def components(whole: Matrix, say: Say) -> list[Wording]:
    """Framework components, adopted or still drafts."""
    gists = {one.id: one.gist for one in whole.components}
    return [_wording(row, say, gists.get(row.id, "")) for row in whole.component_rows.values()]


def _wording(row: Row, say: Say, gist: str = "") -> Wording:
    agreed = row.agreement
    text = agreed.text if agreed else row.text
    return Wording(row.id, text, say(AGREEMENT[row.state]), agreed.number if agreed else None, gist)


def conclusions(conn: Connection, workshop_id: str, say: Say) -> list[Wording]:
    """The meeting's conclusions, adopted or still drafts."""
    agreed = agreements_of(conn, workshop_id)
    rows: Any = conn.execute(
        select(Conclusion.id, WordingVersion.text)
        .join(WordingVersion, col(WordingVersion.id) == col(Conclusion.wording_version_id))
        .where(Conclusion.workshop_id == workshop_id, col(Conclusion.removed_at).is_(None))
        .order_by(col(Conclusion.position), col(Conclusion.id))
    )
    found = []
    for row in rows:
        how = agreed.get(row.id)
        state = say(AGREEMENT[how.ruling if how else "draft"])
        found.append(
            Wording(row.id, how.text if how else row.text, state, how.number if how else None)
        )
    return found


def matrix_rows(whole: Matrix, say: Say) -> list[MatrixRow]:
    """One row for each area with one response; an area without any stays and says so."""
    found: list[MatrixRow] = []
    for component, areas in whole.groups():
        heading = component.text if component else ""
        for area in areas:
            cells: list[Row | None] = [*area.cells] or [None]
            found += [_row(heading, area, cell, say) for cell in cells]
    return found


def _row(component: str, area: AreaRows, cell: Row | None, say: Say) -> MatrixRow:
    figures = area.figures
    agreed = cell.agreement if cell else None
    values = (agreed.pinned if agreed else cell.values) if cell else {}
    reservations = _reservations(cell, say) if cell else []
    reference = cell.support.reference if cell and cell.support else figures and figures.reference
    return MatrixRow(
        component=component,
        area_no=area.no,
        area=area.text,
        problem_statement=area.row.problem_statement,
        regional_context=area.row.regional_context,
        evidence_status=values.get("evidence_status", ""),
        evidence_references="; ".join(item.own_key or item.title for item in cell.evidence)
        if cell
        else "",
        response_no=(cell.response.own_key or "") if cell else "",
        response=(agreed.text if agreed else cell.text) if cell else "",
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
        support=str(cell.support) if cell and cell.support else "",
        agreement=say(AGREEMENT[cell.state]) if cell else say(NO_RESPONSE),
        reservations="\n".join(reservations),
        source=values.get("source", "") or area.row.source,
        notes=cell.cell.notes if cell else "",
        outcome_reference=str(reference or ""),
        draft=cell.text if cell and cell.changed_since else "",
        state=cell.state if cell else "none",
        flags=reservations,
    )


def _figure(figures: Any, name: str) -> str:
    value = getattr(figures, name) if figures else None
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _reservations(cell: Row, say: Say) -> list[str]:
    """What stood when the row was decided, else what stands now; named only by choice."""
    if cell.agreement is None:
        return [f"{say(FLAG_WORDS[flag.flag])}: {flag.text}".rstrip(": ") for flag in cell.flags]
    return [
        f"{say(FLAG_WORDS[flag['flag']])}: {flag['text']}".rstrip(": ")
        for flag in cell.agreement.flags
    ]
