"""The table of the long runs: what each saw, read from pytest's reports of the parts.

A test tells by the fixture `saw`; what tells nothing is counted. Every part keeps its last report,
so that parts can be run one by one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

HEAD = "| part | what | trials | result | seconds |\n|---|---|---|---|---|\n"


@dataclass(frozen=True)
class Row:
    """One line: a test that said what it saw, or all of a part that did not."""

    part: str
    what: str
    trials: int
    result: str
    seconds: float

    def __str__(self) -> str:
        cells = (self.part, self.what, f"{self.trials:,}", self.result, f"{self.seconds:.0f}")
        return f"| {' | '.join(cells)} |"


def table(reports: Iterable[tuple[str, Path]]) -> str:
    """The whole table, of parts in their order; a part without a report has not been run yet."""
    return HEAD + "".join(
        f"{row}\n" for part, report in reports if report.exists() for row in rows(part, report)
    )


def rows(part: str, report: Path) -> Iterator[Row]:
    """What the tests of one part saw."""
    silent: list[ET.Element] = []
    for case in ET.parse(report).iter("testcase"):
        told = {one.get("name"): one.get("value") or "" for one in case.iter("property")}
        if "trials" in told and not failed(case):
            what = f"`{case.get('name')}`"
            yield Row(part, what, int(told["trials"]), told["result"], seconds(case))
        else:
            silent.append(case)
    bad = [f"`{case.get('name')}`" for case in silent if failed(case)]
    left_out = sum(case.find("skipped") is not None for case in silent)
    if silent:
        result = f"FAILED: {', '.join(bad)}" if bad else "passed"
        result += f", {left_out} skipped" if left_out else ""
        yield Row(part, "tests", len(silent), result, sum(map(seconds, silent)))


def failed(case: ET.Element) -> bool:
    return any(case.find(kind) is not None for kind in ("failure", "error"))


def seconds(case: ET.Element) -> float:
    return float(case.get("time", 0))
