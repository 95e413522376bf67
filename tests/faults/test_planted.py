"""The checker is checked: every planted bug is found within five trials."""

import random
from collections.abc import Callable

import pytest

from tests.faults.checker import violations
from tests.faults.plants import PLANTS
from tests.faults.trial import prepare
from tests.faults.troubles import killed
from tests.support.servers import Server
from tests.support.soaking import Saw

TRIALS = 5
FOUND_BY = {
    "acknowledge_early": "C1", "accept_late": "C9", "drop_every_seventh": "C6",
    "count_twice": "C4", "reorder_answers": "C1", "repeat_after_restart": "C6",
    "let_stale_win": "C1", "count_without_the_last": "C4",
}  # fmt: skip


EVERY_TIME = ("acknowledge_early", "accept_late", "drop_every_seventh")


@pytest.mark.parametrize(
    "plant",
    [*EVERY_TIME, *(pytest.param(p, marks=pytest.mark.soak, id=f"{p}-soak") for p in PLANTS)],
)
async def test_found_within_five_trials(
    faulty: Callable[..., Server], sqlite_url: str, saw: Saw, plant: str
) -> None:
    server = faulty(sqlite_url, PLANT=plant)
    found: set[str] = set()
    for seed in range(TRIALS):
        trial = await prepare(server, sqlite_url, seed)
        history = await trial.run(killed(random.Random(seed)))
        found |= {said.split(":")[0] for said in violations(history)}
        if FOUND_BY[plant] in found:
            saw(seed + 1, f"found by {FOUND_BY[plant]}")
            return
    pytest.fail(f"{plant} was not found by {FOUND_BY[plant]}; found were {sorted(found)}")
