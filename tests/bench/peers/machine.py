"""One core for the server that is measured, another for whoever measures, both before whatever
else the machine does; what a process costs."""

import os
import resource
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

CORES = sorted(os.sched_getaffinity(0))
SERVER, CLIENT = CORES[0], CORES[-1]
PORTS = range(20_000, 30_000)  # below those that outgoing connections take


@contextmanager
def on_core(core: int) -> Iterator[None]:
    """What is started here runs on one core, and so do its children."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


@contextmanager
def undisturbed() -> Iterator[None]:
    """We, and what is started here, compute before everybody else, where that may be asked for."""
    with suppress(PermissionError):
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))
    try:
        yield
    finally:
        os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))


def many_files() -> None:
    """As many open files as one may have: every connection is one, at both ends."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def free_port() -> int:
    for port in PORTS:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0 or port in _TAKEN:
                continue
        _TAKEN.add(port)
        return port
    raise OSError("no port is free")


_TAKEN: set[int] = set()


def family(pid: int) -> list[Path]:
    """A process and all its children."""
    here = Path("/proc") / str(pid)
    try:
        tasks = list((here / "task").iterdir())
        children = [int(one) for task in tasks for one in (task / "children").read_text().split()]
    except FileNotFoundError:
        return []
    return [here, *(member for child in children for member in family(child))]


def processor(pid: int) -> float:
    """Seconds that a process, its threads and its children have computed."""
    return sum(
        int((task / "schedstat").read_text().split()[0]) / 1e9
        for member in family(pid)
        for task in (member / "task").iterdir()
    )


def memory(pid: int) -> int:
    """Bytes of memory that a process and its children hold."""
    pages = (int((member / "statm").read_text().split()[1]) for member in family(pid))
    return sum(pages) * os.sysconf("SC_PAGE_SIZE")
