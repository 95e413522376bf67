"""What every export is: an id, a title, what it reads, and a pure function from that to bytes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from app.queries.report import report

Say = Callable[[str], str]


@dataclass(frozen=True)
class Export:
    """One format. `read(conn, workshop, say, language)` gives in one snapshot what `write(…, say)`
    makes the file of: the report, unless it says otherwise. `say` puts headings into the language.
    What is `heavy` takes seconds and is better asked for than waited for; what is `open` holds
    nothing that not everybody in the meeting may have.
    """

    id: str
    title: str
    media_type: str
    extension: str
    write: Callable[[Any, Say], bytes]
    read: Callable[[Connection, str, Say, str], Any] = report
    heavy: bool = False
    open: bool = False

    def name_for(self, workshop_id: str) -> str:
        """What the file of a workshop is called."""
        return f"consilience-{workshop_id[:8]}.{self.extension}"
