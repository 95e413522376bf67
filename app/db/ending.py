"""After a meeting has ended nothing in it changes any more, whoever asks: decided here for every
action, under the lock. What may still be done says so where it is written."""

from collections.abc import Callable
from typing import Any, TypeVar

from app.errors import N_, Conflict

ENDED = N_("This meeting has ended: nothing in it can be changed any more, only read and exported.")

A = TypeVar("A", bound=Callable[..., Any])
_GOES_ON: set[Callable[..., Any]] = set()


def goes_on(action: A) -> A:
    """Marks an action that is still done in a meeting that has ended: finishing what was begun,
    exports, doors, erasing people. Everything else is refused."""
    _GOES_ON.add(action)
    return action


def refuse_ended(ended: bool, action: Callable[..., Any]) -> None:
    """Raise Conflict `ended` for an action that would change a meeting that has ended."""
    if ended and action not in _GOES_ON:
        raise Conflict("ended", ENDED)
