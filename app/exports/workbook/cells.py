"""The sheet of cells: every area with a response that is not empty, as a row or not."""

from dataclasses import asdict

from app.activities.cells import STATES
from app.errors import N_
from app.exports.cells import counted
from app.exports.workbook.book import Book

COLUMNS = (
    ("area_no", N_("Area no."), 9),
    ("area", N_("Priority area"), 44),
    ("response_no", N_("Response no."), 10),
    ("response", N_("Programmatic response"), 60),
    ("state", N_("State"), 22),
    ("cell", N_("The cell"), 60),
    ("outcome_reference", N_("Outcome reference"), 36),
)
NO_CELLS = N_("All cells are empty.")
COUNTED = N_("All cells")


def cells(book: Book) -> None:
    """How many are in each state, then a cell a row; what is not listed is empty."""
    sheet = book.sheet(
        N_("Cells"), [heading for _, heading, _ in COLUMNS], [width for _, _, width in COLUMNS]
    )
    if counts := counted(book.report, book.say):
        sheet.fact(book.say(COUNTED), counts)
    for cell in book.report.cells:
        known = {**asdict(cell), "state": book.say(STATES[cell.state])}
        sheet.row([known[name] for name, _, _ in COLUMNS])
    if not book.report.cells:
        sheet.span(book.say(NO_CELLS), book.look(italic=True), 0)
