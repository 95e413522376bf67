"""`make bench`: what each benchmark measured, into var/bench/ and as a table."""

import asyncio
import json
import platform
from dataclasses import asdict

from tests.bench import against, counting, intake, starting
from tests.bench.measure import Figure
from tests.support.databases import ROOT

FOLDER = ROOT / "var" / "bench"
BENCHES = {"counting": counting.run, "intake": lambda: asyncio.run(intake.run()),
           "starting": starting.run, "against": against.run}  # fmt: skip


def main() -> None:
    """Run all, write each one's figures, print them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, bench in BENCHES.items():
        print(f"\n{name}")
        figures = bench()
        for figure in figures:
            print(f"  {figure.what:<58}{figure.value:>12,.1f} {figure.unit}")
        write(name, figures)


def write(name: str, figures: list[Figure]) -> None:
    """The figures beside the machine's kind, without which they say little."""
    machine = {"python": platform.python_version(), "machine": platform.machine()}
    found = {"machine": machine, "figures": [asdict(figure) for figure in figures]}
    (FOLDER / f"{name}.json").write_text(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main()
