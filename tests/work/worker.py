"""The clockwork alone, as processes: what servers do beside serving.

    python -m tests.work.worker before:2 within:1 none

forks a worker for each word. before:2 dies before it does its second task; within:1 as its first
one ends, its effect brought about and nothing committed yet; none lives on.
"""

import asyncio
import os
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from app.actions import tasks
from app.db import Database
from app.settings import Settings
from app.work.loop import Work
from tests.faults.failpoints import find, on_visit

# Long enough for a busy machine to renew it in time, short enough to wait for.
tasks.LEASE = timedelta(seconds=4)
PLACES = {
    "before": ("app.work.exporting", "app.work.mailing"),
    "within": ("app.actions.exports", "app.work.mailing"),
}
CALLED = {"app.work.exporting": "make_export", "app.work.mailing": "written"}


def arm(place: str, visit: int) -> None:
    """Die at this place of the so-manieth task."""
    die = on_visit(visit)
    for module in PLACES[place]:
        name = "finish_task" if place == "within" else CALLED[module]
        holder, name = find(module, name)
        setattr(holder, name, _fatal(getattr(holder, name), die, first=place == "before"))


def _fatal(plain: Callable[..., Any], die: Callable[[], None], *, first: bool) -> Any:
    def call(*args: Any, **kwargs: Any) -> Any:
        if first:
            die()
        result = plain(*args, **kwargs)
        if not first:
            die()
        return result

    return call


async def work() -> None:
    """Until the end of the process."""
    settings = Settings()
    Work(Database(settings.url, settings.secret()), settings.mail).start()
    await asyncio.Event().wait()


def main() -> None:
    """Fork the workers, then tell how each ended, as it ends."""
    for fault in sys.argv[1:]:
        if os.fork() == 0:
            if fault != "none":
                place, visit = fault.split(":")
                arm(place, int(visit))
            asyncio.run(work())
    for _ in sys.argv[1:]:
        _pid, status = os.wait()
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
