"""A panel replayed as a Delphi: the real experts' best guesses, and a small generated panel's."""

import csv
import json
import random
import subprocess
from pathlib import Path
from statistics import fmean, quantiles
from typing import Any

import pytest

from tests.support.servers import PROGRAM, Server

pytestmark = pytest.mark.server

REPLICATS = Path(__file__).resolve().parents[3] / "shared/data/replicats"
ROUNDS = ("round_1", "round_2")


def test_a_generated_panel_comes_out_as_it_was_drawn(server: Server, tmp_path: Path) -> None:
    """Eight experts in two groups, three claims, two rounds by the rules stated beforehand."""
    draw = random.Random(1966)
    guesses = {
        name: {paper: [draw.randint(0, 100) for _ in range(8)] for paper in "abc"}
        for name in ROUNDS
    }
    rows = [
        [name, paper, f"e{n}", "direct_replication", "three_point_best", value, f"G{n % 2}"]
        for name, papers in guesses.items()
        for paper, values in papers.items()
        for n, value in enumerate(values)
    ]
    with (tmp_path / "ratings.csv").open("w", encoding="utf-8", newline="") as file:
        heads = ("round", "paper_id", "user_name", "question", "element", "value", "group")
        csv.writer(file).writerows([heads, *rows])

    said = replay(server, "--ratings", str(tmp_path / "ratings.csv"))

    for name, found in zip(ROUNDS, said["rounds"], strict=True):
        for paper, values in guesses[name].items():
            q1, middle, q3 = quantiles(values, n=4, method="inclusive")
            figures = found["items"][paper]
            assert [figures[one] for one in ("n", "median", "q1", "q3")] == [8, middle, q1, q3]
            assert figures["mean"] == pytest.approx(fmean(values), abs=1e-9)


def test_the_real_experts_come_out_as_they_were_published(server: Server) -> None:
    if not REPLICATS.exists():
        pytest.skip("The real panel lies beside the project and is absent here.")
    expected = json.loads((REPLICATS / "expected.json").read_text())["papers"]
    files = [str(REPLICATS / name) for name in ("ratings.csv", "justifications.csv")]

    said = replay(server, "--ratings", files[0], "--reasons", files[1])

    for name, found in zip(ROUNDS, said["rounds"], strict=True):
        assert sorted(found["items"]) == sorted(expected)
        for paper, figures in found["items"].items():
            stated = expected[paper]["rounds"][name]
            assert figures["n"] == stated["n"]
            for figure in ("mean", "median", "q1", "q3"):
                assert figures[figure] == pytest.approx(stated[f"{figure}_best"], abs=1e-9)
    assert sorted(said["rounds"][0]["groups"]) == [f"UOM{n}" for n in range(1, 6)]


def replay(server: Server, *files: str) -> dict[str, Any]:
    done = subprocess.run(
        [str(PROGRAM), "replay", "--as", "delphi", *files, "--url", server.url,
         "--token", server.owner_token, "--json"],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))
