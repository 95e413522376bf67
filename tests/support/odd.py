"""What no form sends: every part of a JSON value replaced by something odd, or dropped."""

import copy
from collections.abc import Iterator
from random import Random
from typing import Any

ODD: tuple[Any, ...] = (
    None, True, -1, 0, 2**63, 1.5, 1e308, "", " ", "x" * 20_000, "\x00", "\u202e\u0301",
    "\ud800", "<b>", "../..", "=1+1", [], {}, [[]], [None], {"": ""}, {"a": {"b": []}}, ["x"] * 500,
)  # fmt: skip
Path = tuple[str | int, ...]


def odd_versions(value: Any, draw: Random, each: int) -> Iterator[Any]:
    """The value with each of its parts made odd in so many ways, and a few that are odd as a
    whole.
    """
    yield from draw.sample(ODD, each)
    for path in paths(value):
        for odd in draw.sample(ODD, each):
            yield changed(value, path, odd)
        yield without(value, path)
    if isinstance(value, dict):
        yield {**value, "nobody_asked": 1}


def paths(value: Any, at: Path = ()) -> Iterator[Path]:
    """The way to every part of a value."""
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    for name, part in inside:
        yield (*at, name)
        if isinstance(part, dict | list):
            yield from paths(part, (*at, name))


def changed(value: Any, path: Path, to: Any) -> Any:
    whole = copy.deepcopy(value)
    holder(whole, path)[path[-1]] = to
    return whole


def without(value: Any, path: Path) -> Any:
    whole = copy.deepcopy(value)
    del holder(whole, path)[path[-1]]
    return whole


def holder(whole: Any, path: Path) -> Any:
    for name in path[:-1]:
        whole = whole[name]
    return whole
