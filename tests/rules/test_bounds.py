"""Every number that a request may hold has both bounds: beyond a column's, PostgreSQL fails."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.main import create_app
from app.settings import Settings

LOW = {"minimum", "exclusiveMinimum"}
HIGH = {"maximum", "exclusiveMaximum"}


def test_every_number_of_a_request_is_bounded(tmp_path: Path) -> None:
    spec = create_app(Settings(home=tmp_path)).openapi()
    asked = set(_named(_requests(spec)))
    while more := {name for one in asked for name in _named(_schema(spec, one))} - asked:
        asked |= more
    assert {place for name in asked for place in _unbounded(_schema(spec, name), name)} == set()
    assert set(_unbounded(_requests(spec), "path and query")) == set()


def _schema(spec: dict[str, Any], name: str) -> Any:
    return spec["components"]["schemas"][name]


def _requests(spec: dict[str, Any]) -> list[Any]:
    """Bodies and parameters of every call."""
    calls = [call for path in spec["paths"].values() for call in path.values()]
    return [[call.get("requestBody"), call.get("parameters")] for call in calls]


def _named(part: Any) -> Iterator[str]:
    """The schemas that a part of the specification refers to."""
    if isinstance(part, dict):
        if "$ref" in part:
            yield part["$ref"].rpartition("/")[2]
        part = list(part.values())
    if isinstance(part, list):
        for one in part:
            yield from _named(one)


def _unbounded(part: Any, place: str) -> Iterator[str]:
    if isinstance(part, dict):
        bounded = LOW & set(part) and HIGH & set(part)
        if part.get("type") in ("integer", "number") and "enum" not in part and not bounded:
            yield place
        for name, one in part.items():
            yield from _unbounded(one, f"{place}.{name}")
    elif isinstance(part, list):
        for one in part:
            yield from _unbounded(one, place)
