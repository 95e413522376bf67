"""Replaying a conversation: every row acknowledged, the last vote of each voter counted."""

import csv
import json
import random
import subprocess
from pathlib import Path

import pytest

from tests.support.servers import PROGRAM, Server

pytestmark = pytest.mark.server

LONDON = Path(__file__).resolve().parents[3] / "shared/data/polis/london.youth.policing"
NAMES = {"1": "agree", "-1": "disagree", "0": "pass"}


def test_generated_votes_are_counted_by_the_last_one(server: Server, tmp_path: Path) -> None:
    """12 voters, 5 statements, 200 votes out of time order, many of them re-votes."""
    draw = random.Random(20160511)
    rows = [
        {
            "timestamp": str(draw.randrange(10_000)),
            "comment-id": str(draw.randrange(5)),
            "voter-id": str(draw.randrange(12)),
            "vote": draw.choice(["1", "-1", "0"]),
        }
        for _ in range(200)
    ]
    items = [{"comment-id": str(n), "comment-body": f"Statement {n}"} for n in range(5)]
    _write(tmp_path / "votes.csv", rows)
    _write(tmp_path / "comments.csv", items)

    said = _replay(server, tmp_path)

    last: dict[tuple[str, str], str] = {}
    for row in sorted(rows, key=lambda row: int(row["timestamp"])):
        last[row["voter-id"], row["comment-id"]] = row["vote"]
    tally = {str(n): dict.fromkeys(NAMES.values(), 0) for n in range(5)}
    for (_, item), vote in last.items():
        tally[item][NAMES[vote]] += 1
    assert (said["sent"], said["acknowledged"], said["counted"]) == (200, 200, len(last))
    assert said["tally"] == tally


def test_a_real_conversation_comes_out_as_its_last_votes(server: Server) -> None:
    if not LONDON.exists():
        pytest.skip("The real conversation lies beside the project and is absent here.")
    expected = json.loads((LONDON / "expected.json").read_text())

    said = _replay(server, LONDON)

    assert (said["sent"], said["acknowledged"], said["counted"]) == (640, 640, 638)
    assert said["tally"] == {
        item: {answer: figures[answer] for answer in NAMES.values()}
        for item, figures in expected["per_statement"].items()
    }


def _replay(server: Server, folder: Path) -> dict[str, object]:
    files = ["--votes", str(folder / "votes.csv"), "--items", str(folder / "comments.csv")]
    done = subprocess.run(
        [str(PROGRAM), "replay", *files, "--url", server.url, "--token", server.owner_token,
         "--json"],
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    return dict(json.loads(done.stdout))


def _write(file: Path, rows: list[dict[str, str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
