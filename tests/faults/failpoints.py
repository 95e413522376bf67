"""Places where a server can be made to die at once, as by a power cut, on the so-manieth visit."""

import os
import random
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

NAMES = (
    "after_validate", "after_insert", "before_commit", "after_commit", "before_ack",
    "mid_broadcast", "mid_close", "mid_checkpoint",
)  # fmt: skip


def arm(name: str, visit: int) -> None:
    """Die at the place called `name` on its so-manieth visit, counted from 1."""
    {
        "after_validate": lambda die: _after("app.live.intake", "checked", die),
        "after_insert": lambda die: _after("app.db.database", "insert_rows", die),
        "before_commit": lambda die: _after("app.db.database", "Database._finish", die),
        "after_commit": lambda die: _after_async("app.db.database", "Database._transact", die),
        "before_ack": lambda die: _after_async("app.live.intake", "Intake.cast", die),
        "mid_broadcast": lambda die: _after("app.live.client", "Client.write", die),
        "mid_close": lambda die: _after("app.actions.closing", "_freeze", die),
        "mid_checkpoint": _while_checkpointing,
    }[name](on_visit(visit))


def on_visit(visit: int) -> Callable[[], None]:
    """What dies on its so-manieth call, counted from 1."""
    visits = 0

    def come() -> None:
        nonlocal visits
        visits += 1
        if visits == visit:
            os.kill(os.getpid(), signal.SIGKILL)

    return come


def find(module: str, path: str) -> tuple[Any, str]:
    """The object that holds what is called `path` in a module, and its name there."""
    import importlib

    holder = importlib.import_module(module)
    *owners, name = path.split(".")
    for owner in owners:
        holder = getattr(holder, owner)
    return holder, name


def _after(module: str, path: str, die: Callable[[], None]) -> None:
    holder, name = find(module, path)
    plain = getattr(holder, name)

    def call(*args: Any, **kwargs: Any) -> Any:
        result = plain(*args, **kwargs)
        die()
        return result

    setattr(holder, name, call)


def _after_async(module: str, path: str, die: Callable[[], None]) -> None:
    holder, name = find(module, path)
    plain = getattr(holder, name)

    async def call(*args: Any, **kwargs: Any) -> Any:
        result = await plain(*args, **kwargs)
        die()
        return result

    setattr(holder, name, call)


def _while_checkpointing(die: Callable[[], None]) -> None:
    """Every commit checkpoints, and somewhere within one of them the end comes."""
    holder, name = find("app.db.database", "Database._transact_here")
    plain = getattr(holder, name)
    draw = random.Random(os.getpid())

    def soon() -> None:
        time.sleep(draw.uniform(0, 0.004))
        die()

    def call(self: Any, run: Callable[[Any], Any]) -> Any:
        def with_checkpoint(conn: Any) -> Any:
            conn.exec_driver_sql("PRAGMA wal_autocheckpoint=1")
            threading.Thread(target=soon, daemon=True).start()
            return run(conn)

        return plain(self, with_checkpoint)

    setattr(holder, name, call)
