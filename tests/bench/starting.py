"""How long the command line takes to answer, and the server to be importable."""

import subprocess
import sys
from collections.abc import Sequence
from functools import partial

from tests.bench.measure import Figure, best
from tests.support.servers import PROGRAM

STARTS: dict[str, Sequence[str]] = {
    "consilience methods --json": [str(PROGRAM), "methods", "--json"],
    "python -c 'import app.main'": [sys.executable, "-c", "import app.main"],
}


def run() -> list[Figure]:
    """Wall time from the shell's point of view."""
    return [
        Figure(what, 1000 * best(partial(_run, command)), "ms") for what, command in STARTS.items()
    ]


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
