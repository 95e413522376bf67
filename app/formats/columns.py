"""The columns of the matrix in their one order, with the heading that people read."""

from dataclasses import dataclass

from app.errors import N_
from app.queries.report.shape import MatrixRow


@dataclass(frozen=True)
class Column:
    """One column: its name in CSV, its heading, its width in a sheet in characters."""

    name: str
    heading: str
    width: int

    def of(self, row: MatrixRow) -> str:
        return str(getattr(row, self.name))


COLUMNS = (
    Column("component", N_("Component"), 24),
    Column("area_no", N_("Area no."), 9),
    Column("area", N_("Priority area"), 36),
    Column("problem_statement", N_("Problem statement"), 32),
    Column("regional_context", N_("Regional context"), 28),
    Column("evidence_status", N_("Evidence status"), 16),
    Column("evidence_references", N_("Evidence references"), 28),
    Column("response_no", N_("Response no."), 10),
    Column("response", N_("Programmatic response"), 44),
    Column("level", N_("Level"), 14),
    Column("lead_actor", N_("Lead actor"), 20),
    Column("partners", N_("Partners"), 20),
    Column("time_frame", N_("Time frame"), 12),
    Column("resources", N_("Resources"), 18),
    Column("indicator", N_("Indicator"), 22),
    Column("priority_median", N_("Priority: median"), 10),
    Column("priority_iqr", N_("Priority: IQR"), 9),
    Column("priority_n", N_("Priority: n"), 9),
    Column("priority_rank", N_("Priority: rank"), 9),
    Column("support", N_("Support"), 11),
    Column("agreement", N_("Agreement"), 20),
    Column("reservations", N_("Reservations"), 40),
    Column("source", N_("Source"), 36),
    Column("notes", N_("Notes"), 24),
    Column("outcome_reference", N_("Outcome reference"), 30),
)

# CSV calls the area's wording what the screen calls it.
CSV_NAMES = {"area": "priority_area", "response": "programmatic_response"}


def csv_name(column: Column) -> str:
    return CSV_NAMES.get(column.name, column.name)
