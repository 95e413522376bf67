"""Reading JSON from strangers: everything that JSON readers let slip is refused by name.

The usual reader takes the last of two equal keys, accepts NaN and lone surrogates, and fails with
an internal error on numbers of 5,000 digits or on deep nesting.
"""

import json
import math
import re
from typing import Any

from app.errors import N_, Refused

DEPTH = 20
DIGITS = 18
TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', re.DOTALL)

BAD_JSON = N_("This is not valid JSON: {why}.")
TOO_DEEP = N_("This JSON is nested more than {limit} levels deep.")
DUPLICATE = N_("The field “{name}” is given twice.")
NOT_A_NUMBER = N_("“{value}” is not a number that can be used here.")
BAD_CHARACTERS = N_("This text holds characters that can't be stored.")


def read_json(data: bytes) -> Any:
    """The value in `data`. Raises Refused: bad_json, too_deep, duplicate_key, not_a_number or
    bad_characters."""
    try:
        text = data.decode("utf-8")
        _check_depth(text)
        value = _DECODER.decode(text)
    except UnicodeDecodeError:
        raise Refused("bad_json", BAD_JSON, why="it is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise Refused("bad_json", BAD_JSON, why=f"{error.msg}, character {error.pos}") from None
    if "\\u" in text:  # only an escape brings in what UTF-8 and JSON themselves refuse
        _check_texts(value)
    return value


def _check_depth(text: str) -> None:
    if text.count("[") + text.count("{") <= DEPTH:
        return
    depth = 0
    for found in TOKENS.finditer(text):
        opened = found[0] in "[{"
        depth += opened - (found[0] in "]}")
        if opened and depth > DEPTH:
            raise Refused("too_deep", TOO_DEEP, limit=DEPTH)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for n, name in enumerate(names) if name in names[:n])
        raise Refused("duplicate_key", DUPLICATE, field=_shown(twice), name=_shown(twice))
    return found


def _no_constant(word: str) -> Any:
    raise Refused("not_a_number", NOT_A_NUMBER, value=word)


def _integer(digits: str) -> int:
    if len(digits.lstrip("-")) > DIGITS:
        raise Refused("not_a_number", NOT_A_NUMBER, value=f"{digits[:12]}…")
    return int(digits)


def _number(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise Refused("not_a_number", NOT_A_NUMBER, value=digits[:20])
    return value


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_constant=_no_constant, parse_int=_integer, parse_float=_number
)


def _check_texts(value: Any, field: str | None = None) -> None:
    if isinstance(value, str):
        if "\0" in value or any("\ud800" <= ch <= "\udfff" for ch in value):
            raise Refused("bad_characters", BAD_CHARACTERS, field=field)
    elif isinstance(value, list):
        for item in value:
            _check_texts(item, field)
    elif isinstance(value, dict):
        for name, item in value.items():
            _check_texts(name)
            _check_texts(item, name)


def _shown(name: str) -> str:
    return name[:60].encode("utf-8", "replace").decode()
