"""`consilience`, made to die at a named place or with a bug planted, as the environment says.

FAIL_AT=before_commit:12 dies at the twelfth commit; PLANT=acknowledge_early plants a bug; ILL=FILE
makes the database take nothing while the file says why.
"""

import os
import sys

from app.cli import main
from tests.faults import failpoints, plants, storage


def faulty() -> None:
    """Arm what was asked for, then be the command line."""
    if place := os.environ.get("FAIL_AT"):
        name, visit = place.split(":")
        failpoints.arm(name, int(visit))
    if plant := os.environ.get("PLANT"):
        plants.PLANTS[plant]()
    if file := os.environ.get("ILL"):
        storage.arm(file)
    sys.argv[0] = "consilience"
    main()


if __name__ == "__main__":
    faulty()
