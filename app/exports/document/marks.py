"""What Word knows and python-docx does not say: shading, direction, rows that repeat.

The order of elements matters to Word: one out of its place makes a file "unreadable".
"""

import re
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

# What stands after the shading of a paragraph, and after its direction (ECMA-376, 17.3.1.26).
AFTER_DIRECTION = (
    "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing",
    "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment",
    "w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr",
    "w:pPrChange",
)  # fmt: skip


# Letters written from right to left: Hebrew, Arabic, Syriac, Thaana, and their presentation forms.
RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
LATIN = "A-Za-z\u00c0-\u024f"
# "0-2 years", "UNODC (2014)": a phrase with a Latin letter in it and none of those above.
LATIN_PHRASE = re.compile(
    rf"[\w(\[“«](?<![{RIGHT_TO_LEFT}])(?=[^{RIGHT_TO_LEFT}]*[{LATIN}])"
    rf"[^{RIGHT_TO_LEFT}]*[\w)\]”»%.](?<![{RIGHT_TO_LEFT}])|[{LATIN}]"
)
LEFT_TO_RIGHT_MARK = "\u200e"


def marked(text: str) -> str:
    """A text for a page that runs from right to left: each Latin phrase between marks that keep
    together what belongs to it. Without them "0-2 years" is read "years 0-2"."""
    return LATIN_PHRASE.sub(rf"{LEFT_TO_RIGHT_MARK}\g<0>{LEFT_TO_RIGHT_MARK}", text)


def shade(properties: Any, colour: str) -> None:
    """A background for a cell or a paragraph."""
    element = OxmlElement("w:shd")
    element.set(qn("w:val"), "clear")
    element.set(qn("w:color"), "auto")
    element.set(qn("w:fill"), colour)
    properties.insert_element_before(element, *AFTER_DIRECTION)


def turn(paragraph: Any) -> None:
    """Write a paragraph and its runs from right to left; once more changes nothing."""
    properties = paragraph._p.get_or_add_pPr()
    if properties.find(qn("w:bidi")) is None:
        properties.insert_element_before(OxmlElement("w:bidi"), *AFTER_DIRECTION)
    for run in paragraph.runs:
        look = run._r.get_or_add_rPr()
        if look.find(qn("w:rtl")) is None:
            look.append(OxmlElement("w:rtl"))


def put_after_style(properties: Any, element: Any) -> None:
    """Put an element where a table's own properties begin."""
    style = properties.find(qn("w:tblStyle"))
    style.addnext(element)


def repeat_on_pages(row: Any) -> None:
    """Repeat a heading row on every page."""
    row._tr.get_or_add_trPr().append(_on("w:tblHeader"))


def keep_whole(row: Any) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(_on("w:cantSplit"))


def _on(name: str) -> Any:
    element = OxmlElement(name)
    element.set(qn("w:val"), "true")
    return element
