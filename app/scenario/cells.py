"""Day 3, thriftily: which of the 378 cells are plausible, and how those are rated by a few each.

The files have ratings of areas and approvals of responses, but no rating of cells. Those are made
from them, by a rule that this page states.
"""

import asyncio
import hashlib
from collections.abc import Mapping
from functools import cache
from typing import Any

from app.scenario import files
from app.scenario.days import Voices, ballots, close_round, open_round
from app.scenario.meeting import Meeting
from app.scenario.moments import LEAVER

PLAUSIBLE = 7  # who would give a cell so much nominates it
Ratings = Mapping[str, Mapping[str, int | None]]  # voter → cell → value
SAME_COMPONENT = 2  # what a response loses in another area of its component
ELSEWHERE = 4
UNAPPROVED = 3
ACTIVITIES: dict[str, tuple[str, str, dict[str, Any]]] = {
    "nominate": (
        "choose",
        "Which responses are plausible for which areas?",
        {"secrecy": "confidential", "shortlist_from": 6},
    ),
    "rate_cells": (
        "rate",
        "How much would each of these do for its area?",
        {"secrecy": "confidential", "raters": 15,
         "stop_from": 9, "stop_iqr": 2, "stop_settled": True},
    ),
}  # fmt: skip


@cache
def every_cell() -> dict[str, tuple[dict[str, str], dict[str, str]]]:
    """All 14 areas with all 27 responses, by the scenario's own keys: "PA01-R01"."""
    return {
        f"{area['id']}-{response['id']}": (area, response)
        for area in files.rows("priority_areas")
        for response in files.rows("responses")
    }


@cache
def ratings() -> Ratings:
    """Every voter's rating of every cell: their rating of the area in round 2, less 3 if they did
    not approve the response in its own area. In another area it is less by 2 under the same
    component and by 4 elsewhere, for it was not written for there. One point up or down is noise,
    drawn from the names. No opinion on the area is none on its cells."""
    areas, approved = files.ratings(2), files.approvals()
    of = {row["id"]: row["component_id"] for row in files.rows("priority_areas")}
    found: dict[str, dict[str, int | None]] = {}
    for voter in files.voters():
        found[voter] = {}
        for cell, (area, response) in every_cell().items():
            given, home = areas[voter].get(area["id"]), response["priority_area_id"]
            near = of[home] == area["component_id"]
            away = 0 if home == area["id"] else SAME_COMPONENT if near else ELSEWHERE
            worse = 0 if response["id"] in approved[voter] else UNAPPROVED
            value = int(given or 0) - worse - away + _noise(voter, cell)
            found[voter][cell] = max(1, min(9, value)) if given else None
    return found


def _noise(*names: str) -> int:
    """-1, 0 or 1, always the same for the same names."""
    return hashlib.sha256(" ".join(names).encode()).digest()[0] % 3 - 1


def plausible(voter: str) -> list[str]:
    """The cells that a voter nominates."""
    return [cell for cell, value in ratings()[voter].items() if (value or 0) >= PLAUSIBLE]


async def nominate(meeting: Meeting, voices: Voices) -> dict[str, Any]:
    """Everybody still here ticks what they hold plausible; what is shortlisted is sent on."""
    ids = _ids(meeting)
    pairs = [one.split("-") for one in ids.values()]
    options = [{"area": area, "response": response} for area, response in pairs]
    for name, (kind, question, settings) in ACTIVITIES.items():
        body = {
            "type": kind,
            "title": question,
            "settings": settings,
            "agenda_item": meeting.items[12],
            "options": options if name == "nominate" else [],
        }
        made = await meeting.run.post(f"{meeting.path}/activities", body)
        meeting.activities[name] = made["id"]
    bodies = {
        who: {"approval": [ids[cell] for cell in plausible(who)]}
        for who in ratings()
        if who != LEAVER
    }
    outcome = await ballots(meeting, voices, "nominate", bodies)
    path = f"rounds/{outcome['round']}/send-on"
    await meeting.run.post(path, {"activity": meeting.activities["rate_cells"]})
    return outcome


async def rate(meeting: Meeting, voices: Voices) -> dict[str, Any]:
    """Everybody rates the cells that are put to them, and no others."""
    keys = {one: key for key, one in _ids(meeting).items()}
    round_id = await open_round(meeting, "rate_cells")

    async def answer(who: str) -> None:
        seat = meeting.owner.as_(meeting.entries[who])
        asked = (await seat.get(f"rounds/{round_id}"))["asked"]
        body = {"rating": {cell: ratings()[who][keys[cell]] for cell in asked}}
        await voices[who].cast(round_id, body)

    await asyncio.gather(*(answer(who) for who in ratings() if who != LEAVER))
    return await close_round(meeting, round_id)


def _ids(meeting: Meeting) -> dict[str, str]:
    """The server's id of each cell: its area's and its response's."""
    return {
        cell: f"{meeting.areas[area['id']]}-{meeting.responses[response['id']]}"
        for cell, (area, response) in every_cell().items()
    }
