"""What every export is: an id, a title, and a pure function from the report to bytes."""

from collections.abc import Callable
from dataclasses import dataclass

from app.queries.report.shape import Report

Say = Callable[[str], str]


@dataclass(frozen=True)
class Export:
    """One format. `write(report, say)` gives the file; `say` puts headings into the language."""

    id: str
    title: str
    media_type: str
    extension: str
    write: Callable[[Report, Say], bytes]
