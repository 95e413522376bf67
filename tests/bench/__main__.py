"""`make bench`: what each benchmark measured, into var/bench/ and as a table."""

import asyncio
import json
import platform
import sys
from dataclasses import asdict

from tests.bench import against, counting, intake, load, starting
from tests.bench.measure import Figure
from tests.bench.peers import beside, fanout, polls
from tests.support.databases import ROOT

FOLDER = ROOT / "var" / "bench"
BENCHES = {"counting": counting.run, "intake": lambda: asyncio.run(intake.run()),
           "load": load.run, "starting": starting.run, "against": against.run,
           "peers": beside.run}  # fmt: skip
PARTS = {"fanout": lambda: beside.measured(fanout.run),
         "polls": lambda: beside.measured(polls.run)}  # fmt: skip


def main() -> None:
    """Run all, or those named; write each one's figures, print them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[1:] or BENCHES:
        print(f"\n{name}")
        figures = (BENCHES | PARTS)[name]()
        for figure in figures:
            print(line(figure))
        write(name, figures)


def line(figure: Figure) -> str:
    """A figure beside its spread and its goal."""
    spread = f"  {figure.spread[0]:,.2f}–{figure.spread[1]:,.2f}" if figure.spread else ""
    goal = f"  (goal: {figure.goal})" if figure.goal else ""
    value = f"{figure.value:>12,.2f}" if figure.unit == "×" else f"{figure.value:>12,.1f}"
    return f"  {figure.what:<66}{value} {figure.unit:<4}{spread}{goal}"


def write(name: str, figures: list[Figure]) -> None:
    """The figures beside the machine's kind, without which they say little."""
    machine = {"python": platform.python_version(), "machine": platform.machine()}
    found = {"machine": machine, "figures": [asdict(figure) for figure in figures]}
    (FOLDER / f"{name}.json").write_text(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main()
