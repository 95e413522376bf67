"""The page of all methods, written from their docstrings, so that it cannot say anything else."""

import inspect
import json
from collections.abc import Iterator
from typing import Any

from app.methods import METHODS
from app.methods.base import Method
from app.methods.describe import one

HEAD = """# Methods

Every rule by which a meeting can count, in reading order. `consilience methods --markdown` writes
this page from the docstrings of `app/methods/`; a test compares the two.

All rules are exact where they say nothing else: whole numbers and fractions, and floating point in
statistics only. Ties are reported, never drawn; `app/methods/tie_break.py` breaks one by a named
step that yields a second outcome: the chair, a run-off, an earlier stage, or a lot with a published
seed. Besides the fields named here every rule reads `options`, `eligible`, `quorum` and `ballots`.

Under `unranked: last` options left out of a ranking are tied below all ranked ones, under `unknown`
they are left out of account; `ties: false` refuses shared ranks, `complete: true` missing ones.
"""


def markdown() -> str:
    """The whole page."""
    return "\n".join([HEAD, *(section(method) for method in METHODS.values())])


def section(method: Method[Any]) -> str:
    """One method: definition, ballot, parameters, fields of the poll, source."""
    module = inspect.getmodule(type(method))
    texts = [inspect.getdoc(module), type(method).__doc__]
    return "\n\n".join([f"## {method.id}", *map(paragraphs, filter(None, texts)), facts(method)])


def paragraphs(text: str) -> str:
    """A docstring with each paragraph on one line."""
    return "\n\n".join(" ".join(one.split()) for one in text.split("\n\n"))


def facts(method: Method[Any]) -> str:
    """What can be looked up: the list below the definition."""
    return "\n".join(f"- {line}" for line in lines(one(method), method.params.__doc__)) + "\n"


def lines(told: dict[str, Any], params: str | None) -> Iterator[str]:
    also = f"; as a check also {', '.join(f'`{shape}`' for shape in told['also'])}"
    yield f"ballot: `{told['shape']}`{also if told['also'] else ''}"
    for parameter in told["params"]:
        allowed = parameter.get("allowed")
        kind = ", ".join(f"`{value}`" for value in allowed) if allowed else parameter["type"]
        yield f"`{parameter['name']}`: {kind}; default `{json.dumps(parameter['default'])}`"
    if told["params"]:
        yield f"parameters: {paragraphs(params or '')}"
    if told["poll_fields"]:
        yield f"of the poll: {', '.join(map(field, told['poll_fields']))}"
    yield f"version {told['version']}; source: {told['reference']}"


def field(read: dict[str, Any]) -> str:
    default = "" if read["default"] is None else f" (default `{json.dumps(read['default'])}`)"
    return f"`{read['name']}`{default}"
