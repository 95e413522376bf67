"""Replaying a panel's rounds: the real experts' figures, and a small generated panel's."""

import csv
import json
import random
import subprocess
from pathlib import Path
from statistics import fmean, median
from typing import Any

import pytest

from tests.support.servers import PROGRAM, Server

pytestmark = pytest.mark.server

REPLICATS = Path(__file__).resolve().parents[3] / "shared/data/replicats"
QUESTION = "direct_replication"
PARTS = {"three_point_lower": "low", "three_point_best": "best", "three_point_upper": "high"}


def test_a_generated_panel_comes_out_as_it_was_drawn(server: Server, tmp_path: Path) -> None:
    """Ten experts in two groups, three claims, two rounds: each group's figures in between."""
    rows = _drawn()
    _write(tmp_path / "ratings.csv", rows)

    said = _replay(server, "--ratings", str(tmp_path / "ratings.csv"))

    assert [one["n"] for one in said["rounds"]] == [1, 2]
    for name, found in zip(("round_1", "round_2"), said["rounds"], strict=True):
        _same(found["items"], _figures([row for row in rows if row["round"] == name]))
    groups = said["rounds"][0]["groups"]
    assert sorted(groups) == ["East", "West"]
    for group, items in groups.items():
        mine = [row for row in rows if row["round"] == "round_1" and row["group"] == group]
        _same(items, _figures(mine))


def test_the_real_experts_come_out_as_they_were_published(server: Server) -> None:
    if not REPLICATS.exists():
        pytest.skip("The real panel lies beside the project and is absent here.")
    expected = json.loads((REPLICATS / "expected.json").read_text())["papers"]

    said = _replay(
        server, "--ratings", str(REPLICATS / "ratings.csv"),
        "--reasons", str(REPLICATS / "justifications.csv"),
        "--outcomes", str(REPLICATS / "outcomes.csv"),
    )  # fmt: skip

    for name, found in zip(("round_1", "round_2"), said["rounds"], strict=True):
        assert sorted(found["items"]) == sorted(expected)
        for item, figures in found["items"].items():
            stated = expected[item]["rounds"][name]
            assert figures["n"] == stated["n"]
            means = [stated[f"mean_{part}"] for part in ("lower", "best", "upper")]
            assert list(figures["mean"].values()) == pytest.approx(means, abs=1e-9)
            assert figures["median"]["best"] == pytest.approx(stated["median_best"], abs=1e-9)
    assert sorted(said["rounds"][0]["groups"]) == [f"UOM{n}" for n in range(1, 6)]
    for name, scored in zip(("round_1", "round_2"), said["scores"], strict=True):
        errors = [
            (paper["rounds"][name]["mean_best"] / 100 - paper["replicated"]) ** 2
            for paper in expected.values()
        ]
        assert scored["brier"] == pytest.approx(fmean(errors), abs=1e-9)
        assert sum(group["n"] for group in scored["calibration"]) == 25 * len(expected)


def _replay(server: Server, *files: str) -> dict[str, Any]:
    done = subprocess.run(
        [str(PROGRAM), "replay", "--as", "idea", *files, "--url", server.url,
         "--token", server.owner_token, "--json"],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def _drawn() -> list[dict[str, str]]:
    draw = random.Random(2019)
    rows = []
    for round_ in ("round_1", "round_2"):
        for expert in range(10):
            for paper in ("a", "b", "c"):
                guesses = sorted(draw.sample(range(101), 3))
                rows += [
                    {
                        "round": round_, "paper_id": paper, "user_name": f"e{expert}",
                        "question": QUESTION, "element": element, "value": f"{value}.0",
                        "group": "East" if expert % 2 else "West",
                    }
                    for element, value in zip(PARTS, guesses, strict=True)
                ]  # fmt: skip
    return rows


def _figures(rows: list[dict[str, str]]) -> dict[str, Any]:
    """The figures by another hand: means of each part, the median of the best."""
    found = {}
    for paper in ("a", "b", "c"):
        given = {
            part: [
                float(row["value"])
                for row in rows
                if row["paper_id"] == paper and row["element"] == element
            ]
            for element, part in PARTS.items()
        }
        found[paper] = {
            "n": len(given["best"]),
            "mean": {part: fmean(values) for part, values in given.items()},
            "median": {"best": median(given["best"])},
        }
    return found


def _same(found: dict[str, Any], wanted: dict[str, Any]) -> None:
    assert sorted(found) == sorted(wanted)
    for item, figures in wanted.items():
        assert found[item]["n"] == figures["n"]
        assert found[item]["mean"] == pytest.approx(figures["mean"], abs=1e-9)
        assert found[item]["median"] == pytest.approx(figures["median"], abs=1e-9)


def _write(file: Path, rows: list[dict[str, str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
