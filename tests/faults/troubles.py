"""What happens to a meeting in the middle of a round."""

import asyncio
import random
from collections.abc import Awaitable, Callable

from tests.faults.trial import Trial

Trouble = Callable[[Trial], Awaitable[None]]


def killed(draw: random.Random) -> Trouble:
    """Killed at any moment while the round closes, started again, reopened."""

    async def trouble(trial: Trial) -> None:
        await asyncio.sleep(draw.uniform(0, 0.15))
        closing = asyncio.create_task(trial.facilitator.close())
        await asyncio.sleep(draw.uniform(0, 0.05))
        await asyncio.to_thread(trial.server.kill)
        await trial.come_back()
        await closing
        await trial.facilitator.reopen()

    return trouble


def dies_by_itself() -> Trouble:
    """The armed place is reached while people vote and the round closes and reopens."""

    async def trouble(trial: Trial) -> None:
        closing = asyncio.create_task(trial.facilitator.close())
        going_on = asyncio.create_task(_reopen_after(closing, trial))
        await trial.dead()
        trial.server.environment.pop("FAIL_AT", None)
        await trial.come_back()
        await going_on

    return trouble


async def _reopen_after(closing: "asyncio.Task[None]", trial: Trial) -> None:
    await closing
    await trial.facilitator.reopen()
