"""What a mutation run has found so far, so that it can be broken off and gone on with."""

import hashlib
import json
from collections.abc import Iterable

from tests.soak.children import ROOT

FOLDER = ROOT / "var" / "soak" / "mutants"


class Progress:
    """Mutant → whether it survived, of one file that has not changed since. Survivors are tried
    again whenever a test has changed; what was noticed once stays noticed (a test that was made
    weaker shows only after the folder is emptied).
    """

    def __init__(self, file: str, source: str, tests: Iterable[str]) -> None:
        self.path = FOLDER / (file.replace("/", ".") + ".json")
        self.source, self.tests = digest(source), digest(*texts(tests))
        self.survived: dict[str, bool] = {}
        kept = json.loads(self.path.read_text("utf-8")) if self.path.exists() else {}
        if kept.get("source") == self.source:
            again = kept["tests"] != self.tests
            self.survived = {n: s for n, s in kept["survived"].items() if not (s and again)}

    def note(self, name: str, survived: bool) -> None:
        self.survived[name] = survived
        self.path.parent.mkdir(parents=True, exist_ok=True)
        whole = {"source": self.source, "tests": self.tests, "survived": self.survived}
        self.path.write_text(json.dumps(whole, indent=1) + "\n", "utf-8")


def digest(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def texts(files: Iterable[str]) -> list[str]:
    return [(ROOT / file).read_text("utf-8") for file in sorted(files)]
