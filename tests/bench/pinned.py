"""`consilience` on one core, or a variant of it: PIN_TO=0 VARIANT=unstored."""

import os
import sys

from app.cli import main
from tests.bench.variants import VARIANTS


def pinned() -> None:
    """Stay on the core that was named, become the variant, then be the command line."""
    if core := os.environ.get("PIN_TO"):
        os.sched_setaffinity(0, {int(core)})
    if variant := os.environ.get("VARIANT"):
        VARIANTS[variant]()
    sys.argv[0] = "consilience"
    main()


if __name__ == "__main__":
    pinned()
