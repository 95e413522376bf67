"""The server dies at any moment, or at every named one: all ten promises hold afterwards."""

import random
from collections.abc import Callable

import pytest

from tests.faults import failpoints
from tests.faults.checker import violations
from tests.faults.history import acknowledged
from tests.faults.trial import prepare
from tests.faults.troubles import dies_by_itself, killed
from tests.support.servers import Server
from tests.support.soaking import Saw

SEED = 20160511
LONG = pytest.mark.soak


@pytest.mark.parametrize("trials", [1, pytest.param(150, marks=LONG)])
async def test_killed_at_any_moment(
    faulty: Callable[..., Server], database_url: str, saw: Saw, trials: int
) -> None:
    server = faulty(database_url)
    told = 0
    for seed in range(SEED, SEED + trials):
        trial = await prepare(server, database_url, seed)
        history = await trial.run(killed(random.Random(seed)))
        assert violations(history) == [], f"trial {seed}"
        told += acknowledged(history)
    saw(trials, f"{told} ballots acknowledged, 0 promises broken")


# The place, and between which visits: beyond those that preparing a meeting takes.
PLACES = {
    "after_validate": (10, 60), "after_insert": (30, 60), "before_commit": (30, 60),
    "after_commit": (30, 60), "before_ack": (10, 60), "mid_broadcast": (20, 80),
    "mid_close": (1, 1), "mid_checkpoint": (30, 60),
}  # fmt: skip


EVERY_TIME = ("after_insert", "after_commit", "mid_close")


def test_every_failpoint_is_tried() -> None:
    assert set(PLACES) == set(failpoints.NAMES)


@pytest.mark.parametrize(
    ("place", "trials"),
    [(place, 1) for place in EVERY_TIME]
    + [pytest.param(place, 20, marks=LONG) for place in PLACES],
)
async def test_dies_at(
    faulty: Callable[..., Server], sqlite_url: str, saw: Saw, place: str, trials: int
) -> None:
    told = 0
    for seed in range(SEED, SEED + trials):
        visit = random.Random(seed).randint(*PLACES[place])
        server = faulty(sqlite_url, FAIL_AT=f"{place}:{visit}")
        trial = await prepare(server, sqlite_url, seed)
        history = await trial.run(dies_by_itself())
        assert violations(history) == [], f"{place}, visit {visit}"
        told += acknowledged(history)
        server.stop()
    saw(trials, f"{told} ballots acknowledged, 0 promises broken")
