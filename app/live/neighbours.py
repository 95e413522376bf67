"""Who is connected at other processes that share the database: told by notice, never stored.

Each process says every few seconds whom it has connected. What is not said again fades, so that a
process that was killed takes its people along.
"""

import json
import secrets
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field

CHANNEL = "consilience_present"
SAY_AGAIN = 5.0
FADE = 17.0
AT_ONCE = 300  # ids in one notice: PostgreSQL takes less than 8,000 bytes


@dataclass
class _Notice:
    """What one process said of one workshop; `coming` until its last part is heard."""

    at: float = 0.0
    people: frozenset[str] = frozenset()
    coming: set[str] = field(default_factory=set)


class Neighbours:
    """What the other processes last said; `changed(workshop_id)` is called when it differs."""

    def __init__(self, changed: Callable[[str], None]) -> None:
        self.changed = changed
        self.name = secrets.token_hex(4)
        self.said_at = 0.0
        self.stale = False
        self.notices: dict[tuple[str, str], _Notice] = {}

    def of(self, workshop_id: str) -> frozenset[str]:
        """The participants connected elsewhere."""
        said = [notice.people for (_, at), notice in self.notices.items() if at == workshop_id]
        return frozenset().union(*said)

    def due(self) -> bool:
        """Whether it is time to say again whom we have here."""
        return self.stale or time.monotonic() - self.said_at > SAY_AGAIN

    def notices_of(self, here: Mapping[str, Collection[str]]) -> Iterator[str]:
        """What to say: whom this process has connected, by workshop, in parts that fit."""
        self.said_at, self.stale = time.monotonic(), False
        for workshop_id, people in here.items():
            listed = sorted(people)
            for start in range(0, len(listed) or 1, AT_ONCE):
                part = listed[start : start + AT_ONCE]
                last = start + AT_ONCE >= len(listed)
                yield json.dumps([self.name, workshop_id, part, last])

    def heard(self, text: str) -> None:
        """Take down what another process said."""
        name, workshop_id, part, last = json.loads(text)
        if name == self.name:
            return
        notice = self.notices.setdefault((name, workshop_id), _Notice())
        notice.at = time.monotonic()
        notice.coming |= set(part)
        if last:
            people, notice.coming = frozenset(notice.coming), set()
            if people != notice.people:
                notice.people = people
                self.changed(workshop_id)

    def fade(self) -> None:
        """Forget those who have said nothing for a while."""
        near = time.monotonic() - FADE
        for key in [key for key, notice in self.notices.items() if notice.at <= near]:
            del self.notices[key]
            self.changed(key[1])
