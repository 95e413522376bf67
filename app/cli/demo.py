"""`consilience demo`: the Bangkok scenario without hands, from import to exported matrix."""

import asyncio
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from app.cli import home
from app.cli.machine import Machine
from app.settings import Settings

if TYPE_CHECKING:
    from app.scenario.play import Played

STEPS = 14
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
    first, second = Machine(place, "home"), Machine(place, "second-home")
    try:
        played = _play(first.start(), place, lambda: _carry_over(first, second, place))
    finally:
        first.stop()
        second.stop()
    _page(played, time.monotonic() - began)
    if played.wrong:
        raise typer.Exit(1)


def _carry_over(first: Machine, second: Machine, place: Path) -> str:
    """The evening's backup, restored on another machine; returns where the meeting goes on."""
    backup = str(place / "evening-of-day-1.zip")
    first.run("backup", "--out", backup)
    first.stop()
    second.run("restore", backup)
    return second.start().here


def _play(running: home.Running, place: Path, carry_over: Callable[[], str]) -> "Played":
    from app.scenario.play import play

    async def overnight() -> str:
        return await asyncio.to_thread(carry_over)

    columns = (TextColumn("{task.description:<44}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("Starting", total=STEPS)

        def step(words: str) -> None:
            progress.update(task, description=words, advance=1)

        return asyncio.run(play(running.here, running.token, place, step, overnight))


def _page(played: "Played", seconds: float) -> None:
    """What was done, what came out, where the files lie."""
    from app.scenario.files import rows, voters
    from app.scenario.record import moved

    areas = {one: key for key, one in played.meeting.areas.items()}
    titles = {row["id"]: row["title"] for row in rows("priority_areas")}
    rated = played.outcomes["rate2"]["diagnostics"]["options"]
    agreed = [areas[one] for one, f in rated.items() if f["agreement"] == "agree"]
    winner = areas[played.outcomes["rank"]["winners"][0]]
    kept = played.outcomes["choose"]["winners"]
    print("\nDemonstration: synthetic votes, no one's opinion.\n")
    print(f"36 people, 16 agenda items, {len(voters())} voters over websockets of their own.")
    print("36 raw proposals merged into 14 priority areas; 27 responses put forward.")
    parts, wholes = zip(*(moved(area) for area in areas.values()), strict=True)
    print("Rating as a Delphi of two rounds, consensus rule and stopping rule stated before the "
          f"first; {sum(parts)} of {sum(wholes)} answers moved.")  # fmt: skip
    print(f"Rating, round 2: {len(agreed)} of 14 areas agreed as priorities.")
    for area in agreed:
        figures = rated[played.meeting.areas[area]]
        print(f"  {area}  median {float(figures['median']):g}, IQR {float(figures['iqr']):g}  "
              f"{titles[area]}")  # fmt: skip
    print(f"Ranking: Schulze winner {winner} {titles[winner]}; Borda first {_first(played)}.")
    print(f"Choice: {len(kept)} of 27 responses kept, {played.rows} rows in the matrix.")
    print("\nThe minutes:")
    for sentence in played.meeting.minutes:
        print(f"  {sentence}")
    ruled = ", ".join(f"{n} {SAY.get(how, how)}" for how, n in sorted(played.rulings.items()))
    print(f"Rulings of the chair: {ruled}.")
    if played.wrong:
        print("\nNot as expected: " + "; ".join(played.wrong))
    else:
        print("Medians, quartiles, agreement, consensus, Borda, Schulze and approvals equal "
              "expected.json;\nthe record shows the Delphi's rules, how far answers held, and how "
              "certain each result is.")  # fmt: skip
    print("\nFiles:")
    for file in played.files:
        print(f"  {file}")
    print(f"\nDone in {seconds:.0f} seconds.")


def _first(played: "Played") -> str:
    scores = played.outcomes["borda"]["ranking"][0]
    keys = {one: key for key, one in played.meeting.areas.items()}
    return ", ".join(keys[one] for one in scores)
