"""More than one process on one port: each takes connections from the same listening socket."""

import asyncio
import socket
import sys
from collections.abc import Callable

from app.errors import N_, Refused

ONE_ON_SQLITE = N_(
    "SQLite is written by one process: leave --workers out, or name a PostgreSQL database in "
    "DATABASE_URL."
)
PROGRAM = (sys.executable, "-c", "from app.cli import main; main()")
AGAIN_AFTER = 1.0  # a worker that dies at once is not started again and again


def check(workers: int, url: str) -> None:
    """Raises Refused where so many processes can't share the database."""
    if workers > 1 and url.startswith("sqlite"):
        raise Refused("one_worker", ONE_ON_SQLITE)


async def keep(number: int, listening: socket.socket) -> None:
    """Keep so many further workers running until this is cancelled; then end them."""
    async with asyncio.TaskGroup() as group:
        for _ in range(number):
            group.create_task(_keep_one(listening.fileno()))


async def _keep_one(shared: int) -> None:
    while True:
        worker = await asyncio.create_subprocess_exec(
            *PROGRAM, "serve", "--shares", str(shared),
            stdin=asyncio.subprocess.PIPE, pass_fds=(shared,),
        )  # fmt: skip
        try:
            await worker.wait()
            print("consilience: a worker has ended; another one starts.", file=sys.stderr)
        except asyncio.CancelledError:
            worker.terminate()
            await asyncio.shield(worker.wait())
            raise
        await asyncio.sleep(AGAIN_AFTER)


async def follow_the_first(end: Callable[[], None]) -> None:
    """Call `end` when the process that started this worker is gone, however it went: then nobody
    holds the other end of the standard input any more."""
    input_ = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(input_), sys.stdin)
    await input_.read()
    end()
