"""What the report is written on, whichever format it becomes."""

from collections.abc import Sequence
from typing import Protocol

from app.exports.base import Say
from app.queries.report.shape import Report

NORMAL, SMALL, LEAD = "Normal", "Small", "Standing"


class Paper(Protocol):
    """Headings, paragraphs, lists and tables in their order, in the reader's direction."""

    report: Report
    say: Say

    def heading(self, text: str, level: int) -> None:
        """A heading; level 0 is the title."""

    def text(self, text: str, style: str = NORMAL, *, bold: str = "") -> None:
        """A paragraph; `bold` stands before its text."""

    def bullet(self, text: str) -> None:
        """A line of a list."""

    def trial(self, text: str) -> None:
        """The mark of a trial, here and at the head of every page."""

    def foot(self, text: str) -> None:
        """What stands at the foot of every page."""

    def table(
        self, headings: Sequence[str], shares: Sequence[float], rows: Sequence[Sequence[str]]
    ) -> None:
        """A table across the page: its heading is repeated on every page, no row is torn apart.
        `shares` divide the width."""
