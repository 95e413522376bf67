"""The report as an editable document: standing paragraph, method note, components, matrix."""

import io
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from app.errors import N_
from app.exports.base import Export, Say
from app.formats.inert import plain
from app.queries.report.shape import MatrixRow, Report, RoundReport, Wording

STANDING = N_(
    "This document is no official record of the meeting and need not reflect every view expressed "
    "there. Votes indicate and do not bind; a row is agreed only by the chair’s decision."
)
COLUMNS = (
    (N_("Programmatic response"), 8.2),
    (N_("Level"), 2.2),
    (N_("Lead and partners"), 4.2),
    (N_("Time frame"), 2.2),
    (N_("Indicator"), 3.2),
    (N_("Support"), 2.2),
    (N_("Agreement"), 3.3),
)
RIGHT_TO_LEFT = ("ar", "en-XB")
PETROL = RGBColor(0x0A, 0x5A, 0x5F)


class Paper:
    """A landscape document that writes right to left where the language does."""

    def __init__(self, report: Report, say: Say) -> None:
        self.report, self.say = report, say
        self.doc = Document()
        self.rtl = report.language in RIGHT_TO_LEFT
        section = self.doc.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21.0)
        for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
            setattr(section, side, Cm(2))
        style = self.doc.styles["Normal"]
        style.font.name, style.font.size = "Calibri", Pt(10.5)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), "Noto Sans CJK SC")
        style.element.rPr.rFonts.set(qn("w:cs"), "Noto Sans Arabic")
        if report.meeting.trial:
            mark = section.header.paragraphs[0].add_run(plain(report.meeting.trial))
            mark.bold, mark.font.color.rgb = True, RGBColor(0x83, 0x53, 0x00)
        foot = section.footer.paragraphs[0]
        until = say(N_("record to no. {number}")).format(number=report.meeting.seq)
        foot.add_run(f"{plain(report.meeting.title)} · {until}")

    def heading(self, text: str, level: int) -> None:
        heading = self.doc.add_heading(plain(text), level)
        for run in heading.runs:
            run.font.color.rgb = PETROL
        self._turn(heading)

    def text(self, text: str, *, bold: bool = False, size: float | None = None) -> None:
        paragraph = self.doc.add_paragraph()
        run = paragraph.add_run(plain(text))
        run.bold = bold
        if size:
            run.font.size = Pt(size)
        self._turn(paragraph)

    def bullet(self, text: str) -> None:
        self._turn(self.doc.add_paragraph(plain(text), style="List Bullet"))

    def table(self, headings: list[str], widths: list[float], rows: list[list[str]]) -> None:
        table = self.doc.add_table(rows=1, cols=len(headings))
        table.style, table.autofit = "Table Grid", False
        if self.rtl:
            table._tbl.tblPr.append(OxmlElement("w:bidiVisual"))
        self._fill(table.rows[0].cells, headings, widths, True)
        _repeat(table.rows[0])
        for row in rows:
            self._fill(table.add_row().cells, row, widths, False)

    def _fill(self, cells: Any, texts: list[str], widths: list[float], bold: bool) -> None:
        for cell, text, width in zip(cells, texts, widths, strict=True):
            cell.width = Cm(width)
            paragraph = cell.paragraphs[0]
            run = paragraph.add_run(plain(text))
            run.bold, run.font.size = bold, Pt(9)
            if bold:
                shade = OxmlElement("w:shd")
                shade.set(qn("w:val"), "clear")
                shade.set(qn("w:fill"), "DFECEB")
                cell._tc.get_or_add_tcPr().append(shade)
            self._turn(paragraph)

    def _turn(self, paragraph: Any) -> None:
        if self.rtl:
            paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
            for run in paragraph.runs:
                run._r.get_or_add_rPr().append(OxmlElement("w:rtl"))

    def save(self) -> bytes:
        out = io.BytesIO()
        self.doc.save(out)
        return out.getvalue()


def _repeat(row: Any) -> None:
    """Repeat the heading row on every page."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def write(report: Report, say: Say) -> bytes:
    """The document as bytes."""
    paper = Paper(report, say)
    _front(paper)
    _wordings(paper, N_("Conclusions"), report.conclusions)
    _wordings(paper, N_("Framework components"), report.components)
    _matrix(paper)
    _method(paper)
    _decisions(paper)
    _annex(paper)
    return paper.save()


def _front(paper: Paper) -> None:
    meeting = paper.report.meeting
    paper.heading(meeting.title, 0)
    dates = " – ".join(day.isoformat() for day in (meeting.starts_on, meeting.ends_on) if day)
    paper.text(", ".join(part for part in (meeting.place, dates) if part))
    if meeting.trial:
        paper.text(meeting.trial, bold=True)
    paper.text(paper.say(STANDING))


def _wordings(paper: Paper, heading: str, wordings: list[Wording]) -> None:
    if not wordings:
        return
    paper.heading(paper.say(heading), 1)
    for wording in wordings:
        number = f", {paper.say(N_('no.'))} {wording.decision}" if wording.decision else ""
        gist = f" {wording.gist}." if wording.gist else ""
        paper.bullet(f"{wording.text}.{gist} ({wording.ruling}{number})")


def _matrix(paper: Paper) -> None:
    paper.heading(paper.say(N_("Matrix of priority areas and programmatic responses")), 1)
    component, area = None, None
    pending: list[MatrixRow] = []
    for row in paper.report.rows:
        if (row.component, row.area_no, row.area) != (component, *(area or (None, None))):
            _area_table(paper, pending)
            pending = []
            if row.component != component:
                component = row.component
                paper.heading(component or paper.say(N_("Without a component")), 2)
            area = (row.area_no, row.area)
            _area_head(paper, row)
        pending.append(row)
    _area_table(paper, pending)


def _area_head(paper: Paper, row: MatrixRow) -> None:
    paper.heading(f"{row.area_no} {row.area}".strip(), 3)
    figures = []
    if row.priority_median:
        words = paper.say(N_("Priority: median {median}, IQR {iqr}, n {n}"))
        figures.append(
            words.format(median=row.priority_median, iqr=row.priority_iqr, n=row.priority_n)
        )
    if row.priority_rank:
        figures.append(paper.say(N_("rank {rank}")).format(rank=row.priority_rank))
    for text in (", ".join(figures), row.problem_statement, row.regional_context):
        if text:
            paper.text(text, size=9.5)


def _area_table(paper: Paper, rows: list[MatrixRow]) -> None:
    if not rows:
        return
    responses = [row for row in rows if row.response]
    if not responses:
        paper.text(rows[0].agreement)
        return
    paper.table(
        [paper.say(heading) for heading, _ in COLUMNS],
        [width for _, width in COLUMNS],
        [_cells(paper, row) for row in responses],
    )
    for row in responses:
        _below(paper, row)


def _cells(paper: Paper, row: MatrixRow) -> list[str]:
    actors = "; ".join(part for part in (row.lead_actor, row.partners) if part)
    said = f"{row.response_no} {row.response}".strip()
    return [said, row.level, actors, row.time_frame, row.indicator, row.support, row.agreement]


def _below(paper: Paper, row: MatrixRow) -> None:
    for flag in row.flags:
        paper.text(f"{row.response_no} {flag}".strip(), size=9)
    if row.draft:
        words = paper.say(N_("Draft since the decision, not agreed: {text}"))
        paper.text(words.format(text=row.draft), size=9)
    notes = [part for part in (row.source, row.evidence_references, row.notes) if part]
    if notes:
        source = f"{row.response_no} {paper.say(N_('Source'))}: {'; '.join(notes)}"
        paper.text(source.strip(), size=9)


def _method(paper: Paper) -> None:
    if not paper.report.rounds:
        return
    paper.heading(paper.say(N_("Method note")), 1)
    for round_ in paper.report.rounds:
        _round(paper, round_)


def _round(paper: Paper, round_: RoundReport) -> None:
    say = paper.say
    paper.heading(f"{round_.activity}, {say(N_('round'))} {round_.n}", 2)
    voted = say(N_("{cast} of {eligible}; blank {blank}, not answered {left}, not seen {unseen}"))
    lines = (
        (N_("Question"), round_.question),
        (N_("Rule"), f"{round_.rule} ({round_.method})"),
        (N_("Entitled"), f"{round_.eligible}: {round_.voters}"),
        (
            N_("Voted"),
            voted.format(
                cast=round_.cast, eligible=round_.eligible, blank=round_.blank,
                left=round_.not_answered, unseen=round_.not_seen,
            ),
        ),
        (N_("Result"), round_.result or say(N_("No outcome yet"))),
        (N_("Chosen"), "; ".join(option.text for option in round_.options if option.winner)),
        (N_("Who saw what"), round_.sees),
        (N_("Reopened"), "; ".join(round_.reopened)),
        (N_("Outcome reference"), f"{round_.outcome}, no. {round_.number}, {round_.digest}"),
    )  # fmt: skip
    paper.table(
        [say(N_("What")), say(N_("How"))],
        [4.5, 21.0],
        [[say(name), value] for name, value in lines if value],
    )


def _decisions(paper: Paper) -> None:
    if not paper.report.decisions:
        return
    paper.heading(paper.say(N_("Decisions of the chair")), 1)
    for decision in paper.report.decisions:
        head = paper.say(N_("No. {number}: {ruling}, ruled by {chair}"))
        paper.text(
            head.format(number=decision.number, ruling=decision.ruling, chair=decision.ruled_by),
            bold=True,
        )
        if decision.text:
            paper.text(decision.text)
        for row in decision.rows:
            paper.bullet(row)


def _annex(paper: Paper) -> None:
    if not paper.report.participants:
        return
    paper.heading(paper.say(N_("Annex: participants")), 1)
    paper.table(
        [paper.say(h) for h in (N_("Name"), N_("Capacity"), N_("Delegation"), N_("Region"))],
        [8.0, 5.0, 6.0, 6.5],
        [[p.label, p.capacity, p.delegation, p.regions] for p in paper.report.participants],
    )


EXPORT = Export(
    "docx",
    N_("Report (DOCX)"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "docx",
    write,
)
