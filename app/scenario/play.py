"""The main job without hands: the whole meeting against a running server, over real websockets."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from app.scenario import cells, check, days, files, groups, moments, record
from app.scenario.house import House
from app.scenario.meeting import Meeting, lay_out
from app.scenario.voices import Spoken

FORMATS = {
    "xlsx": "xlsx", "docx": "docx", "pdf": "pdf", "csv": "csv", "grid.csv": "grid.csv",
    "json": "json", "ics": "ics", "preflib": "toi", "html": "html", "bundle": "zip",
}  # fmt: skip

Overnight = Callable[[], Awaitable[str]]


@dataclass
class Played:
    """What a played meeting came to. `wrong` names every figure that is not as expected;
    `apart` are the groups' outcomes."""

    meeting: Meeting
    outcomes: dict[str, Any] = field(default_factory=dict)
    apart: list[Any] = field(default_factory=list)
    rulings: dict[str, int] = field(default_factory=dict)
    rows: int = 0
    files: list[Path] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


async def play(
    address: str,
    owner_token: str,
    folder: Path,
    step: Callable[[str], None] = lambda _: None,
    overnight: Overnight | None = None,
) -> Played:
    """Play from import to exported matrix into an existing folder; `step` is told each stage.
    `overnight` carries the meeting to another machine after the first day, if it is given, and
    answers with the new address.

    Raises ScenarioError where the server refuses something.
    """
    async with httpx.AsyncClient(base_url=f"{address}/api/v1", timeout=60) as client:
        owner = House(client, owner_token)
        step("Workshop, people, agenda, evidence")
        played = Played(await lay_out(owner, late=[moments.LATE]))
        hall = Hall(address, played.meeting)
        await hall.enter([who for who in files.voters() if who != moments.LATE])
        try:
            await _day_one(played, hall, step)
            if overnight:
                step("Overnight: another machine, from the backup")
                await _move(played, hall, await overnight())
            await _day_two(played, hall, step)
            await _day_three(played, hall, step)
            step("Exports")
            await _export(played, folder)
            rated = [played.outcomes[name]["round"] for name in ("rate1", "rate2")]
            played.wrong += record.missing(played.meeting, rated, folder)
            return played
        finally:
            await hall.leave()


class Hall:
    """Everybody's websocket, at the address where the meeting is."""

    def __init__(self, address: str, meeting: Meeting) -> None:
        self.address, self.meeting = address, meeting
        self.voices: dict[str, Spoken] = {}

    @property
    def url(self) -> str:
        return self.address.replace("http", "ws", 1) + f"/ws/workshops/{self.meeting.id}"

    async def enter(self, people: list[str]) -> None:
        came = {who: Spoken(self.url, self.meeting.entries[who]) for who in people}
        await asyncio.gather(*(voice.arrive() for voice in came.values()))
        self.voices |= came

    async def move(self, address: str) -> None:
        self.address = self.meeting.owner.move(address)
        await asyncio.gather(*(voice.move(self.url) for voice in self.voices.values()))

    async def leave(self) -> None:
        await asyncio.gather(*(voice.leave() for voice in self.voices.values()))


async def _day_one(played: Played, hall: Hall, step: Callable[[str], None]) -> None:
    meeting, outcomes = played.meeting, played.outcomes

    async def one_comes_late(round_id: str) -> None:
        await moments.arrive_late(meeting, round_id)
        await hall.enter([moments.LATE])

    step("Day 1: 29 voters judge 10 evidence items")
    outcomes["evidence"] = await days.review_evidence(meeting, hall.voices, one_comes_late)
    step("Day 1: four groups at work, and their report")
    await groups.seat(meeting)
    played.apart = await groups.work(meeting, hall.voices)
    await groups.report_back(meeting)


async def _move(played: Played, hall: Hall, address: str) -> None:
    await hall.move(address)
    played.meeting.minute(
        "Overnight: a backup is restored on another machine; all come in by their old links."
    )


async def _day_two(played: Played, hall: Hall, step: Callable[[str], None]) -> None:
    meeting, voices, outcomes = played.meeting, hall.voices, played.outcomes
    step("Day 2: 36 proposals, written alone")
    await days.propose(meeting, voices)
    step("Day 2: merged into 14 areas")
    await days.cluster(meeting)
    await moments.not_what_i_meant(meeting)
    step("Day 2: rating, round 1")
    outcomes["rate1"] = await days.rate(meeting, moments.with_dead_laptop(meeting, voices), 1)
    step("Day 2: discussed behind closed doors")
    await moments.discuss_behind_closed_doors(meeting)
    await moments.run_late(meeting)
    step("Day 2: rating, round 2")
    outcomes["rate2"] = await days.rate(meeting, voices, 2)
    for number in (1, 2):
        played.wrong += check.ratings(meeting, number, outcomes[f"rate{number}"])
    step("Day 2: ranking")
    outcomes["rank"] = await days.rank(meeting, voices)
    round_id = outcomes["rank"]["round"]
    outcomes["borda"] = await meeting.run.get(f"rounds/{round_id}/outcome", method="borda")
    played.wrong += check.ranking(meeting, outcomes["rank"], outcomes["borda"])


async def _day_three(played: Played, hall: Hall, step: Callable[[str], None]) -> None:
    meeting, outcomes = played.meeting, played.outcomes
    step("Day 3: 27 responses, chosen by approval")
    await days.respond(meeting)
    voices = await moments.leave(meeting, hall.voices)
    outcomes["choose"] = await days.choose(meeting, voices)
    played.wrong += check.approvals(meeting, outcomes["choose"])
    step("Day 3: of 378 cells the plausible ones, each rated by a few")
    await cells.nominate(meeting, voices)
    outcomes["cells"] = await cells.rate(meeting, voices)
    step("Day 3: the matrix is written")
    played.rows = await days.write_matrix(meeting, outcomes["choose"])
    step("Day 3: read, flagged, reworded, decided")
    played.rulings = await days.agree(meeting)


async def _export(played: Played, folder: Path) -> None:
    for name, extension in FORMATS.items():
        content = await played.meeting.run.client.get(
            f"{played.meeting.path}/export",
            params={"format": name},
            headers=played.meeting.run.headers,
        )
        content.raise_for_status()
        file = folder / f"matrix.{extension}"
        file.write_bytes(content.content)
        played.files.append(file)
