"""What a count says: the frozen result, with the way there in words."""

from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

Decided = Literal["yes", "no", "tie", "no_quorum", "cycle"]
Score = str | int | float | None


class Turnout(BaseModel):
    """`cast` holds everything put in: answered, blank and invalid. `eligible` is null where nobody
    said how many.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    eligible: int | None = None
    cast: int
    blank: int
    invalid: int


class Outcome(BaseModel):
    """Exact numbers are strings ("83/6"), statistics are numbers. `ties` are those that a decision
    would have to break.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    method: str
    version: str
    params: dict[str, Any]
    winners: list[str]
    ranking: list[list[str]]
    scores: dict[str, Score]
    decided: Decided
    ties: list[list[str]]
    turnout: Turnout
    diagnostics: dict[str, Any]
    trace: list[str]
    exact: bool
    warnings: list[str]
    input_digest: str


@dataclass
class Result:
    """What a method itself answers; the frame around it is the same for all."""

    winners: list[str]
    decided: Decided
    ranking: list[list[str]] = field(default_factory=list)
    scores: dict[str, Score] = field(default_factory=dict)
    ties: list[list[str]] = field(default_factory=list)
    diagnostics: dict[str, Any] = field(default_factory=dict)
    trace: list[str] = field(default_factory=list)
    exact: bool = True
    warnings: list[str] = field(default_factory=list)
