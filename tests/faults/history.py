"""What happened in a trial, as its clients saw it and as the database keeps it. Only data."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Cast:
    """One ballot that a voter sent, perhaps several times. Neither number nor refusal: unknown."""

    key: str
    voter: str
    revision: int
    body: dict[str, Any]
    invoked: float
    answered: float | None = None
    number: int | None = None
    refused: str | None = None

    @property
    def acknowledged(self) -> bool:
        return self.number is not None


@dataclass
class Step:
    """One command of a facilitator: open, close, reopen, publish; `stage` names where it led."""

    verb: str
    stage: str
    invoked: float
    answered: float | None = None
    refused: str | None = None


@dataclass(frozen=True)
class Seen:
    """One `changed` that a watcher was sent, on its so-manieth connection."""

    connection: int
    first: int
    last: int


@dataclass(frozen=True)
class StoredBallot:
    """A ballot as it stands in the database; `voter` is the person or delegation."""

    voter: str
    revision: int
    body: dict[str, Any]
    number: int
    live: bool


@dataclass(frozen=True)
class Line:
    """One line of the log, as stored."""

    number: int
    kind: str
    at: str
    ids: dict[str, Any]
    salted: dict[str, str]
    hash: str


@dataclass(frozen=True)
class Stored:
    """One workshop with one round, read in one snapshot after everything was quiet."""

    workshop_id: str
    salt: str
    seq: int
    head: str
    round_id: str
    lines: list[Line]
    ballots: list[StoredBallot]
    outcomes: list[tuple[int, dict[str, Any]]]


@dataclass
class History:
    """A whole trial: what was asked, what was told, what is kept."""

    casts: list[Cast] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    watched: dict[str, list[Seen]] = field(default_factory=dict)
    stored: Stored | None = None


def acknowledged(history: History) -> int:
    """How many ballots their voters were told to be recorded."""
    return sum(cast.acknowledged for cast in history.casts)
