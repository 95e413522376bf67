"""Behind the reverse proxy as documented: servers restart one by one, and slow headers are cut."""

import asyncio
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.checker import violations
from tests.faults.trial import Trial, prepare
from tests.support.databases import ROOT
from tests.support.postgresql import free_port
from tests.support.servers import Server

pytestmark = [pytest.mark.postgres, pytest.mark.server, pytest.mark.soak]

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
DEADLINE = 10.0  # deploy/nginx.conf: client_header_timeout


@pytest.fixture
def two(serve: Callable[..., Server], postgresql_url: str) -> list[Server]:
    secret = {"CONSILIENCE_SECRET": "one secret for both of these hosts, too"}
    return [serve(database_url=postgresql_url, environment=secret) for _ in range(2)]


@pytest.fixture
def proxy(two: list[Server], tmp_path: Path) -> Iterator[int]:
    """nginx with the configuration that we ship, on ports that are free here; its own port."""
    if NGINX is None:
        pytest.skip("nginx is not installed here; the proxy's configuration is tried with it.")
    port = free_port()
    ours = (ROOT / "deploy" / "nginx.conf").read_text()
    ours = ours.replace("listen 80;", f"listen 127.0.0.1:{port};")
    for old, server in zip((8000, 8001), two, strict=True):
        ours = ours.replace(f"127.0.0.1:{old}", f"127.0.0.1:{server.port}")
    kept = "".join(
        f"{name}_temp_path {tmp_path}/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = tmp_path / "nginx.conf"
    whole.write_text(
        f"daemon off; pid {tmp_path}/pid; error_log {tmp_path}/error.log; "
        f"events {{}} http {{ access_log off; {kept} {ours} }}"
    )
    process = subprocess.Popen([NGINX, "-e", f"{tmp_path}/error.log", "-c", whole])
    _wait_until_it_listens(port)
    yield port
    process.terminate()
    process.wait(10)


def _wait_until_it_listens(port: int) -> None:
    deadline = time.monotonic() + 10
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except ConnectionRefusedError:
            assert time.monotonic() < deadline, "nginx does not listen"
            time.sleep(0.05)


async def test_a_rolling_restart_behind_the_proxy_loses_nothing(
    two: list[Server], proxy: int, postgresql_url: str
) -> None:
    trial = await prepare(two[0], postgresql_url, 4, voters=8, watchers=2)
    for person in [*trial.voters, *trial.watchers]:
        person.url = person.url.replace(f":{two[0].port}/", f":{proxy}/")
    trial.facilitator.url = f"http://127.0.0.1:{proxy}"

    async def restarted(trial: Trial) -> None:
        for server in two:
            await asyncio.to_thread(server.stop)
            await asyncio.to_thread(server.start)
            await trial.some_answers()

    history = await trial.run(restarted)
    assert violations(history) == []


async def test_headers_that_come_drop_by_drop_are_cut(proxy: int) -> None:
    began = time.monotonic()
    reader, writer = await asyncio.open_connection("127.0.0.1", proxy)
    writer.write(b"GET / HTTP/1.1\r\nHost: hall.test\r\n")
    await writer.drain()
    async with asyncio.timeout(3 * DEADLINE):
        assert await reader.read() == b""
    assert time.monotonic() - began > DEADLINE / 2
    writer.close()
