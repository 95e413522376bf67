"""What a mutation run has found so far, so that it can be broken off and gone on with."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "var" / "soak" / "mutants"


class Progress:
    """Mutant → whether it survived, of one file under tests that have not changed since."""

    def __init__(self, file: str, source: str, tests: Iterable[str]) -> None:
        self.path = FOLDER / (file.replace("/", ".") + ".json")
        self.digest = hashlib.sha256("\0".join([source, *texts(tests)]).encode()).hexdigest()
        self.survived: dict[str, bool] = {}
        if self.path.exists():
            kept = json.loads(self.path.read_text("utf-8"))
            if kept["digest"] == self.digest:
                self.survived = kept["survived"]

    def note(self, name: str, survived: bool) -> None:
        self.survived[name] = survived
        self.path.parent.mkdir(parents=True, exist_ok=True)
        whole = {"digest": self.digest, "survived": self.survived}
        self.path.write_text(json.dumps(whole, indent=1) + "\n", "utf-8")


def texts(tests: Iterable[str]) -> list[str]:
    """The text of every test file named, folders with all that is in them."""
    named = [ROOT / one for one in sorted(set(tests))]
    files = [
        file for one in named for file in (sorted(one.glob("*.py")) if one.is_dir() else [one])
    ]
    return [file.read_text("utf-8") for file in files]
