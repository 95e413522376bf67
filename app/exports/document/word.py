"""The document in Word's format: its looks are styles, left to right or right to left."""

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from app.exports.base import Say
from app.exports.document.marks import (
    keep_whole,
    marked,
    put_after_style,
    repeat_on_pages,
    shade,
    turn,
)
from app.exports.document.paper import LEAD, SMALL
from app.formats.inert import plain
from app.queries.report.shape import Report
from app.render.words import direction

PETROL, AMBER, SLATE = (RGBColor.from_string(c) for c in ("0A5A5F", "835300", "4A5A57"))
# The width between the margins of A4 on its side.
WIDTH = 29.7 - 2 * 1.8
SIZES: dict[str, float] = {
    "Title": 22,
    "Heading 1": 16,
    "Heading 2": 13,
    "Heading 3": 11.5,
    "Normal": 10.5,
}
CELL = "Cell"


class WordPaper:
    """A document being written. Its looks are styles, so that one change changes all of a kind."""

    def __init__(self, report: Report, say: Say) -> None:
        self.report, self.say = report, say
        self.rtl = direction(report.language) == "rtl"
        self.doc = Document()
        self.doc.core_properties.title = plain(report.meeting.title)[:250]
        self.doc.core_properties.author = "Consilience"
        self.doc.core_properties.comments = ""
        self.doc.core_properties.language = report.language
        self._styles()
        section = self.doc.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21.0)
        for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
            setattr(section, side, Cm(1.8))
        self.header, self.footer = section.header.paragraphs[0], section.footer.paragraphs[0]

    def _styles(self) -> None:
        styles: Any = self.doc.styles
        for name, points in {SMALL: 9, CELL: 9, LEAD: 11}.items():
            style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = styles["Normal"]
            style.font.size = Pt(points)
            style.paragraph_format.space_after = Pt(2 if name == SMALL else 0)
        styles[LEAD].paragraph_format.space_after = Pt(10)
        shade(styles[LEAD].element.get_or_add_pPr(), "F1F4F3")
        for name, size in SIZES.items():
            style = styles[name]
            style.font.name, style.font.size = "Calibri", Pt(size)
            if name != "Normal":
                style.font.color.rgb = PETROL
        for style in (styles[name] for name in (*SIZES, SMALL, CELL, LEAD)):
            _speak_all_scripts(style)
        styles["Normal"].paragraph_format.space_after = Pt(5)
        styles["Heading 3"].paragraph_format.keep_with_next = True

    def heading(self, text: str, level: int) -> None:
        """A heading; level 0 is the title."""
        self._turned(self.doc.add_heading(self._said(text), level))

    def text(self, text: str, style: str = "Normal", *, bold: str = "") -> None:
        """A paragraph; `bold` stands before its text."""
        paragraph = self.doc.add_paragraph(style=style)
        if bold:
            paragraph.add_run(f"{self._said(bold)} ").bold = True
        paragraph.add_run(self._said(text))
        self._turned(paragraph)

    def bullet(self, text: str) -> None:
        """A line of a list."""
        self._turned(self.doc.add_paragraph(self._said(text), style="List Bullet"))

    def trial(self, text: str) -> None:
        """The mark of a trial, here and at the head of every page."""
        for paragraph in (self.doc.add_paragraph(), self.header):
            self._mark(paragraph, text, AMBER)

    def foot(self, text: str) -> None:
        """What stands at the foot of every page."""
        self._mark(self.footer, text, SLATE)

    def _mark(self, paragraph: Any, text: str, colour: RGBColor) -> None:
        run = paragraph.add_run(self._said(text))
        run.font.color.rgb, run.font.size = colour, Pt(9)
        run.bold = colour is AMBER
        self._turned(paragraph)

    def table(
        self, headings: Sequence[str], shares: Sequence[float], rows: Sequence[Sequence[str]]
    ) -> None:
        """A table across the page: its heading is repeated on every page, no row is torn apart.
        `shares` divide the width."""
        table = self.doc.add_table(rows=1, cols=len(headings))
        table.style, table.autofit = "Table Grid", False
        if self.rtl:
            put_after_style(table._tbl.tblPr, OxmlElement("w:bidiVisual"))
        widths = [Cm(WIDTH * share / sum(shares)) for share in shares]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        self._fill(table.rows[0], headings, widths, heading=True)
        repeat_on_pages(table.rows[0])
        for texts in rows:
            self._fill(table.add_row(), texts, widths, heading=False)
        self.text("", SMALL)

    def _fill(self, row: Any, texts: Sequence[str], widths: Sequence[Any], heading: bool) -> None:
        keep_whole(row)
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.width = width
            paragraph = cell.paragraphs[0]
            paragraph._p.style = CELL  # by its id: looking a style up for each cell takes seconds
            paragraph.add_run(self._said(text)).bold = heading
            if heading:
                shade(cell._tc.get_or_add_tcPr(), "DFECEB")
            self._turned(paragraph)

    def _said(self, text: str) -> str:
        return marked(plain(text)) if self.rtl else plain(text)

    def _turned(self, paragraph: Any) -> None:
        if self.rtl:
            turn(paragraph)

    def save(self) -> bytes:
        """The file."""
        out = io.BytesIO()
        self.doc.save(out)
        return out.getvalue()


def _speak_all_scripts(style: Any) -> None:
    """Fonts for Chinese and Arabic, and for Arabic the size too: Word keeps it apart."""
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:ascii"), "Calibri")
    fonts.set(qn("w:hAnsi"), "Calibri")
    fonts.set(qn("w:eastAsia"), "Noto Sans CJK SC")
    fonts.set(qn("w:cs"), "Arial")
    if style.font.size:
        for old in properties.findall(qn("w:szCs")):
            properties.remove(old)
        size = OxmlElement("w:szCs")
        size.set(qn("w:val"), str(int(style.font.size.pt * 2)))
        properties.find(qn("w:sz")).addnext(size)
