"""The server is killed in the middle of a round: nothing acknowledged is lost or doubled."""

from collections.abc import Callable

import pytest

from tests.support.killing import check, prepare
from tests.support.servers import Server


@pytest.mark.parametrize("kills", [3, pytest.param(200, marks=pytest.mark.soak)])
async def test_everybody_goes_on_after_a_kill(
    serve: Callable[..., Server], database_url: str, kills: int
) -> None:
    trial = await prepare(serve(database_url=database_url))
    await trial.survive(kills)
    await check(trial)
