"""A hall in miniature: two network namespaces of this machine, joined by one cable."""

import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

FETCH = """
import sys, urllib.request as u
browser = u.build_opener(u.HTTPCookieProcessor())
try:
    answer = browser.open(sys.argv[1], timeout=10)
except u.HTTPError as refused:
    answer = refused
print(answer.status, answer.url)
"""


@dataclass(frozen=True)
class Hall:
    """`server` and `laptop` are namespaces; each knows only its own loopback and the cable."""

    server: str
    laptop: str
    address: str = "10.213.0.1"
    other: str = "10.213.0.2"

    def in_server(self, *command: str) -> list[str]:
        return ["ip", "netns", "exec", self.server, *command]

    def open_from_laptop(self, url: str) -> str:
        """Open an address from the other machine; the status and the address where it led to."""
        command = ["ip", "netns", "exec", self.laptop, sys.executable, "-c", FETCH, url]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def hall() -> Iterator[Hall]:
    """Two machines on one private network; skips where namespaces can't be made."""
    if os.geteuid() != 0 or not shutil.which("ip"):
        pytest.skip("network namespaces need root and the program `ip`")
    name = secrets.token_hex(3)
    made = Hall(f"hall-{name}", f"laptop-{name}")
    try:
        _ip("netns", "add", made.server)
        _ip("netns", "add", made.laptop)
        _ip("link", "add", f"h{name}", "netns", made.server, "type", "veth",
            "peer", "name", f"l{name}", "netns", made.laptop)  # fmt: skip
        _plug(made.server, f"h{name}", made.address, made.other)
        _plug(made.laptop, f"l{name}", made.other, made.address)
        yield made
    except subprocess.CalledProcessError as error:
        pytest.skip(f"network namespaces can't be made here: {error.stderr}")
    finally:
        for namespace in (made.server, made.laptop):
            subprocess.run(["ip", "netns", "del", namespace], check=False, capture_output=True)


def _plug(namespace: str, device: str, address: str, gateway: str) -> None:
    _ip("-n", namespace, "address", "add", f"{address}/24", "dev", device)
    _ip("-n", namespace, "link", "set", "lo", "up")
    _ip("-n", namespace, "link", "set", device, "up")
    _ip("-n", namespace, "route", "add", "default", "via", gateway)


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True, text=True)
