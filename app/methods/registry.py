"""The table of methods. Each is imported when first asked for, so that a count starts at once."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

from app.methods.base import Method


class Registry(Mapping[str, Method[Any]]):
    """Method by id, in reading order. The class lies in the module of the same id."""

    def __init__(self, classes: Mapping[str, str]) -> None:
        self._classes = dict(classes)
        self._loaded: dict[str, Method[Any]] = {}

    def __getitem__(self, method: str) -> Method[Any]:
        if method not in self._loaded:
            name = self._classes[method]
            self._loaded[method] = getattr(import_module(f"app.methods.{method}"), name)()
        return self._loaded[method]

    def __contains__(self, method: object) -> bool:
        return method in self._classes

    def __iter__(self) -> Iterator[str]:
        return iter(self._classes)

    def __len__(self) -> int:
        return len(self._classes)
