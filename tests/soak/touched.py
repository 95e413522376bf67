"""Which tests run which lines of the rules, so that a mutant is shown to those that may notice it,
the quickest first. Kept for each test file until it, or what it runs, has changed.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from coverage import CoverageData

from tests.soak.children import OPTIONS, ROOT, in_a_child
from tests.soak.progress import digest

FOLDER = ROOT / "var" / "soak" / "touched"
SUITES = ("tests/analysis", "tests/ballots", "tests/known_answers", "tests/methods")
Record = dict[str, Any]


def tests_of(file: str) -> dict[int, dict[str, float]]:
    """Line → the tests that run it, with their seconds; line 0 has all of the file, or simply all
    where nothing of it runs but at import.
    """
    lines: dict[int, dict[str, float]] = {0: {}}
    everything: dict[str, float] = {}
    for test in files():
        record = recorded(test, file)
        everything |= record["seconds"]
        for line, names in record["lines"].get(file, {}).items():
            seconds = {name: record["seconds"][name] for name in names}
            lines.setdefault(int(line), {}).update(seconds)
            lines[0].update(seconds)
    lines[0] = lines[0] or everything
    return lines


def files() -> list[Path]:
    return [test for suite in SUITES for test in sorted((ROOT / suite).glob("test_*.py"))]


def recorded(test: Path, file: str) -> Record:
    """What a test file runs; found out anew where it, or this file under it, has changed."""
    place = FOLDER / f"{test.parent.name}.{test.stem}.json"
    kept: Record = json.loads(place.read_text("utf-8")) if place.exists() else {}
    same = kept.get("test") == text_digest(test)
    if same and kept["sources"].get(file) in (None, text_digest(ROOT / file)):
        return kept
    FOLDER.mkdir(parents=True, exist_ok=True)
    assert in_a_child(lambda: watch(test, place)), f"{test} fails without any change"
    return dict(json.loads(place.read_text("utf-8")))


def text_digest(path: Path) -> str:
    return digest(path.read_text("utf-8"))


class Clock:
    """Notes how long each test took."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[report.nodeid] = self.seconds.get(report.nodeid, 0.0) + report.duration


def watch(test: Path, place: Path) -> int:
    """Run one test file and write down which line was run by which of its tests."""
    data, clock = place.with_suffix(f".{os.getpid()}"), Clock()
    os.environ["COVERAGE_FILE"] = str(data)
    measured = ["--cov=app", "--cov-context=test", "--cov-report=", "--cov-fail-under=0"]
    failed = pytest.main([*OPTIONS, *measured, str(test.relative_to(ROOT))], plugins=[clock])
    if not failed:
        record = {"test": text_digest(test), "seconds": clock.seconds, **run_by(data)}
        place.write_text(json.dumps(record), "utf-8")
    data.unlink()
    return int(failed)


def run_by(data: Path) -> Record:
    """Line → tests, of every file that was run; beside it what the file looked like."""
    measured = CoverageData(str(data))
    measured.read()
    lines = {
        str(Path(path).relative_to(ROOT)): {
            line: sorted({name.rpartition("|")[0] for name in names if name})
            for line, names in measured.contexts_by_lineno(path).items()
        }
        for path in measured.measured_files()
    }
    return {"lines": lines, "sources": {file: text_digest(ROOT / file) for file in lines}}
