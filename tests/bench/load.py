"""Under load: the server as a process on one core, hundreds of laptops from the other. Absolute
figures are the machine's; nothing here fails for being late."""

from collections.abc import Callable, Coroutine
from typing import Any

import uvloop

from tests.bench import burst, hostile, joining, sustained
from tests.bench.measure import Figure
from tests.bench.rig import on_the_other_core

PARTS: tuple[Callable[[], Coroutine[Any, Any, list[Figure]]], ...] = (
    burst.run, sustained.on_sqlite, sustained.on_postgresql, joining.run, hostile.run,
)  # fmt: skip


def run() -> list[Figure]:
    """One part after the other; a part that breaks down is told and leaves the others alone."""
    figures: list[Figure] = []
    with on_the_other_core():
        for part in PARTS:
            try:
                figures += uvloop.run(part())
            except Exception as error:  # noqa: BLE001 - the other parts still have their figures
                print(f"  {part.__module__} could not be measured: {error!r}")
    return figures
