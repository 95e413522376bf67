"""A machine of its own for `consilience demo`: a home, and this very program run on it."""

import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from app.cli import home
from app.errors import Refused
from app.settings import ROOT, environment_for

PROGRAM = [sys.executable, "-c", "import sys; from app.cli import main; sys.exit(main())"]


class Machine:
    """A home folder under `place`, its server and its log."""

    def __init__(self, place: Path, name: str) -> None:
        self.home = place / name
        self.log = place / f"{name}.log"
        self.server: subprocess.Popen[bytes] | None = None

    def start(self) -> home.Running:
        """A real server process on a free port; returns once it has announced itself.

        Raises OSError where it does not start.
        """
        serve = [*PROGRAM, "serve", "--host", "127.0.0.1", "--port", "0"]
        with self.log.open("ab") as log:
            self.server = subprocess.Popen(  # noqa: S603 - this very program
                serve, cwd=ROOT, env=environment_for(self.home), stdout=log, stderr=log
            )
        for _ in range(2400):  # two minutes on a busy machine; one that ends is seen at once
            if self.server.poll() is not None:
                break
            with suppress(Refused):  # it is just starting
                if running := home.running(self.home):
                    return running
            time.sleep(0.05)
        raise OSError(f"The server did not start; see {self.log}")

    def run(self, *words: str) -> None:
        """Another command on this home, as an operator types it. Raises CalledProcessError."""
        with self.log.open("ab") as log:
            subprocess.run(  # noqa: S603 - this very program
                [*PROGRAM, *words], cwd=ROOT, env=environment_for(self.home), stdout=log,
                stderr=log, check=True,
            )  # fmt: skip

    def stop(self) -> None:
        if self.server is not None:
            self.server.terminate()
            self.server.wait(timeout=20)
            self.server = None
