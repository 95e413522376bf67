"""What `make check`, `make test` and `make soak` run, in order, and what each part said.

`python -m tests.run soak killed power` runs only some of the long parts.

Every part runs even if an earlier one failed, so that one run tells everything; the quick ones
come first. The table at the end says what ran, and its last line how many tests passed.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.soak.table import table
from tests.support import chromium, postgresql

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
REPORTS = ROOT / "var" / "tests"


@dataclass(frozen=True)
class Part:
    """One command of a run; tests are counted from pytest's own report."""

    title: str
    command: tuple[str, ...]
    beside: bool = False  # long, on one processor: it runs beside those after it


@dataclass
class Said:
    """How a part went."""

    title: str
    ok: bool
    seconds: float
    passed: int = 0
    failed: int = 0
    skipped: int = 0


def tool(title: str, *command: str) -> Part:
    return Part(title, command)


def tests(title: str, marks: str, *options: str) -> Part:
    return Part(title, ("pytest", "-q", "-m", marks, *options))


OUTSIDE = "server or browser or soak"
AT_ONCE = ("-n", "2", "--dist", "worksteal")
# What is measured, and how much of it must be covered, says pyproject.toml.
MEASURED = ("--cov", "--cov-report=term")
RULES = ("tests/analysis", "tests/ballots", "tests/known_answers", "tests/methods")
PURE = ("not soak", *RULES)  # nothing there needs more than itself
REST = tuple(f"--ignore={folder}" for folder in RULES)
UNIT = f"not (postgres or whole or {OUTSIDE})"
CHECK = [
    tool("format", "ruff", "format", "--check", "--quiet", "."),
    tool("lint", "ruff", "check", "--quiet", "."),
    tool("import rules", "lint-imports", "--no-logo"),
    Part("types", ("mypy", "--no-error-summary"), beside=True),
    tests("the rules", *PURE, *AT_ONCE, *MEASURED),
    tests("unit tests", UNIT, *AT_ONCE, *REST),
]
# One run for them all: what only waits for a server runs beside what computes, and the application
# is imported and the tests are collected once.
APPLICATION = "(whole or postgres or server) and not (browser or soak)"
TEST = [
    *CHECK,
    tests("the application", APPLICATION, *AT_ONCE, *REST),
    tests("in a browser", "browser and not soak", *AT_ONCE, *REST),
]


def soak(title: str, *where: str) -> Part:
    """A long part, on both processors: its trials wait more than they compute."""
    return tests(title, "soak", "-n", "2", "--dist", "load", *where)


SOAK = [
    soak("killed", "tests/faults/test_killed.py", "-k", "any_moment"),
    soak("failpoints", "tests/faults/test_killed.py", "-k", "dies_at"),
    soak("power", "tests/faults/test_power_loss.py"),
    soak("storage", "tests/faults/test_storage.py"),
    soak("storm", "tests/faults/test_storm.py"),
    soak("closes", "tests/live/test_close_race.py"),
    soak("races", "tests/live/test_two_facilitators.py"),
    soak("one-voter", "tests/live/test_one_voter.py", "tests/faults/test_one_voter_everywhere.py"),
    soak("planted", "tests/faults/test_planted.py"),
    soak("backup", "tests/actions/test_backup_under_load.py", "tests/rules/test_populated.py"),
    soak("mutations", "tests/bundle/test_mutations.py"),
    soak("secrecy", "tests/secrecy", "tests/leaks"),
    soak("calls", "tests/fuzz", "tests/access"),
    soak("frames", "tests/live/test_any_frame.py", "tests/live/test_odd_frames.py"),
    soak("payloads", "tests/e2e/test_payloads.py"),
    soak("typing", "tests/e2e/test_typing.py"),
    soak("bad-lines", "tests/faults/test_bad_lines.py", "tests/faults/test_all_exercises.py"),
    soak(
        "workers",
        "tests/scenario",
        "tests/faults/test_behind_nginx.py",
        "tests/faults/test_failover.py",
    ),
    soak("methods", "tests/soak", "tests/analysis/test_panels.py"),
    soak("machines", "tests/machines"),
]
SEEN = ROOT / "var" / "soak" / "table.md"
RUNS = {"check": CHECK, "test": TEST, "soak": SOAK}


def main(which: str, *only: str) -> int:
    """Run the parts of `which`, or only those named, and print the table. 0 if all went well."""
    REPORTS.mkdir(parents=True, exist_ok=True)
    if unknown := set(only) - {part.title for part in RUNS[which]}:
        print(f"There is no part {', '.join(sorted(unknown))} in `{which}`.")
        return 2
    if which != "check":
        provide()
    said = run_all([part for part in RUNS[which] if not only or part.title in only])
    if which == "soak":
        print_seen()
    print_table(said)
    return 0 if all(part.ok for part in said) else 1


def print_seen() -> None:
    """What the long runs saw, now or the last time; kept as well."""
    SEEN.parent.mkdir(parents=True, exist_ok=True)
    SEEN.write_text(table((part.title, report_of(part)) for part in SOAK))
    print(f"\n{SEEN.read_text()}", flush=True)


def report_of(part: Part) -> Path:
    """Where pytest's own report of a part lies."""
    return REPORTS / f"{part.title.replace(' ', '-')}.xml"


def run_all(parts: Sequence[Part]) -> list[Said]:
    """Run them one after the other, and what may run beside the others meanwhile."""
    with ThreadPoolExecutor() as pool:
        beside = {part: pool.submit(run, part) for part in parts if part.beside}
        alone = {part: run(part) for part in parts if not part.beside}
    return [beside[part].result() if part.beside else alone[part] for part in parts]


def run(part: Part) -> Said:
    """Run one part, its output passing through; at its end where others speak meanwhile."""
    program, *arguments = part.command
    heading = f"\n── {part.title}: {' '.join(part.command)}\n"
    report = report_of(part)
    report.unlink(missing_ok=True)
    if program == "pytest":
        arguments.append(f"--junitxml={report}")
    # What one process has compiled serves those after it, whatever whoever runs this prefers.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    if not part.beside:
        print(heading, end="", flush=True)
    started = time.monotonic()
    ended = subprocess.run(
        [BIN / program, *arguments],
        cwd=ROOT,
        env=environment,
        check=False,
        text=True,
        stdout=subprocess.PIPE if part.beside else None,
        stderr=subprocess.STDOUT if part.beside else None,
    )
    seconds = time.monotonic() - started
    if part.beside:
        print(f"{heading}{ended.stdout}", end="", flush=True)
    ok = ended.returncode == 0
    return Said(part.title, ok, seconds, *(counted(report) if program == "pytest" else ()))


def counted(report: Path) -> tuple[int, int, int]:
    """How many tests passed, failed and were skipped, by pytest's report."""
    if not report.exists():
        return 0, 0, 0
    passed = failed = skipped = 0
    for suite in ET.parse(report).iter("testsuite"):
        bad = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        left_out = int(suite.get("skipped", 0))
        failed, skipped = failed + bad, skipped + left_out
        passed += int(suite.get("tests", 0)) - bad - left_out
    return passed, failed, skipped


def provide() -> None:
    """Install the system's packages that are missing where that is ours to do; else say what is
    left out, and why."""
    if not shutil.which(chromium.LIGHT):
        install(chromium.LIGHT)
    if not chromium.path():
        install("chromium")
    if not chromium.path():
        print(f"Browser tests will be skipped: {chromium.MISSING}", flush=True)
    if not postgresql.found():
        install("postgresql")
    if not postgresql.found():
        print(f"Tests on PostgreSQL will be skipped: {postgresql.MISSING}", flush=True)


def install(package: str) -> None:
    """Install one package of the system, if it is a Debian and we are root."""
    if os.geteuid() != 0 or not Path("/usr/bin/apt-get").exists():
        return
    print(f"Installing the system's package {package}", flush=True)
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", package]):
        subprocess.run(
            ["/usr/bin/apt-get", "-qq", *arguments],
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            check=False,
        )


def print_table(said: Sequence[Said]) -> None:
    """One line a part, and the sum of the tests alone on the last line."""
    print(f"\n{'part':<20}{'':<9}{'seconds':>8}{'passed':>8}{'failed':>8}{'skipped':>9}")
    for part in said:
        verdict = "ok" if part.ok else "FAILED"
        numbers = (part.passed, part.failed, part.skipped)
        counts = "{:>8}{:>8}{:>9}".format(*numbers) if any(numbers) else ""
        print(f"{part.title:<20}{verdict:<9}{part.seconds:>8.1f}{counts}")
    passed, failed, skipped = (
        sum(getattr(part, name) for part in said) for name in ("passed", "failed", "skipped")
    )
    print(f"\nTests: {passed} passed, {failed} failed, {skipped} skipped")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
