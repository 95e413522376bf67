"""What Schemathesis is told of this server, in a process of its own: who asks, the ids that lead
somewhere, and what every refusal must look like."""

import json
import os
from typing import Any
from zlib import crc32

import schemathesis

KNOWN = json.loads(os.environ.get("FUZZED", "{}"))
TOKENS: list[str] = KNOWN.get("tokens", [])
IDS: dict[str, str] = KNOWN.get("ids", {})
ENDS = (".", "!", "?", "…")
# What ends or removes something is mostly sent elsewhere, or little would be left to try.
LAST = ("/end", "/close", "/merge", "/particulars")


def draw(*drawn: object) -> int:
    """A number that is the same for the same request, so that a finding can be repeated."""
    return crc32(repr(drawn).encode())


@schemathesis.hook
def before_call(_context: Any, case: Any, _kwargs: Any) -> None:
    """Lead most requests somewhere, as somebody who may be there."""
    path, given = case.operation.path, case.path_parameters or {}
    chosen = draw(path, given, case.body)
    ends = case.method.upper() == "DELETE" or path.endswith(LAST)
    for name in given:
        if name in IDS and chosen % 8 >= (7 if ends else 1):
            given[name] = IDS[name]
    if path.endswith("/join") and isinstance(case.body, dict) and "code" in case.body:
        case.body["code"] = IDS["code"]  # wrong ones are made to wait
    case.headers = {
        **(case.headers or {}),
        "Authorization": f"Bearer {TOKENS[chosen % len(TOKENS)]}",
    }
    if chosen % 3:
        case.headers |= {"If-Match": str(1 + chosen % 2), "Idempotency-Key": f"fuzz-{chosen}"}


@schemathesis.check
def refused_in_words(_context: Any, response: Any, _case: Any) -> None:
    """Every refusal has a code, a sentence and a reference."""
    if response.status_code >= 400:
        error = response.json()["error"]
        assert error["code"], error
        assert error["message"].endswith(ENDS), error
        assert error["ref"], error
