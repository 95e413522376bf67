"""Server processes by fork. The application takes seconds to import and a server that is killed
and started again takes them every time; here one process imports it once, and each server is its
child, as real a process as any other.

Where a process can't be held by a descriptor (`pidfd_open`), servers start the long way.
"""

import gc
import json
import os
import select
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from typing import IO, Any, Protocol

import pytest

from tests.support.databases import ROOT


class Process(Protocol):
    """What the tests use of `subprocess.Popen`."""

    pid: int
    returncode: Any

    def poll(self) -> int | None: ...
    def wait(self, timeout: float | None = None) -> int: ...
    def send_signal(self, number: int) -> None: ...
    def kill(self) -> None: ...


Words = list[str]
Environment = dict[str, str]
Spawn = Callable[[Words, Words, Environment, IO[bytes]], Process]


def popen(program: Words, arguments: Words, environment: Environment, out: IO[bytes]) -> Process:
    """Start a program the long way."""
    return subprocess.Popen(
        [*program, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=subprocess.STDOUT,
        env=environment,
    )


class Forked:
    """A child of the nursery."""

    def __init__(self, nursery: "Nursery", pid: int) -> None:
        self.nursery, self.pid = nursery, pid
        self.returncode: int | None = None
        self.descriptor = os.pidfd_open(pid)

    def poll(self) -> int | None:
        return self._ended(0)

    def wait(self, timeout: float | None = None) -> int:
        if (code := self._ended(timeout)) is None:
            raise subprocess.TimeoutExpired("a server", timeout or 0)
        return code

    def _ended(self, within: float | None) -> int | None:
        if self.returncode is None and select.select([self.descriptor], [], [], within)[0]:
            self.returncode = self.nursery.ask({"reap": self.pid})
            os.close(self.descriptor)
        return self.returncode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            signal.pidfd_send_signal(self.descriptor, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


class Nursery:
    """The process that has imported everything."""

    def __init__(self) -> None:
        self.turn = threading.Lock()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.nursery"],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def ask(self, what: dict[str, Any]) -> int:
        with self.turn:
            assert self.process.stdin
            assert self.process.stdout
            self.process.stdin.write(json.dumps(what) + "\n")
            self.process.stdin.flush()
            return int(self.process.stdout.readline())

    def spawn(
        self, _program: Words, arguments: Words, environment: Environment, out: IO[bytes]
    ) -> Process:
        """Start `consilience`, which can be made to fail, with these arguments."""
        asked = {"arguments": arguments, "environment": environment, "out": out.name}
        return Forked(self, self.ask(asked))

    def stop(self) -> None:
        self.process.communicate()  # closes its input, which is its end


@pytest.fixture(scope="session")
def nursery() -> Iterator[Spawn]:
    """Start servers quickly, where this system can."""
    if not hasattr(os, "pidfd_open"):
        yield popen
        return
    made = Nursery()
    yield made.spawn
    made.stop()


def main() -> None:
    """Import, then fork for every line that asks for it, and reap what has ended."""
    import uvicorn.lifespan.on
    import uvicorn.loops.auto
    import uvicorn.protocols.http.auto
    import uvicorn.protocols.websockets.auto  # noqa: F401 - that no child has to

    from app.cli import schema, serve  # noqa: F401
    from app.main import routes
    from app.render.environment import environment
    from tests.faults.server import faulty

    routes()
    pages = environment("en")
    for name in pages.list_templates():
        pages.get_template(name)
    gc.collect()
    gc.freeze()  # a child that walked through its parent's things would copy them all
    for line in sys.stdin:
        asked = json.loads(line)
        if pid := asked.get("reap"):
            print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
        elif pid := os.fork():
            print(pid, flush=True)
        else:
            _be(asked, faulty)


def _be(asked: dict[str, Any], program: Callable[[], None]) -> None:
    """Be the server that was asked for, to its end."""
    os.environ.clear()
    os.environ.update(asked["environment"])
    sys.argv[1:] = asked["arguments"]
    nothing, out = (
        os.open(os.devnull, os.O_RDONLY),
        os.open(asked["out"], os.O_WRONLY | os.O_APPEND),
    )
    for number, target in enumerate((nothing, out, out)):
        os.dup2(target, number)
    code = 0
    try:
        program()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:  # noqa: BLE001 - printed, as an interpreter does at its end
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
