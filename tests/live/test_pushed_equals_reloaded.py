"""Pushed equals reloaded: what a page holds after the pushes is what a fresh page would show.

The whole Bangkok meeting is played through the API. After each command the panels that its log
lines made stale are drawn anew, as the hub does; every so often all panels are drawn fresh and
compared. A kind that a panel forgot in its `stale_on` shows as a difference.
"""

from pathlib import Path
from typing import Any

import httpx
import pytest

from app.cli.client import owner_token
from app.db import Database
from app.main import create_app
from app.queries.record import SENTENCES
from app.scenario import days, files
from app.scenario.meeting import lay_out
from app.scenario.voices import Posted
from app.settings import Settings
from tests.live.watching import WatchedHouse, Watcher
from tests.live.what_else import everything_else

# What may stand in the record without a command: how a line reads to whom it is not for, and that
# the day came on which everybody was forgotten, those who watch here too.
UNSPOKEN = {"private", "people_forgotten"}


@pytest.mark.long
async def test_every_page_is_what_a_reload_would_show(home: Path, sqlite_url: str) -> None:
    app = create_app(Settings(home=home, database_url=sqlite_url))
    async with app.router.lifespan_context(app):
        db: Database = app.state.db
        token, _ = await owner_token(db)
        transport = httpx.ASGITransport(app)
        address = "http://consilience/api/v1"
        async with httpx.AsyncClient(transport=transport, base_url=address) as client:
            watcher = Watcher(db)
            owner = WatchedHouse(client, watcher, token)
            meeting = await lay_out(owner)
            await watcher.begin(meeting.id)
            await watcher.look()
            voters = files.voters()[:2] + files.voters()[-2:]
            await _play(owner, meeting, voters)
            await everything_else(owner, app.state.hub)
        assert watcher.wrong == []
        assert SENTENCES.keys() - watcher.kinds == UNSPOKEN


async def _play(owner: WatchedHouse, meeting: Any, voters: list[str]) -> None:
    """The three days with a few voters: the commands matter here, not the figures."""
    voices = {who: Posted(owner.as_(meeting.entries[who]), meeting.id) for who in files.voters()}
    few = {who: voices[who] for who in voters}
    await days.propose(meeting, voices)
    await days.cluster(meeting)
    for number in (1, 2):
        await days.go_to(meeting, 8 if number == 1 else 10)
        bodies = {
            who: {"rating": {meeting.areas[area]: value for area, value in given.items()}}
            for who, given in files.ratings(number).items()
            if who in few
        }
        await days.ballots(meeting, few, "rate", bodies)
        if number == 1:
            await days.discuss(meeting)
            await _focus(meeting)
    bodies = {who: body for who, body in days.ranking_bodies(meeting).items() if who in few}
    await days.ballots(meeting, few, "rank", bodies)
    await _reopen(meeting)
    await days.respond(meeting)
    chosen = {
        who: {"approval": [meeting.responses[one] for one in given]}
        for who, given in files.approvals().items()
        if who in few
    }
    await days.ballots(meeting, few, "choose", chosen)
    everything = {"winners": list(meeting.responses.values())}
    await days.write_matrix(meeting, everything)
    await days.agree(meeting)
    for by in (-1, -1, 1):
        await meeting.run.post(f"{meeting.path}/step", {"by": by})
    for show in ("join", "agenda", "blank", "question"):
        await meeting.run.put(f"{meeting.path}/screen", {"show": show})


async def _focus(meeting: Any) -> None:
    area = next(iter(meeting.areas.values()))
    path = f"activities/{meeting.activities['rate']}/focus"
    await meeting.run.post(path, {"focus": area})


async def _reopen(meeting: Any) -> None:
    activity = await meeting.run.get(f"activities/{meeting.activities['rank']}")
    path = f"rounds/{activity['rounds'][-1]['id']}"
    await meeting.run.post(f"{path}/reopen", {"reason": "One laptop had failed"})
    await meeting.run.post(f"{path}/close", {"countdown": 60})
    await meeting.run.post(f"{path}/keep-open")
    await meeting.run.post(f"{path}/close", {"countdown": 0})
