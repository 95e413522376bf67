"""Every cell that the matrix could have, and how it stands: derived from outcomes, rows, rulings,
never stored."""

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.activities.cells import STATES, Known, state_of
from app.activities.thrift import Shortlist, parts_of, shortlisted
from app.models import Activity, MatrixCell, Proposal, Round, RoundOption, WordingVersion
from app.queries.matrix import AreaRows, Matrix, Row, matrix
from app.queries.support import Reference, recorded

Pair = tuple[str, str]


@dataclass(frozen=True)
class CellView:
    """One cell: how it stands and why, its figures with n, and its row with what stands beside it.
    `nominated` are the nominations out of the ballots `cast`."""

    response: Any
    state: str
    why: str = ""
    nominated: int = 0
    cast: int = 0
    figures: dict[str, Any] | None = None
    reference: Reference | None = None
    row: Row | None = None

    @property
    def text(self) -> str:
        """The agreed wording until a new one is agreed; else the draft."""
        return self.row.printed if self.row else str(self.response.text)

    @property
    def dissent(self) -> list[dict[str, str]]:
        """What was said against the row: as the ruling pinned it, else as it stands now."""
        if self.row is None:
            return []
        if self.row.adopted:
            return [{name: flag.get(name) or "" for name in ("flag", "text", "by")}
                    for flag in self.row.adopted.flags]  # fmt: skip
        return [{"flag": one.flag, "text": one.text, "by": one.by} for one in self.row.flags]


@dataclass(frozen=True)
class AreaCells:
    """An area with all its cells, in the order of the responses."""

    area: AreaRows
    cells: list[CellView]

    @property
    def counts(self) -> dict[str, int]:
        """How many cells are in each state, in the order of the states."""
        counted = Counter(cell.state for cell in self.cells)
        return {state: counted[state] for state in STATES if counted[state]}

    @property
    def filled(self) -> list[CellView]:
        """The cells that are not empty, the furthest first."""
        found = [cell for cell in self.cells if cell.state != "empty"]
        return sorted(found, key=lambda cell: list(STATES).index(cell.state))


@dataclass(frozen=True)
class Cells:
    """All areas with all responses."""

    whole: Matrix
    responses: list[Any]
    areas: list[AreaCells] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        counted: Counter[str] = Counter()
        for area in self.areas:
            counted.update(area.counts)
        return {state: counted[state] for state in STATES}


def cells(conn: Connection, workshop_id: str, *, published: bool = False) -> Cells:
    """Every accepted area with every accepted response; as far as rows and published results tell,
    if so."""
    whole = matrix(conn, workshop_id, published=published)
    responses = _responses(conn, workshop_id)
    rows = {(row.cell.area_id, row.cell.response_id): row for row in whole.cells}
    known = _Votes(conn, workshop_id, published)
    areas = [
        AreaCells(area, [_view(known, rows, area.row.id, response) for response in responses])
        for area in whole.areas
    ]
    return Cells(whole, responses, areas)


def _view(known: "_Votes", rows: dict[Pair, Row], area_id: str, response: Any) -> CellView:
    pair = (area_id, response.id)
    row = rows.get(pair)
    nominated, cast, enough = known.nominations.get(pair, (0, 0, False))
    figures, reference = known.ratings.get(pair, (None, None))
    state, why = state_of(
        Known(
            ruling=row.state if row else "",
            row=row is not None,
            taken_out=pair in known.taken_out,
            figures=figures,
            nominated=nominated,
            shortlisted=enough,
        )
    )
    return CellView(response, state, why, nominated, cast, figures, reference, row)


def _responses(conn: Connection, workshop_id: str) -> list[Any]:
    rows: Any = conn.execute(
        select(Proposal.id, Proposal.own_key, Proposal.area_id, WordingVersion.text)
        .join(WordingVersion, col(WordingVersion.id) == col(Proposal.wording_version_id))
        .where(
            Proposal.workshop_id == workshop_id,
            Proposal.status == "accepted",
            Proposal.kind == "response",
        )
        .order_by(col(Proposal.position), col(Proposal.number))
    )
    return list(rows)


class _Votes:
    """What the recorded outcomes say of cells; later outcomes replace earlier ones."""

    def __init__(self, conn: Connection, workshop_id: str, published: bool) -> None:
        laid = list(conn.execute(select(MatrixCell).where(MatrixCell.workshop_id == workshop_id)))
        self.rows = {row.id: (row.area_id, row.response_id) for row in laid}
        # That a row stood in the draft and went is told to those who write the draft alone.
        gone = [] if published else [row for row in laid if row.removed_at]
        self.taken_out = {(row.area_id, row.response_id) for row in gone}
        self.nominations: dict[Pair, tuple[int, int, bool]] = {}
        self.ratings: dict[Pair, tuple[dict[str, Any] | None, Reference | None]] = {}
        which = col(Activity.type).in_(("choose", "rate"))
        more = (Round.thrift, Activity.type)
        for outcome in recorded(conn, workshop_id, which, *more, published=published):
            if rule := Shortlist.of(outcome.thrift):
                self._nominated(conn, outcome, rule)
            elif outcome.type == "rate":
                self._rated(outcome)

    def pair(self, option: str) -> Pair | None:
        """The cell that an option stands for, before or after it has a row."""
        return self.rows.get(option) or parts_of(option)

    def _nominated(self, conn: Connection, outcome: Any, rule: Shortlist) -> None:
        areas: dict[str, str | None] = {
            row.id: row.area_id
            for row in conn.execute(
                select(RoundOption).where(RoundOption.round_id == outcome.round_id)
            )
        }
        scores = {one: Fraction(score) for one, score in outcome.result["scores"].items()}
        taken, cast = set(shortlisted(scores, areas, rule)), outcome.result["turnout"]["cast"]
        for option, score in scores.items():
            if pair := self.pair(option):
                self.nominations[pair] = (int(score), cast, option in taken)

    def _rated(self, outcome: Any) -> None:
        reference = Reference(outcome.round_id, outcome.number, outcome.input_digest)
        for option, figures in outcome.result["diagnostics"].get("options", {}).items():
            if pair := self.pair(option):
                self.ratings[pair] = (figures, reference)


def grid_of_cells(conn: Connection, workshop_id: str) -> dict[str, Any]:
    """The grid for the desk."""
    return {"grid": cells(conn, workshop_id), "workshop_id": workshop_id}
