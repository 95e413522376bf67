"""The matrix from one store: a long table and a grid of the same cells, with how each stands."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.activities.language import open_brackets
from app.activities.thrift import cell_id
from app.models import EvidenceItem, MatrixCell, Proposal, WordingVersion
from app.policy import Actor, may_see_unpublished
from app.queries.agreements import Agreement, agreements_of
from app.queries.drafts import drafts
from app.queries.estimated import Estimated, estimates_by_option
from app.queries.flags import FlagView, flags_of
from app.queries.proposals import components
from app.queries.support import AreaFigures, Support, figures_by_area, support_by_response

VALUES = (
    "level", "lead_actor", "partners", "time_frame", "resources", "indicator", "evidence_status",
    "source",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One row that can be agreed: a cell, a component or a conclusion; `sort` says of the last
    whether it is a working definition."""

    id: str
    kind: str
    text: str
    wording: Any
    version: int
    agreement: Agreement | None
    flags: list[FlagView]
    cell: Any = None
    response: Any = None
    area: str = ""
    values: dict[str, str] = field(default_factory=dict)
    evidence: list[Any] = field(default_factory=list)
    support: Support | None = None
    estimates: list[Estimated] = field(default_factory=list)
    sort: str = ""
    position: int = 0

    @property
    def changed_since(self) -> bool:
        """Whether the draft says something else than what was decided."""
        if self.agreement is None:
            return False
        now: dict[str, Any] = {**self.values, "text": self.text}
        if self.kind == "cell":
            now |= {"area": self.area, "evidence": [item.id for item in self.evidence]}
        pinned = self.agreement.pinned
        return any(pinned.get(name, value) != value for name, value in now.items())

    @property
    def brackets(self) -> int:
        """How many brackets stand open in the draft."""
        return open_brackets(self.text)

    @property
    def amendments(self) -> list[FlagView]:
        """What was proposed to stand here instead and waits for the drafting group."""
        return [flag for flag in self.flags if flag.wording and not flag.taken_up]

    @property
    def settled(self) -> bool:
        """Whether the chair has ruled on the row as it stands."""
        if self.agreement is None:
            return False
        return not self.changed_since or self.agreement.refused == self.wording.id

    @property
    def adopted(self) -> Agreement | None:
        """The decision whose text and values hold, if the row was adopted."""
        return self.agreement if self.agreement and self.agreement.adopted else None

    @property
    def printed(self) -> str:
        """The agreed text until a new one is agreed; else the draft."""
        return self.adopted.text if self.adopted else self.text

    @property
    def state(self) -> str:
        """consensus, no_objection, with_reservations, not_agreed, flagged or draft."""
        if self.agreement is not None and (self.agreement.adopted or self.settled):
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
    estimates: list[Estimated] = field(default_factory=list)


@dataclass(frozen=True)
class Matrix:
    """All areas in order, with and without chosen responses, grouped by component."""

    components: list[Any]
    component_rows: dict[str, Row]
    areas: list[AreaRows]
    conclusion_rows: dict[str, Row] = field(default_factory=dict)

    @property
    def cells(self) -> list[Row]:
        return [cell for area in self.areas for cell in area.cells]

    @property
    def wordings(self) -> list[Row]:
        """Rows that stand for themselves: components and conclusions."""
        return [*self.component_rows.values(), *self.conclusion_rows.values()]

    def concluded(self, sort: str) -> list[Row]:
        """The conclusions, or the working definitions, in their order."""
        return [row for row in self.conclusion_rows.values() if row.sort == sort]

    @property
    def settled(self) -> int:
        return sum(cell.settled for cell in self.cells)

    def count(self, state: str) -> int:
        return sum(cell.state == state for cell in self.cells)

    def under(self, component_id: str | None) -> list[AreaRows]:
        return [area for area in self.areas if area.component_id == component_id]

    def groups(self) -> list[tuple[Any, list[AreaRows]]]:
        """Components with their areas; areas without a standing component stand last, under
        None."""
        known = {one.id for one in self.components}
        loose = [area for area in self.areas if area.component_id not in known]
        groups = [(one, self.under(one.id)) for one in self.components]
        return [*groups, *([(None, loose)] if loose else [])]


def matrix(
    conn: Connection, workshop_id: str, viewer: Actor | None = None, *, published: bool = False
) -> Matrix:
    """The whole matrix as the viewer may know it (None: as everybody may, but for figures); with
    those of published results alone, if so or if others are not for this viewer."""
    published = published or (viewer is not None and not may_see_unpublished(viewer))
    agreements = agreements_of(conn, workshop_id)
    flags = flags_of(conn, workshop_id, viewer)
    wordings = _by_id(conn, select(WordingVersion).where(WordingVersion.workshop_id == workshop_id))
    accepted = _by_id(
        conn,
        select(Proposal)
        .where(Proposal.workshop_id == workshop_id, Proposal.status == "accepted")
        .order_by(col(Proposal.position), col(Proposal.number)),
    )
    support = support_by_response(conn, workshop_id, published=published)
    estimates = estimates_by_option(conn, workshop_id, published=published)
    cells = _cells(conn, workshop_id, accepted, wordings, agreements, flags, support, estimates)
    figures = figures_by_area(conn, workshop_id, published=published)
    listed = components(conn, workshop_id)
    areas = [
        AreaRows(
            row=row,
            no=row.own_key or "",
            text=wordings[row.wording_version_id].text,
            component_id=row.component_id,
            figures=figures.get(row.id),
            cells=cells.get(row.id, []),
            estimates=estimates.get(row.id, []),
        )
        for row in accepted.values()
        if row.kind == "priority_area"
    ]
    wordings_alone = {
        kind: {
            one.id: Row(
                one.id, kind, one.text, wordings[one.wording_version_id], one.version,
                agreements.get(one.id), flags.get(one.id, []),
                sort=getattr(one, "kind", ""), position=one.position,
            )
            for one in rows
        }
        for kind, rows in (
            ("component", listed), ("conclusion", drafts(conn, workshop_id, "conclusion")),
        )
    }  # fmt: skip
    return Matrix(listed, wordings_alone["component"], areas, wordings_alone["conclusion"])


def _cells(
    conn: Connection,
    workshop_id: str,
    accepted: dict[str, Any],
    wordings: dict[str, Any],
    agreements: dict[str, Agreement],
    flags: dict[str, list[FlagView]],
    support: dict[str, Support],
    estimates: dict[str, list[Estimated]],
) -> dict[str, list[Row]]:
    """Area id to its cells, in the order of their responses."""
    evidence = _by_id(conn, select(EvidenceItem).where(EvidenceItem.workshop_id == workshop_id))
    standing = conn.execute(
        select(MatrixCell).where(
            MatrixCell.workshop_id == workshop_id, col(MatrixCell.removed_at).is_(None)
        )
    )
    order = {proposal_id: place for place, proposal_id in enumerate(accepted)}
    found: dict[str, list[Row]] = defaultdict(list)
    for cell in sorted(standing, key=lambda cell: (order.get(cell.response_id, 0), cell.id)):
        area, response = accepted.get(cell.area_id), accepted.get(cell.response_id)
        if response is None or area is None:
            continue
        wording = wordings[response.wording_version_id]
        found[cell.area_id].append(
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
                area=wordings[area.wording_version_id].text,
                values={
                    name: getattr(cell, name) or getattr(response, name, "") for name in VALUES
                },
                evidence=[evidence[item] for item in cell.evidence if item in evidence],
                support=support.get(cell.response_id),
                estimates=[
                    told
                    for one in (cell.response_id, cell.id, cell_id(area.id, response.id))
                    for told in estimates.get(one, [])
                ],
            )
        )
    return found


def _by_id(conn: Connection, query: Any) -> dict[str, Any]:
    return {row.id: row for row in conn.execute(query)}
