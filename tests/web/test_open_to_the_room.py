"""With HOST=0.0.0.0 the printed links open from another machine of the same network."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.hall import Hall
from tests.support.servers import PROGRAM

pytestmark = pytest.mark.server


@pytest.fixture
def printed(hall: Hall, home: Path) -> Iterator[dict[str, str]]:
    """The links that a server in the hall prints into a pipe, by role."""
    process = subprocess.Popen(
        hall.in_server(str(PROGRAM), "serve", "--host", "0.0.0.0", "--port", "8000"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        env={**os.environ, "CONSILIENCE_HOME": str(home)},
        text=True,
    )
    assert process.stdout is not None
    links: dict[str, str] = {}
    for line in process.stdout:
        words = line.split()
        if len(words) > 1 and words[1].startswith("http"):
            links[words[0]] = words[1]
        if "organiser" in links:
            break
    yield links
    process.terminate()
    process.communicate(timeout=15)


def test_the_organisers_link_opens_from_another_machine(
    hall: Hall, printed: dict[str, str]
) -> None:
    start = f"http://{hall.address}:8000/"
    assert printed["organiser"].startswith(start)
    assert hall.open_from_laptop(printed["organiser"]) == f"200 {start}"
