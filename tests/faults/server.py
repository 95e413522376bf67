"""`consilience`, made to die at a named place or with a bug planted, as the environment says.

FAIL_AT=before_commit:12 dies at the twelfth commit; PLANT=acknowledge_early plants a bug.
"""

import os
import sys

from app.cli import main
from tests.faults import failpoints, plants


def faulty() -> None:
    """Arm what was asked for, then be the command line."""
    if place := os.environ.get("FAIL_AT"):
        name, visit = place.split(":")
        failpoints.arm(name, int(visit))
    if plant := os.environ.get("PLANT"):
        plants.PLANTS[plant]()
    sys.argv[0] = "consilience"
    main()


if __name__ == "__main__":
    faulty()
