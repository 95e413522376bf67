"""The matrix from one store: a long table and a grid of the same cells, with how each stands."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.models import (
    Decision,
    DecisionRow,
    EvidenceItem,
    Flag,
    MatrixCell,
    Participant,
    Proposal,
    WordingVersion,
)
from app.policy import Actor
from app.queries.proposals import components
from app.queries.support import AreaFigures, Support, figures_by_area, support_by_response

VALUES = (
    "level", "lead_actor", "partners", "time_frame", "resources", "indicator", "evidence_status",
    "source",
)  # fmt: skip


@dataclass(frozen=True)
class FlagView:
    """A standing flag. `by` is given only if its author chose to be named, or to the author."""

    id: str
    flag: str
    text: str
    by: str
    own: bool
    version: int
    asked_again: bool


@dataclass(frozen=True)
class Agreement:
    """How a row stands: the latest decision with the text it pinned, if any."""

    ruling: str
    number: int
    text: str
    at: Any
    decision_id: str
    flags: list[dict[str, Any]] = field(default_factory=list)
    pinned: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """One row that can be agreed: a cell, a component or a conclusion."""

    id: str
    kind: str
    text: str
    wording: Any
    version: int
    agreement: Agreement | None
    flags: list[FlagView]
    cell: Any = None
    response: Any = None
    values: dict[str, str] = field(default_factory=dict)
    evidence: list[Any] = field(default_factory=list)
    support: Support | None = None

    @property
    def changed_since(self) -> bool:
        """Whether the draft says something else than what was agreed."""
        return self.agreement is not None and self.agreement.text != self.text

    @property
    def state(self) -> str:
        """consensus, no_objection, with_reservations, not_agreed, flagged or draft."""
        if self.agreement is not None:
            return self.agreement.ruling
        return "flagged" if self.flags else "draft"


@dataclass(frozen=True)
class AreaRows:
    """A priority area with its cells, its figures and its component."""

    row: Any
    no: str
    text: str
    component_id: str | None
    figures: AreaFigures | None
    cells: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Matrix:
    """All areas in order, with and without chosen responses, grouped by component."""

    components: list[Any]
    component_rows: dict[str, Row]
    areas: list[AreaRows]

    @property
    def cells(self) -> list[Row]:
        return [cell for area in self.areas for cell in area.cells]

    @property
    def settled(self) -> int:
        return sum(cell.agreement is not None for cell in self.cells)

    def count(self, state: str) -> int:
        return sum(cell.state == state for cell in self.cells)

    def under(self, component_id: str | None) -> list[AreaRows]:
        return [area for area in self.areas if area.component_id == component_id]

    def groups(self) -> list[tuple[Any, list[AreaRows]]]:
        """Components with their areas; areas without a component stand last, under None."""
        known = [(one, self.under(one.id)) for one in self.components]
        loose = self.under(None)
        return [*known, *([(None, loose)] if loose else [])]


def matrix(conn: Connection, workshop_id: str, viewer: Actor | None = None) -> Matrix:
    """The whole matrix as the viewer may know it (None: as everybody may)."""
    agreements = agreements_of(conn, workshop_id)
    flags = flags_of(conn, workshop_id, viewer)
    wordings = _wordings(conn, workshop_id)
    proposals = {
        row.id: row
        for row in conn.execute(
            select(Proposal)
            .where(Proposal.workshop_id == workshop_id, Proposal.status == "accepted")
            .order_by(col(Proposal.position), col(Proposal.number))
        )
    }
    evidence = {
        row.id: row
        for row in conn.execute(select(EvidenceItem).where(EvidenceItem.workshop_id == workshop_id))
    }
    support = support_by_response(conn, workshop_id)
    figures = figures_by_area(conn, workshop_id)
    by_area: dict[str, list[Row]] = defaultdict(list)
    cells = conn.execute(
        select(MatrixCell).where(
            MatrixCell.workshop_id == workshop_id, col(MatrixCell.removed_at).is_(None)
        )
    )
    order = {proposal_id: place for place, proposal_id in enumerate(proposals)}
    for cell in sorted(cells, key=lambda cell: (order.get(cell.response_id, 0), cell.id)):
        response = proposals.get(cell.response_id)
        if response is None or cell.area_id not in proposals:
            continue
        wording = wordings[response.wording_version_id]
        by_area[cell.area_id].append(
            Row(
                id=cell.id,
                kind="cell",
                text=wording.text,
                wording=wording,
                version=cell.version,
                agreement=agreements.get(cell.id),
                flags=flags.get(cell.id, []),
                cell=cell,
                response=response,
                values={
                    name: getattr(cell, name) or getattr(response, name, "") for name in VALUES
                },
                evidence=[evidence[item] for item in cell.evidence if item in evidence],
                support=support.get(cell.response_id),
            )
        )
    listed = components(conn, workshop_id)
    areas = [
        AreaRows(
            row=row,
            no=row.own_key or "",
            text=wordings[row.wording_version_id].text,
            component_id=row.component_id,
            figures=figures.get(row.id),
            cells=by_area.get(row.id, []),
        )
        for row in proposals.values()
        if row.kind == "priority_area"
    ]
    component_rows = {
        one.id: Row(
            one.id, "component", one.text, wordings.get(one.wording_version_id), one.version,
            agreements.get(one.id), flags.get(one.id, []),
        )
        for one in listed
    }  # fmt: skip
    return Matrix(listed, component_rows, areas)


def _wordings(conn: Connection, workshop_id: str) -> dict[str, Any]:
    rows = conn.execute(select(WordingVersion).where(WordingVersion.workshop_id == workshop_id))
    return {row.id: row for row in rows}


def agreements_of(conn: Connection, workshop_id: str) -> dict[str, Agreement]:
    """Row id to its latest decision."""
    found: dict[str, Agreement] = {}
    rows = conn.execute(
        select(DecisionRow, Decision.ruling, Decision.number, Decision.at)
        .join(Decision, col(Decision.id) == col(DecisionRow.decision_id))
        .where(Decision.workshop_id == workshop_id)
        .order_by(col(Decision.number))
    )  # fmt: skip
    for row in rows:
        found[row.row_id] = Agreement(
            row.ruling, row.number, row.pinned["text"], row.at, row.decision_id, row.flags,
            row.pinned,
        )  # fmt: skip
    return found


def flags_of(conn: Connection, workshop_id: str, viewer: Actor | None) -> dict[str, list[FlagView]]:
    """Row id to its standing flags, in the order of their ids: arrival says nothing."""
    found: dict[str, list[FlagView]] = defaultdict(list)
    rows = conn.execute(
        select(Flag, Participant.label)
        .join(Participant, col(Participant.id) == col(Flag.participant_id))
        .where(Flag.workshop_id == workshop_id, col(Flag.withdrawn_at).is_(None))
        .order_by(col(Flag.id))
    )
    for row in rows:
        own = viewer is not None and viewer.participant_id == row.participant_id
        by = row.label if row.named or own else ""
        found[row.row_id].append(
            FlagView(
                row.id, row.flag, row.text, by, own, row.version, row.asked_again_at is not None
            )
        )
    return found
