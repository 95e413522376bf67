"""The columns of the matrix in their one order, with the heading that people read."""

from dataclasses import dataclass

from app.errors import N_
from app.queries.report.shape import MatrixRow


@dataclass(frozen=True)
class Column:
    """One column: the row's field, its heading, its width in a sheet in characters, and what it
    belongs to: the area, the response or the cell where the two meet."""

    name: str
    heading: str
    width: int
    group: str

    def of(self, row: MatrixRow) -> str:
        value = getattr(row, self.name)
        return "\n".join(value) if isinstance(value, list) else str(value)


COLUMNS = (
    Column("component", N_("Component"), 24, "area"),
    Column("area_no", N_("Area no."), 9, "area"),
    Column("area", N_("Priority area"), 36, "area"),
    Column("problem_statement", N_("Problem statement"), 32, "area"),
    Column("regional_context", N_("Regional context"), 28, "area"),
    Column("evidence_status", N_("Evidence status"), 16, "cell"),
    Column("evidence_references", N_("Evidence references"), 28, "cell"),
    Column("response_no", N_("Response no."), 10, "response"),
    Column("response", N_("Programmatic response"), 44, "response"),
    Column("level", N_("Level"), 14, "response"),
    Column("lead_actor", N_("Lead actor"), 20, "response"),
    Column("partners", N_("Partners"), 20, "response"),
    Column("time_frame", N_("Time frame"), 12, "response"),
    Column("resources", N_("Resources"), 18, "response"),
    Column("indicator", N_("Indicator"), 22, "response"),
    Column("priority_median", N_("Priority: median"), 10, "area"),
    Column("priority_iqr", N_("Priority: IQR"), 10, "area"),
    Column("priority_n", N_("Priority: n"), 9, "area"),
    Column("priority_rank", N_("Priority: rank"), 9, "area"),
    Column("support", N_("Support"), 11, "cell"),
    Column("agreement", N_("Agreement"), 24, "cell"),
    Column("reservations", N_("Reservations"), 40, "cell"),
    Column("source", N_("Source"), 36, "cell"),
    Column("notes", N_("Notes"), 24, "cell"),
    Column("outcome_reference", N_("Outcome reference"), 30, "cell"),
)

# What stands to the right of them: a draft since the decision, and what exercises said of the cell.
BESIDE = (
    Column("draft", N_("Draft since the decision, not agreed"), 40, "cell"),
    Column("cell", N_("The cell"), 30, "cell"),
    Column("evidence", N_("Evidence: grade and regions"), 36, "cell"),
    Column("area_estimates", N_("Estimates of the area"), 40, "area"),
    Column("estimates", N_("Estimates of the response"), 40, "response"),
)

# CSV calls the area's wording what the screen calls it.
CSV_NAMES = {
    "area": "priority_area",
    "response": "programmatic_response",
    "draft": "draft_text",
    "cell": "cell_state",
    "evidence": "evidence_grades",
}


def csv_name(column: Column) -> str:
    return CSV_NAMES.get(column.name, column.name)
