"""What a bundle holds, and what the verifier says of it."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

from app.exports import FORMATS
from app.formats import verify
from tests.bundle.conftest import Exported


def test_it_verifies_alone_on_another_machine(bundle: Path, tmp_path: Path) -> None:
    """The verifier out of the zip, isolated: no site packages, no environment, another folder."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with zipfile.ZipFile(bundle) as archive:
        archive.extract("verify.py", elsewhere)
    done = subprocess.run(
        [sys.executable, "-I", "-S", "verify.py", str(bundle)],
        cwd=elsewhere, env={}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("Verified: everything agrees.\n")


def test_every_rule_is_counted_again_or_says_why_not(bundle: Path) -> None:
    faults, told = verify.verify(str(bundle))
    said = [line.split(": ", 1)[1] for line in told if ", outcome " in line]
    assert faults == []
    assert said == [
        "rating_consensus: the round was reopened after it; not recomputed here",
        "rating_consensus: counted again, equal",
        "schulze: counted again, equal",
        "stv: counted again, equal",
        "kemeny: the score of the stated result agrees; that none is better was not searched",
        "motion: counted again, equal",
        "approval: counted again, equal",
        "agree_disagree: counted again, equal",
    ]


def test_it_holds_every_format_and_what_they_are_checked_by(bundle: Path) -> None:
    with zipfile.ZipFile(bundle) as archive:
        names = set(archive.namelist())
    ours = {f"consilience.{export.extension}" for export in FORMATS}
    assert ours | {"verify.py", "manifest.json", "record.json", "log.jsonl", "SHA256SUMS"} == {
        name for name in names if "/" not in name
    }
    assert sum(name.startswith("ballots/") for name in names) == 7
    assert sum(name.startswith("outcomes/") for name in names) == 8


def test_the_same_record_gives_the_same_ballots_and_lines(
    exported: Exported, bundle: Path, tmp_path: Path
) -> None:
    again = tmp_path / "again.zip"
    again.write_bytes(exported.again)
    one, other = verify.unzipped(str(bundle)), verify.unzipped(str(again))
    timed = ("manifest.json", "record.json", "SHA256SUMS", "consilience.")
    steady = [name for name in one if not name.startswith(timed)]
    assert {name: one[name] for name in steady} == {name: other[name] for name in steady}


def test_a_kept_head_is_found(bundle: Path) -> None:
    manifest = json.loads(zipfile.ZipFile(bundle).read("manifest.json"))
    assert verify.verify(str(bundle), manifest["head"][:10].upper())[0] == []
    assert verify.verify(str(bundle), "0123456789abcdef")[0] == [
        "No line of the log leads to the head '0123456789abcdef', which was kept."
    ]


def test_ballots_name_nobody(bundle: Path, exported: Exported) -> None:
    with zipfile.ZipFile(bundle) as archive:
        ballots = [archive.read(name) for name in archive.namelist() if name.startswith("ballots/")]
    everybody = [person.encode() for person in exported.voters]
    assert [person for person in everybody for ballot in ballots if person in ballot] == []
