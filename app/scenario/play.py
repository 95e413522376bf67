"""The main job without hands: the whole meeting against a running server, over real websockets."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from app.scenario import check, days, files
from app.scenario.house import House
from app.scenario.meeting import Meeting, lay_out
from app.scenario.voices import Spoken

FORMATS = {
    "xlsx": "xlsx", "docx": "docx", "pdf": "pdf", "csv": "csv", "grid.csv": "grid.csv",
    "json": "json", "ics": "ics", "preflib": "toi", "html": "html", "bundle": "zip",
}  # fmt: skip


@dataclass
class Played:
    """What a played meeting came to. `wrong` names every figure that is not as expected."""

    meeting: Meeting
    outcomes: dict[str, Any] = field(default_factory=dict)
    rulings: dict[str, int] = field(default_factory=dict)
    rows: int = 0
    files: list[Path] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


async def play(
    address: str, owner_token: str, folder: Path, step: Callable[[str], None] = lambda _: None
) -> Played:
    """Play from import to exported matrix into an existing folder; `step` is told each stage.

    Raises ScenarioError where the server refuses something.
    """
    async with httpx.AsyncClient(base_url=f"{address}/api/v1", timeout=60) as client:
        owner = House(client, owner_token)
        step("Workshop, people, agenda, evidence")
        meeting = await lay_out(owner)
        voices = await _enter(address, meeting)
        try:
            return await _three_days(Played(meeting), voices, folder, step)
        finally:
            await asyncio.gather(*(voice.leave() for voice in voices.values()))


async def _enter(address: str, meeting: Meeting) -> dict[str, Spoken]:
    url = address.replace("http", "ws", 1) + f"/ws/workshops/{meeting.id}"
    voices = {who: Spoken(url, meeting.entries[who]) for who in files.voters()}
    await asyncio.gather(*(voice.arrive() for voice in voices.values()))
    return voices


async def _three_days(
    played: Played, voices: dict[str, Spoken], folder: Path, step: Callable[[str], None]
) -> Played:
    meeting, outcomes = played.meeting, played.outcomes
    step("Day 1: 29 voters judge 10 evidence items")
    outcomes["evidence"] = await days.review_evidence(meeting, voices)
    step("Day 2: 36 proposals, written alone")
    await days.propose(meeting, voices)
    step("Day 2: merged into 14 areas")
    await days.cluster(meeting)
    for number in (1, 2):
        step(f"Day 2: rating, round {number}")
        outcomes[f"rate{number}"] = await days.rate(meeting, voices, number)
        played.wrong += check.ratings(meeting, number, outcomes[f"rate{number}"])
        if number == 1:
            await days.discuss(meeting)
    step("Day 2: ranking")
    outcomes["rank"] = await days.rank(meeting, voices)
    round_id = outcomes["rank"]["round"]
    outcomes["borda"] = await meeting.run.get(f"rounds/{round_id}/outcome", method="borda")
    played.wrong += check.ranking(meeting, outcomes["rank"], outcomes["borda"])
    step("Day 3: 27 responses, chosen by approval")
    await days.respond(meeting)
    outcomes["choose"] = await days.choose(meeting, voices)
    played.wrong += check.approvals(meeting, outcomes["choose"])
    step("Day 3: the matrix is written")
    played.rows = await days.write_matrix(meeting, outcomes["choose"])
    step("Day 3: read, flagged, reworded, decided")
    played.rulings = await days.agree(meeting)
    step("Exports")
    await _export(played, folder)
    return played


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
