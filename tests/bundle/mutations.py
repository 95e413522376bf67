"""Ways to change a bundle without leaving it broken on the outside: its SHA256SUMS are repaired,
and every file still has the form that it should have."""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

Files = dict[str, bytes]
HELD = ("manifest.json", "log.jsonl", "ballots/", "outcomes/", "receipts/")


def mutants(bundle: Path, number: int, seed: int) -> Iterator[tuple[str, Files]]:
    """So many changed bundles, each told in words; every kind of change comes in turn."""
    with zipfile.ZipFile(bundle) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    rng = Random(seed)
    held = sorted(name for name in files if name.startswith(HELD))
    while number:
        name = rng.choice(held)
        kind = rng.choice(KINDS)
        changed = dict(files)
        kind(changed, name, rng)
        if changed != files:
            number -= 1
            yield f"{kind.__name__} in {name}", changed


def pack(files: Files, path: Path) -> None:
    """A zip of the files with sums that fit them."""
    rest = {name: data for name, data in files.items() if name != "SHA256SUMS"}
    sums = "".join(f"{hashlib.sha256(rest[name]).hexdigest()}  {name}\n" for name in sorted(rest))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, data in {"SHA256SUMS": sums.encode(), **rest}.items():
            archive.writestr(name, data)


def value(files: Files, name: str, rng: Random) -> None:
    """One value anywhere becomes another of its kind."""
    _edit(files, name, rng, _change_a_value)


def field(files: Files, name: str, rng: Random) -> None:
    """A field is dropped, renamed, or one is added."""
    _edit(files, name, rng, _change_a_field)


def order(files: Files, name: str, rng: Random) -> None:
    """Two entries of a list change places."""
    _edit(files, name, rng, _swap)


def drop(files: Files, name: str, rng: Random) -> None:
    """An entry of a list is left out."""
    _edit(files, name, rng, lambda data, rng: _lists(data, rng, list.pop))


def double(files: Files, name: str, rng: Random) -> None:
    """An entry of a list stands there twice."""
    _edit(
        files,
        name,
        rng,
        lambda data, rng: _lists(data, rng, lambda some, n: some.insert(n, some[n])),
    )


def lose(files: Files, name: str, _rng: Random) -> None:
    """A file is missing."""
    del files[name]


def exchange(files: Files, name: str, rng: Random) -> None:
    """Two files of a kind change names."""
    same = sorted(other for other in files if _folder(other) == _folder(name))
    other = rng.choice(same)
    files[name], files[other] = files[other], files[name]


def smuggle(files: Files, name: str, _rng: Random) -> None:
    """A file more, as the real ones are."""
    if "/" in name:
        files[f"{_folder(name)}/zzzzzzzzzzzzzzzzzzzz.json"] = files[name]


def _folder(name: str) -> str:
    return name.rpartition("/")[0]


def space(files: Files, name: str, rng: Random) -> None:
    """A byte more, in ballots, outcomes and the log, whose very bytes are held."""
    if name != "manifest.json":
        at = rng.randrange(len(files[name]))
        files[name] = files[name][:at] + b" " + files[name][at:]


KINDS = (value, value, value, value, field, order, drop, double, lose, exchange, smuggle, space)


def _edit(files: Files, name: str, rng: Random, change: Callable[[Any, Random], None]) -> None:
    if name.endswith(".jsonl"):
        lines = [json.loads(line) for line in files[name].splitlines()]
        data: Any = lines if rng.random() < 0.3 else rng.choice(lines)
        change(data, rng)
        files[name] = b"".join(_compact(line) + b"\n" for line in lines)
        return
    data = json.loads(files[name])
    before = deepcopy(data)
    change(data, rng)
    if data != before:
        files[name] = _compact(data)


def _compact(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _change_a_value(data: Any, rng: Random) -> None:
    places = list(_leaves(data))
    if not places:
        return
    holder, key = rng.choice(places)
    holder[key] = _other(holder[key], rng)


def _other(old: Any, rng: Random) -> Any:
    if isinstance(old, bool) or old is None:
        return rng.choice([one for one in (True, False, None, 0) if one is not old])
    if isinstance(old, int | float):
        return old + rng.choice((1, -1, 10))
    if old.isdecimal():
        return str(int(old) + 1)
    at = rng.randrange(len(old) + 1)
    return old[:at] + rng.choice("abcdef0123456789") + old[at + rng.randint(0, 1) :] + "x"


def _change_a_field(data: Any, rng: Random) -> None:
    objects = [one for one in _within(data) if isinstance(one, dict)]
    if not objects:
        return
    chosen = rng.choice(objects)
    name = rng.choice(sorted(chosen)) if chosen else "new"
    what = rng.choice(("drop", "rename", "add"))
    if what == "add" or not chosen:
        chosen[f"{name}_too"] = "1"
    elif what == "rename":
        chosen[f"{name}_"] = chosen.pop(name)
    else:
        del chosen[name]


def _swap(data: Any, rng: Random) -> None:
    def swap(entries: list[Any], n: int) -> None:
        entries[n - 1], entries[n] = entries[n], entries[n - 1]

    _lists(data, rng, swap)


def _lists(data: Any, rng: Random, change: Callable[[list[Any], int], Any]) -> None:
    found = [one for one in _within(data) if isinstance(one, list) and one]
    if found:
        chosen = rng.choice(found)
        change(chosen, rng.randrange(len(chosen)))


def _within(data: Any) -> Iterator[Any]:
    yield data
    for inner in (
        data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    ):
        yield from _within(inner)


def _leaves(data: Any) -> Iterator[tuple[Any, Any]]:
    for one in _within(data):
        keys = one if isinstance(one, dict) else range(len(one)) if isinstance(one, list) else ()
        for key in keys:
            if not isinstance(one[key], dict | list):
                yield one, key
