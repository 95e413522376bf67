"""What a panel on file is replayed as."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.scenario.house import House
from app.scenario.panels.answers import Answers, Values


@dataclass(frozen=True)
class Played:
    """The panel after its last round: the facilitator's way in, the activity, its options by item,
    and the rounds' ids."""

    run: House
    activity: str
    options: Mapping[str, str]
    rounds: tuple[str, ...]
    answers: Answers


async def nothing_more(_played: Played) -> dict[str, Any]:
    """For a kind that is done when its last round is closed."""
    return {}


@dataclass(frozen=True)
class Kind:
    """`question` is the one of the file's that is asked; `activity` its type, title and settings;
    `body` makes a ballot of an expert's answers by option; `figures` reads an outcome by option;
    `afterwards` adds to what is printed, once all rounds are closed."""

    question: str
    activity: Mapping[str, Any]
    body: Callable[[Mapping[str, Values]], dict[str, Any]]
    figures: Callable[[Mapping[str, Any]], dict[str, Any]]
    afterwards: Callable[[Played], Awaitable[dict[str, Any]]] = nothing_more
