"""Where the published and the scenario's data lie; a test without its data says so."""

import csv
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.recounting import recounted

__all__ = ["DataSet", "consilience", "data", "recounted"]

ROOT = Path(__file__).resolve().parents[2]
MAIN = "from app.cli import main; main()"
PLACES = (ROOT / "app" / "scenario", ROOT.parent / "shared" / "data")


class DataSet:
    """The files of one set."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def json(self, name: str = "expected.json") -> Any:
        return json.loads((self.folder / name).read_text("utf-8"))

    def rows(self, name: str) -> list[dict[str, str]]:
        with (self.folder / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


@pytest.fixture
def data() -> Callable[[str], DataSet]:
    """`data("bangkok")`: the set of that name, from the project or from beside it."""

    def find(name: str) -> DataSet:
        for place in PLACES:
            if (place / name / "expected.json").exists():
                return DataSet(place / name)
        pytest.skip(f"The data set “{name}” is not here, so its known answers are not compared.")

    return find


def consilience(*words: str, stdin: Any = None) -> Any:
    """What the command prints as data, as a person would call it; stdin is a poll."""
    command = [sys.executable, "-c", MAIN, *words, "--json"]
    given = json.dumps(stdin).encode() if stdin else b""
    return json.loads(subprocess.run(command, input=given, capture_output=True, check=True).stdout)
