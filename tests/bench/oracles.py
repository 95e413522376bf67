"""An environment of its own for the voting libraries we compare with: they pull two gigabytes, and
some of it is GPL. `python -m tests.bench.oracles` lays it out and freezes their answers anew.
"""

import json
import random
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

from tests.support.databases import ROOT

HOME = ROOT / "var" / "oracles"
PYTHON = HOME / "bin" / "python"
LIBRARIES = ("pref_voting==1.18.2", "abcvoting==2.19.2")
THEIRS = Path(__file__).with_name("theirs.py")
FROZEN = ROOT / "tests" / "known_answers" / "oracles.json"


def lay_out() -> bool:
    """Make the environment where it is missing. False, with a sentence, if it cannot be had."""
    done = HOME / "complete"
    if done.exists():
        return True
    print(f"Installing {' and '.join(LIBRARIES)} into {HOME} (once; two gigabytes)", flush=True)
    venv.create(HOME, with_pip=True, clear=True)
    got = subprocess.run([PYTHON, "-m", "pip", "install", "-q", *LIBRARIES], check=False)
    if got.returncode:
        print("They cannot be had here, so nothing is compared with them.", flush=True)
        return False
    done.touch()
    return True


def ask(question: dict[str, Any]) -> Any:
    """What the libraries answer, from a process of their own."""
    done = subprocess.run(
        [PYTHON, THEIRS], input=json.dumps(question), capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout.splitlines()[-1])


def rankings(options: int, ballots: int, seed: int = 912) -> list[list[int]]:
    """Complete rankings of options 0, 1, 2 …, the same at every run."""
    draw = random.Random(seed)
    return [draw.sample(range(options), options) for _ in range(ballots)]


def approvals(options: int, ballots: int, seed: int = 912) -> list[list[int]]:
    """Ballots that approve of a few of the options."""
    draw = random.Random(seed)
    most = max(2, options // 4)
    return [sorted(draw.sample(range(options), draw.randrange(1, most))) for _ in range(ballots)]


def freeze() -> None:
    """Their answers to twenty small polls of each kind; the tests compare ours with them."""
    asked = [
        {
            "rankings": rankings(4 + seed % 3, 5 + seed, seed),
            "approvals": approvals(8, 6 + seed, seed),
            "seats": 3,
        }
        for seed in range(20)
    ]
    answers = ask({"do": "answer", "polls": asked})
    polls = [{**one, "answers": answer} for one, answer in zip(asked, answers, strict=True)]
    FROZEN.write_text(json.dumps({"libraries": LIBRARIES, "polls": polls}) + "\n")


if __name__ == "__main__":
    if not lay_out():
        sys.exit(1)
    freeze()
