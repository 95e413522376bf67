"""Tests run in a child of this process, so that whatever they change or load ends with it."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OPTIONS = [
    "-q",
    "-p",
    "no:cacheprovider",
    "-p",
    "tests.soak.bare",
    "--noconftest",
    "-m",
    "not soak",
]


def in_a_child(work: Callable[[], int], seconds: float = 0) -> bool:
    """Whether it ended with 0; given up after so many seconds. It loads application and tests anew,
    else it would meet the modules that are there already instead of a changed one.
    """
    if child := os.fork():
        return os.waitpid(child, 0)[1] == 0
    signal.setitimer(signal.ITIMER_REAL, seconds)
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    os.chdir(ROOT)
    for name in [name for name in sys.modules if name.partition(".")[0] in ("app", "tests")]:
        del sys.modules[name]
    os._exit(work())
