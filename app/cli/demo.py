"""`consilience demo`: the Bangkok scenario without hands, from import to exported matrix."""

import asyncio
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from app.cli import home
from app.errors import Refused
from app.settings import ROOT, Settings, environment_for

if TYPE_CHECKING:
    from app.scenario.play import Played

STEPS = 11
SAY = {
    "consensus": "by consensus",
    "no_objection": "by no objection",
    "with_reservations": "with reservations",
    "not_agreed": "not agreed",
}


def run(
    folder: Annotated[
        Path | None, typer.Option(help="Where the files go; var/demo by default.")
    ] = None,
) -> None:
    """Play the Bangkok scenario against a server of its own and check every figure.

    Example: consilience demo
    """
    place = folder or Settings().home / "demo"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    began = time.monotonic()
    server = _start(place)
    try:
        address, token = _wait(place, server)
        played = _play(address, token, place)
    finally:
        server.terminate()
        server.wait(timeout=20)
    _page(played, time.monotonic() - began)
    if played.wrong:
        raise typer.Exit(1)


def _start(place: Path) -> "subprocess.Popen[bytes]":
    """A real server process on a free port, with a home of its own."""
    program = "import sys; from app.cli import main; sys.exit(main())"
    with (place / "server.log").open("wb") as log:
        return subprocess.Popen(  # noqa: S603 - this very program
            [sys.executable, "-c", program, "serve", "--host", "127.0.0.1", "--port", "0"],
            cwd=ROOT,
            env=environment_for(place / "home"),
            stdout=log,
            stderr=log,
        )


def _wait(place: Path, server: "subprocess.Popen[bytes]") -> tuple[str, str]:
    """Address and owner's token, once the server has announced itself."""
    for _ in range(600):
        if server.poll() is not None:
            break
        with suppress(Refused):  # it is just starting
            if running := home.running(place / "home"):
                return running.here, running.token
        time.sleep(0.05)
    raise OSError(f"The server did not start; see {place / 'server.log'}")


def _play(address: str, token: str, place: Path) -> "Played":
    from app.scenario.play import play

    columns = (TextColumn("{task.description:<44}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("Starting", total=STEPS)

        def step(words: str) -> None:
            progress.update(task, description=words, advance=1)

        return asyncio.run(play(address, token, place, step))


def _page(played: "Played", seconds: float) -> None:
    """What was done, what came out, where the files lie."""
    from app.scenario.files import rows, voters

    areas = {one: key for key, one in played.meeting.areas.items()}
    titles = {row["id"]: row["title"] for row in rows("priority_areas")}
    rated = played.outcomes["rate2"]["diagnostics"]["options"]
    agreed = [areas[one] for one, f in rated.items() if f["agreement"] == "agree"]
    winner = areas[played.outcomes["rank"]["winners"][0]]
    kept = played.outcomes["choose"]["winners"]
    print("\nDemonstration: synthetic votes, no one's opinion.\n")
    print(f"36 people, 16 agenda items, {len(voters())} voters over websockets of their own.")
    print("36 raw proposals merged into 14 priority areas; 27 responses put forward.")
    print(f"Rating, round 2: {len(agreed)} of 14 areas agreed as priorities.")
    for area in agreed:
        figures = rated[played.meeting.areas[area]]
        print(f"  {area}  median {float(figures['median']):g}, IQR {float(figures['iqr']):g}  "
              f"{titles[area]}")  # fmt: skip
    print(f"Ranking: Schulze winner {winner} {titles[winner]}; Borda first {_first(played)}.")
    print(f"Choice: {len(kept)} of 27 responses kept, {played.rows} rows in the matrix.")
    ruled = ", ".join(f"{n} {SAY.get(how, how)}" for how, n in sorted(played.rulings.items()))
    print(f"Rulings of the chair: {ruled}.")
    if played.wrong:
        print("\nNot as expected: " + "; ".join(played.wrong))
    else:
        print("Medians, quartiles, agreement, consensus, Borda, Schulze and approvals equal "
              "expected.json.")  # fmt: skip
    print("\nFiles:")
    for file in played.files:
        print(f"  {file}")
    print(f"\nDone in {seconds:.0f} seconds.")


def _first(played: "Played") -> str:
    scores = played.outcomes["borda"]["ranking"][0]
    keys = {one: key for key, one in played.meeting.areas.items()}
    return ", ".join(keys[one] for one in scores)
