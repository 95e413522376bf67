"""The drill: in the evening the owner takes the whole meeting from the page's file; on a second
machine it is restored, and goes on where it stood, by everyone's old link."""

import asyncio
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.scenario.house import House, ScenarioError
from app.scenario.voices import Spoken
from tests.support.gathering import Gathering, gathering
from tests.support.servers import Server

pytestmark = pytest.mark.server


async def test_restored_on_a_second_machine_it_goes_on(
    serve: Callable[..., Server], tmp_path: Path
) -> None:
    first = serve()
    file = tmp_path / "evening-of-day-1.zip"
    async with gathering(first, people=2) as here:
        round_ = await here.voting("rate")
        option = round_["options"][0]["id"]
        await cast(here.owner.as_(here.entries[0]), round_["id"], {"rating": {option: 9}})
        file.write_bytes(await whole_meeting(here))
        before = await here.run.get(f"{here.at}/log", limit=200)
    first.stop()

    second = await asyncio.to_thread(serve, restored=file)
    after = (await log_of(second, here))["items"]  # a server that starts makes fresh links
    assert before["items"] == after[: len(before["items"])]
    voice = Spoken(f"{second.url}/ws/workshops/{here.id}".replace("http", "ws"), here.entries[1])
    await voice.enter()
    await voice.cast(round_["id"], {"rating": {option: 5}})
    await voice.leave()
    async with httpx.AsyncClient(base_url=f"{second.url}/api/v1", timeout=30) as client:
        run = House(client, here.workshop["tokens"]["facilitator"])
        closed = await run.post(f"rounds/{round_['id']}/close", {})
        turnout = await run.get(f"rounds/{round_['id']}/turnout")
        assert (closed["status"], turnout["cast"], turnout["eligible"]) == ("closed", 2, 2)
        page = await client.get(f"{second.url}/enter/{here.entries[0]}", follow_redirects=True)
        assert page.status_code == 200
        assert "Expert 00" in page.text


async def test_nobody_but_the_owner_takes_it(serve: Callable[..., Server]) -> None:
    async with gathering(serve(), people=1) as here:
        for token in (here.token("organiser"), here.token("facilitator"), here.entries[0]):
            with pytest.raises(ScenarioError, match="403"):
                await here.owner.as_(token).post(f"{here.at}/exports", {"format": "backup"})
        assert zipfile.is_zipfile(io.BytesIO(await whole_meeting(here)))


async def whole_meeting(here: Gathering) -> bytes:
    """Asked for as the page asks, and taken once it is made."""
    asked = await here.owner.post(f"{here.at}/exports", {"format": "backup"})
    for _ in range(300):
        found = await here.owner.get(f"{here.at}/exports/{asked['id']}")
        if isinstance(found, bytes):
            return found
        await asyncio.sleep(0.1)
    raise AssertionError("it was not made within half a minute")


async def cast(voter: House, round_id: str, body: dict[str, Any]) -> None:
    await voter.post(f"rounds/{round_id}/ballots", {"body": body, "revision": 1})


async def log_of(server: Server, here: Gathering) -> Any:
    async with httpx.AsyncClient(base_url=f"{server.url}/api/v1", timeout=30) as client:
        return await House(client, here.workshop["tokens"]["organiser"]).get(
            f"{here.at}/log", limit=200
        )
