"""The repository speaks of the product alone: no machine, no package index, nothing unfinished."""

import os
import re

import pytest

from tests.rules.sources import ROOT, committed

# Written in pieces, so that this file does not name what it looks for.
MACHINE = re.compile(
    "|".join([r"(?<![\w./-])/" + "work/", "/" + "tmp/", "/" + r"root/", "/home/" + r"\w"])
)
INDEX = re.compile(
    "|".join([
        "py" + r"pi\.org", "files.python" + "hosted", "npm" + r"js\.(?:org|com)", "index" + "-url",
        "find" + "-links", '"reso' + 'lved":', r"https?://[^\s\"']+\.(?:whl|tar\.gz|tgz)",
    ])
)  # fmt: skip
UNFINISHED = re.compile(
    "|".join(["TO" + "DO", "FIX" + "ME", "X" * 3 + r"\b", "raise Not" + "Implemented"])
)
OTHERS = ("static/vendor/", "LICENSE")


def lines(pattern: re.Pattern[str]) -> list[str]:
    """Where a pattern stands in what we wrote ourselves."""
    return [
        f"{file.relative_to(ROOT)}:{number} {line.strip()[:80]}"
        for file in committed()
        if not str(file.relative_to(ROOT)).startswith(OTHERS)
        for number, line in enumerate(_text(file.read_bytes()).splitlines(), 1)
        if pattern.search(line)
    ]


def _text(data: bytes) -> str:
    return "" if b"\0" in data else data.decode("utf-8")


@pytest.mark.parametrize(
    "pattern", [MACHINE, INDEX, UNFINISHED], ids=["machine paths", "package indexes", "unfinished"]
)
def test_the_repository_speaks_of_the_product_alone(pattern: re.Pattern[str]) -> None:
    assert lines(pattern) == []


def test_locks_hold_hashes() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        pinned = re.findall(
            r"^\S+==\S+[^\n]*(?:\n +--hash=sha256:\w+ ?\\?)+", _lock(name), re.MULTILINE
        )
        assert len(pinned) == len(re.findall(r"^\S+==", _lock(name), re.MULTILINE))


def test_no_committed_file_is_large() -> None:
    large = [str(file.relative_to(ROOT)) for file in committed() if file.stat().st_size > 1 << 20]
    assert large == []


def test_scripts_are_executable() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def _lock(name: str) -> str:
    return (ROOT / name).read_text()
