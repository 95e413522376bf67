"""Templates as the lint reads them: Jinja taken out, elements with where they stand."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from tests.rules.sources import ROOT

TEMPLATES = ROOT / "templates"
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)
STATEMENT = re.compile(r"\{%-?\s*(\w+).*?%\}", re.DOTALL)
MACRO = re.compile(r"\{%-?\s*macro\s+(\w+).*?endmacro\s*-?%\}", re.DOTALL)


@dataclass
class Element:
    """One start tag of a template."""

    tag: str
    attributes: dict[str, str]
    source: str
    line: int
    above: list["Element"] = field(repr=False, default_factory=list)
    loops: int = 0

    def inside(self, tag: str) -> bool:
        return any(element.tag == tag for element in self.above)

    def skipped_by_morph(self) -> bool:
        return any("hx-morph-skip" in element.attributes for element in [*self.above, self])


def source_of(file: Path) -> str:
    """A template without its comments, every line where it was."""
    return COMMENT.sub(lambda found: "\n" * found[0].count("\n"), file.read_text(encoding="utf-8"))


def elements(source: str) -> list[Element]:
    """The elements of a template in the order of its text."""
    reader = _Reader()
    reader.feed(_without_jinja(source))
    reader.close()
    return reader.found


def macros(source: str) -> dict[str, str]:
    """The macros of a template: name and text."""
    return {found[1]: found[0] for found in MACRO.finditer(source)}


def _without_jinja(source: str) -> str:
    """Expressions become a word; loops become comments, which the reader counts."""

    def keep_lines(replacement: str, text: str) -> str:
        return replacement + "\n" * text.count("\n")

    def statement(found: re.Match[str]) -> str:
        mark = {"for": "<!--for-->", "endfor": "<!--endfor-->"}.get(found[1], " ")
        # Inside a tag there is no room for a comment, and no row either.
        before = source[: found.start()]
        in_tag = before.rfind("<") > before.rfind(">")
        return keep_lines(" " if in_tag else mark, found[0])

    plain = STATEMENT.sub(statement, source)
    return EXPRESSION.sub(lambda found: keep_lines("word", found[0]), plain)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Element] = []
        self.open: list[Element] = []
        self.loops = 0

    def handle_comment(self, data: str) -> None:
        self.loops += {"for": 1, "endfor": -1}.get(data, 0)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(
            tag,
            {name: value or "" for name, value in attrs},
            self.get_starttag_text() or "",
            self.getpos()[0],
            list(self.open),
            self.loops,
        )
        self.found.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        # Two branches of an {% if %} may open the same element twice and close it once.
        while any(element.tag == tag for element in self.open):
            if self.open.pop().tag == tag:
                return
