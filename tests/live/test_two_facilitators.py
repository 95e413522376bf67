"""Two people run the meeting at once: of two changes of one version, or two steps of one state,
exactly one is made, and the other is refused with a sentence."""

import asyncio
from typing import Any

import httpx
import pytest

from tests.support.meeting import Meeting
from tests.support.soaking import Saw
from tests.support.sockets import House

# A step, and what it is refused with once it has been made. A fourth race is one of edits.
STEPS = {"open": "not_planned", "close": "not_open", "reopen": "not_closed"}


@pytest.mark.parametrize("races", [8, pytest.param(200, marks=pytest.mark.soak)])
async def test_one_of_two_wins(house: House, saw: Saw, races: int) -> None:
    room = await house.meeting(states=0, experts=3)
    async with await facilitator(house, room) as one, await facilitator(house, room) as other:
        for n in range(0, races, len(STEPS) + 1):
            planned = await one.post(f"/activities/{room.activity_id}/rounds", json={})
            for kind in STEPS:
                await race(one, other, kind, f"/rounds/{planned.json()['id']}/{kind}")
            await race_of_edits(one, other, f"/activities/{room.activity_id}", f"Title {n}")
            await one.post(f"/rounds/{planned.json()['id']}/close", json={})
    saw(races, "one made, the other 409 with a sentence, in all")


async def facilitator(house: House, room: Meeting) -> httpx.AsyncClient:
    token = await house.token(room.workshop_id, role="facilitator")
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.AsyncClient(base_url=f"{house.origin}/api/v1", headers=headers, timeout=30)


async def race(one: httpx.AsyncClient, other: httpx.AsyncClient, kind: str, path: str) -> None:
    """Both take the round's next step."""
    body = {"reason": "One more."} if kind == "reopen" else {}
    both = await asyncio.gather(one.post(path, json=body), other.post(path, json=body))
    refused_with(STEPS[kind], list(both))


async def race_of_edits(
    one: httpx.AsyncClient, other: httpx.AsyncClient, path: str, title: str
) -> None:
    """Both change what they read in the same version; who lost is told what stands there now."""
    version = {"If-Match": str((await one.get(path)).json()["version"])}
    both = await asyncio.gather(
        one.patch(path, json={"title": f"{title} of one"}, headers=version),
        other.patch(path, json={"title": f"{title} of the other"}, headers=version),
    )
    won, error = refused_with("edited_meanwhile", list(both))
    assert error["current"]["title"] == won["title"] == (await one.get(path)).json()["title"]


def refused_with(code: str, both: list[httpx.Response]) -> tuple[Any, Any]:
    """What the winner was answered, and the loser's error."""
    won, lost = sorted(both, key=lambda answer: answer.status_code)
    error = lost.json()["error"]
    assert (won.is_success, lost.status_code, error["code"]) == (True, 409, code), won.text
    assert error["message"].endswith(".")
    return won.json(), error
