"""The document as PDF, set by Typst from `pages.typ`: Arabic is shaped, Chinese has its signs, the
headings of tables are repeated, and tags tell a screen reader what is what.

Texts reach Typst as data, never as markup. Its fonts are ours; only a sign that they lack is taken
from the system's.
"""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.exports.base import Say
from app.exports.document.paper import NORMAL
from app.formats.inert import plain
from app.queries.report.shape import Report
from app.render.words import direction
from app.settings import ROOT

TEMPLATE = Path(__file__).with_name("pages.typ")
OURS = re.compile(
    "[\u0000-\u052f\u0600-\u06ff\u0750-\u077f\u1e00-\u23ff\u3000-\u303f"
    "\ufb50-\ufdff\ufe70-\ufeff\uff00-\uffef]"
)
FONTS = ROOT / "static" / "vendor" / "fonts" / "print"


class Pages:
    """Blocks in their order; `save` has them set."""

    def __init__(self, report: Report, say: Say) -> None:
        self.report, self.say = report, say
        self.head = self.feet = ""
        self.blocks: list[dict[str, Any]] = []

    def heading(self, text: str, level: int) -> None:
        """A heading; level 0 is the title."""
        self._add("heading", text=plain(text), level=level)

    def text(self, text: str, style: str = NORMAL, *, bold: str = "") -> None:
        """A paragraph; `bold` stands before its text."""
        last = self.blocks[-1] if self.blocks else {}
        # What stands between a heading and its table goes to the next page with them.
        sticky = last.get("kind") == "heading" or bool(last.get("sticky"))
        self._add("text", text=plain(text), style=style, bold=plain(bold), sticky=sticky)

    def bullet(self, text: str) -> None:
        """A line of a list."""
        self._add("bullet", text=plain(text))

    def trial(self, text: str) -> None:
        """The mark of a trial, here and at the head of every page."""
        self.head = plain(text)
        self._add("trial", text=self.head)

    def foot(self, text: str) -> None:
        """What stands at the foot of every page."""
        self.feet = plain(text)

    def table(
        self, headings: Sequence[str], shares: Sequence[float], rows: Sequence[Sequence[str]]
    ) -> None:
        """A table across the page: its heading is repeated on every page, no row is torn apart.
        `shares` divide the width."""
        cells = [[plain(text) for text in row] for row in rows]
        self._add("table", headings=list(map(plain, headings)), shares=list(shares), rows=cells)

    def _add(self, kind: str, **block: Any) -> None:
        self.blocks.append({"kind": kind, **block})

    def save(self) -> bytes:
        """The file."""
        import typst  # the largest library of all, for this format alone

        data = {
            "title": plain(self.report.meeting.title),
            "language": self.report.language[:2],
            "rtl": direction(self.report.language) == "rtl",
            "head": self.head,
            "foot": self.feet,
            "blocks": self.blocks,
        }
        words = json.dumps(data, ensure_ascii=False)
        return bytes(
            typst.compile(
                str(TEMPLATE),
                font_paths=[str(FONTS)],
                # The system's fonts may be older ones of the same name: only where ours do not do.
                ignore_system_fonts=_ours_suffice(words),
                sys_inputs={"data": words},
            )
        )


def _ours_suffice(words: str) -> bool:
    """Whether our fonts have every sign; rare Chinese ones and further scripts they have not."""
    try:
        OURS.sub("", words).encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
