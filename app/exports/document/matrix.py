"""The matrix on paper: each area a heading with its figures, its responses a table below."""

from itertools import groupby

from app.errors import N_
from app.exports.cells import counted, named, without_row
from app.exports.document.paper import SMALL, Paper
from app.exports.sentences import cited
from app.queries.report.shape import CellReport, MatrixRow

# Heading and share of the width; seven columns are the most that stay legible.
COLUMNS = (
    (N_("Programmatic response"), 8.0),
    (N_("Level"), 2.3),
    (N_("Lead and partners"), 4.4),
    (N_("Time frame"), 2.3),
    (N_("Indicator"), 3.4),
    (N_("Support"), 2.1),
    (N_("Agreement"), 3.6),
)
PRIORITY = N_("Priority: median {median}, IQR {iqr}, n {n}.")
RANK = N_("Rank {rank}.")
DRAFT_COMPONENT = N_("{component} (draft, not adopted)")
DRAFT = N_("Draft since the decision, not agreed:")
CELLS = N_("Areas with responses, by how they stand:")
WITHOUT_ROW = N_("Cells without a row:")


def matrix(paper: Paper) -> None:
    """Components, their areas, and the responses of each."""
    paper.heading(paper.say(N_("Matrix of priority areas and programmatic responses")), 1)
    if cells := counted(paper.report, paper.say):
        paper.text(cells, SMALL, bold=paper.say(CELLS))
    drafts = {one.text for one in paper.report.components if not one.adopted}
    loose = without_row(paper.report)
    for component, areas in groupby(paper.report.rows, lambda row: row.component):
        paper.heading(_component(paper, component, component in drafts), 2)
        for _, rows in groupby(areas, lambda row: (row.area_no, row.area)):
            own = list(rows)
            _area(paper, own, loose.pop(own[0].area_id, []))


def _component(paper: Paper, component: str, draft: bool) -> str:
    if draft:
        return paper.say(DRAFT_COMPONENT).format(component=component)
    return component or paper.say(N_("Without a component"))


def _area(paper: Paper, rows: list[MatrixRow], loose: list[CellReport]) -> None:
    first = rows[0]
    paper.heading(f"{first.area_no} {first.area}".strip(), 3)
    if figures := _figures(paper, first):
        paper.text(figures, SMALL)
    for name, text in (
        (N_("Estimates:"), "; ".join(first.area_estimates)),
        (N_("Problem statement:"), first.problem_statement),
        (N_("Regional context:"), first.regional_context),
    ):
        if text:
            paper.text(text, SMALL, bold=paper.say(name))
    responses = [row for row in rows if row.response]
    if responses:
        _responses(paper, responses)
    else:
        paper.text(first.agreement)
    if loose:
        paper.text(paper.say(WITHOUT_ROW), SMALL)
    for cell in loose:
        paper.bullet(named(cell))


def _responses(paper: Paper, rows: list[MatrixRow]) -> None:
    paper.table(
        [paper.say(heading) for heading, _ in COLUMNS],
        [share for _, share in COLUMNS],
        [_cells(row) for row in rows],
    )
    for row in rows:
        _below(paper, row)


def _figures(paper: Paper, row: MatrixRow) -> str:
    parts = []
    if row.priority_median:
        parts.append(
            paper.say(PRIORITY).format(
                median=row.priority_median, iqr=row.priority_iqr, n=row.priority_n
            )
        )
    if row.priority_rank:
        parts.append(paper.say(RANK).format(rank=row.priority_rank))
    return " ".join(parts)


def _cells(row: MatrixRow) -> list[str]:
    actors = "; ".join(part for part in (row.lead_actor, row.partners) if part)
    named = f"{row.response_no} {row.response}".strip()
    return [named, row.level, actors, row.time_frame, row.indicator, row.support, row.agreement]


def _below(paper: Paper, row: MatrixRow) -> None:
    """Reservations, a later draft, and where the response comes from; nothing of it is lost."""
    number = row.response_no
    for flag in row.flags:
        paper.text(flag, SMALL, bold=number)
    if row.draft:
        paper.text(row.draft, SMALL, bold=f"{number} {paper.say(DRAFT)}".strip())
    evidence = "; ".join(filter(None, (row.evidence_status, row.evidence_references)))
    known = (
        (N_("Cell: {text}"), row.cell),
        (N_("Resources: {text}"), row.resources),
        (N_("Evidence: {text}"), evidence),
        (N_("Evidence as judged: {text}"), "; ".join(row.evidence)),
        (N_("Estimates: {text}"), "; ".join(row.estimates)),
        (N_("Source: {text}"), row.source),
        (N_("Notes: {text}"), row.notes),
        (N_("Outcome: {text}"), cited(row, paper.report, paper.say)),
    )
    if told := [paper.say(words).format(text=text) for words, text in known if text]:
        paper.text(" · ".join(told), SMALL, bold=number)
