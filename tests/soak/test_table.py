"""The table tells what a report holds: what a test saw, what failed, what merely passed."""

from pathlib import Path

from tests.run import ROOT, SOAK
from tests.soak.table import HEAD, table

REPORT = """<testsuites><testsuite>
<testcase name="test_killed[sqlite-150]" time="300.4"><properties>
<property name="trials" value="1500" /><property name="result" value="0 broken" />
</properties></testcase>
<testcase name="test_other" time="2" />
<testcase name="test_bad" time="3"><failure /></testcase>
<testcase name="test_left_out" time="0"><skipped /></testcase>
</testsuite></testsuites>"""


def test_rows(tmp_path: Path) -> None:
    report = tmp_path / "killed.xml"
    report.write_text(REPORT)
    assert table([("killed", report), ("never run", tmp_path / "none.xml")]) == HEAD + (
        "| killed | `test_killed[sqlite-150]` | 1,500 | 0 broken | 300 |\n"
        "| killed | tests | 3 | FAILED: `test_bad`, 1 skipped | 5 |\n"
    )


def test_every_long_run_belongs_to_a_part() -> None:
    places = [ROOT / word for part in SOAK for word in part.command if word.startswith("tests/")]
    long = [file for file in (ROOT / "tests").rglob("test_*.py") if "mark.soak" in file.read_text()]
    assert long
    assert [file for file in long if not any(map(file.is_relative_to, places))] == []
