"""Polls from files: our own JSON, PrefLib, and tables of rankings."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from app.ballots.faults import plainly
from app.errors import N_, Refused
from app.methods.describe import describe
from app.methods.poll import Poll
from app.methods.preflib import is_preflib, preflib_poll
from app.methods.ranking_table import table_poll

LARGEST = 64 * 1024 * 1024


def read_poll(
    path: str, shape: str | None = None, ties: bool = False, params: Sequence[str] = ()
) -> Poll:
    """The poll in a file, or on standard input for “-”; what it is shows from its first character.

    `shape` and `ties` say how to read a table; `params`, each NAME=VALUE, are put in place of the
    file's own. Raises Refused with what is wrong and where.
    """
    text = decoded(raw_bytes(path))
    if text.lstrip().startswith("{"):
        poll = load_poll(text)
    elif is_preflib(text):
        poll = preflib_poll(text)
    elif shape not in (None, "ranking"):
        raise Refused("bad_poll", N_("A table can hold rankings only, not “{shape}”."), shape=shape)
    else:
        poll = table_poll(text, ties)
    return with_params(poll, params) if params else poll


def with_params(poll: Poll, params: Sequence[str]) -> Poll:
    """The poll with these parameters, each NAME=VALUE: a value is JSON where it can be read as
    such, else a text. Raises Refused for one without a name or with a value that does not fit."""
    given = dict(poll.params)
    for param in params:
        name, equals, value = param.partition("=")
        if not name or not equals:
            raise Refused("bad_param", N_("“{param}” is not NAME=VALUE."), param=param)
        try:
            given[name] = json.loads(value, parse_constant=no_constant)
        except (ValueError, RecursionError):
            given[name] = value
    try:
        checked = Poll.model_validate({"params": given})
    except ValidationError as error:
        raise plainly(error.errors()[0]) from None
    return poll.model_copy(
        update={name: getattr(checked, name) for name in checked.model_fields_set}
    )


def load_poll(text: str) -> Poll:
    """The poll in a JSON text; strict: no unknown field, no key twice, no NaN. Raises Refused."""
    try:
        raw = json.loads(text, object_pairs_hook=no_key_twice, parse_constant=no_constant)
    except (ValueError, RecursionError) as error:
        raise Refused("bad_json", N_("This is not JSON: {why}."), why=str(error)) from None
    refuse_half_characters(raw)
    if not isinstance(raw, dict):
        raise Refused("bad_poll", N_("A poll is one JSON object."))
    try:
        return Poll.model_validate(raw)
    except ValidationError as error:
        raise plainly(error.errors()[0]) from None


def raw_bytes(path: str) -> bytes:
    """The bytes of a file or of standard input; raises `no_file` or `too_large`."""
    try:
        raw = sys.stdin.buffer.read(LARGEST + 1) if path == "-" else Path(path).read_bytes()
    except OSError as error:
        raise Refused(
            "no_file", N_("“{path}” cannot be read: {why}."), path=path, why=error.strerror
        ) from None
    if len(raw) > LARGEST:
        raise Refused("too_large", N_("The file is larger than 64 MiB."))
    return raw


def decoded(raw: bytes) -> str:
    """Text in UTF-8, or UTF-16 with its mark, or else Latin-1."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def refuse_half_characters(raw: Any) -> None:
    """A lone surrogate, written as an escape, cannot be printed again: raises `bad_characters`."""
    try:
        json.dumps(raw, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise Refused(
            "bad_characters", N_("The poll holds half a character, which cannot be kept.")
        ) from None


def no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise Refused("duplicate_key", N_("The key “{key}” stands twice."), key=key)
        found[key] = value
    return found


def no_constant(name: str) -> float:
    raise Refused("not_a_number", N_("{name} is not a number that can be counted."), name=name)


__all__ = ["describe", "load_poll", "read_poll"]
