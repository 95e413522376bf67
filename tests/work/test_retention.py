"""Once the day is over nobody is remembered, once, and everything counted still verifies."""

import asyncio
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import func, select

from app.actions.exports import ask_export
from app.actions.mail import send_links
from app.actions.people import change_person
from app.actions.private_notes import keep_private_note
from app.actions.workshops import change_workshop
from app.db import Database
from app.errors import Refused
from app.formats import verify
from app.models import LogLine, LogSalt, MadeExport, PrivateNote, Task, Token
from app.queries.workshops import workshop
from app.work.loop import Work
from tests.bundle.conftest import export, met
from tests.bundle.test_erased import CANARY, _counted, _everything
from tests.support.clocks import standing
from tests.support.house import House
from tests.support.meeting import Meeting

DAY = date(2031, 5, 20)
# 20 May ends in Bangkok at 17:00 UTC.
JUST_BEFORE, JUST_AFTER = "2031-05-20T16:59:59Z", "2031-05-20T17:00:00Z"


async def remembering(database: Database) -> Meeting:
    """A meeting with names, addresses, a note, a file and mail on its way."""
    made = await met(database)
    here, run = made.workshop_id, made.facilitator
    for voter in made.voters:
        named = {"label": f"{CANARY} {voter}", "email": f"{voter}@zebulon.test"}
        await database.change(here, change_person, run, voter, 1, named)
    await database.change(here, keep_private_note, made.actor(made.voters[0]), CANARY)
    await database.change(here, send_links, run, None, "https://meeting.example.org")
    await database.change(here, ask_export, run, "xlsx", "en")
    rule = {"retain_until": DAY, "time_zone": "Asia/Bangkok", "annex": True}
    await database.change(here, change_workshop, run, await _version(made), rule)
    return made


async def _version(made: Meeting) -> int:
    return int((await made.db.read(workshop, made.workshop_id)).version)


async def test_everybody_is_forgotten_once(database: Database, tmp_path: Path) -> None:
    made = await remembering(database)
    others = [Database(database.url, database.secret) for _ in range(2)]
    workers = [Work(db) for db in (database, *others)]
    await workers[0].tasks()  # the file is made; mail can't be sent here
    before = await export(made)

    with standing(JUST_BEFORE):
        await asyncio.gather(*(worker.once() for worker in workers))
        assert CANARY in await database.read(_everything)
    with standing(JUST_AFTER):
        await asyncio.gather(*(worker.once() for worker in workers))
        assert CANARY not in await database.read(_everything)
        assert "zebulon.test" not in await database.read(_everything)
        await asyncio.gather(*(worker.once() for worker in workers))
    for db in others:
        await db.close()

    kinds = await database.read(lambda conn: conn.execute(select(LogLine.kind)).scalars().all())
    assert Counter(kinds)["people_forgotten"] == 1
    assert await database.read(_left) == [0] * 5
    after = await export(made)
    assert CANARY.encode() not in after
    assert _counted(after) == _counted(before) != {}
    (tmp_path / "after.zip").write_bytes(after)
    assert verify.verify(str(tmp_path / "after.zip"))[0] == []


def _left(conn: Any) -> list[int]:
    """What should be none: files, tasks, notes, salts, doors of people that open."""
    doors = select(func.count()).where(Token.participant_id != None, Token.revoked_at == None)  # noqa: E711
    counts = [
        conn.execute(select(func.count()).select_from(table)).scalar_one()
        for table in (MadeExport, Task, PrivateNote, LogSalt)
    ]
    return [*counts, conn.execute(doors).scalar_one()]


async def test_a_day_that_is_over_is_refused(database: Database) -> None:
    made = await met(database)
    here, run, version = made.workshop_id, made.facilitator, await _version(made)
    fields = {"retain_until": DAY}
    with standing("2031-05-20T00:00:00Z"):
        with pytest.raises(Refused) as refused:
            await made.db.change(here, change_workshop, run, version, fields)
        assert refused.value.code == "bad_retention"
        later = {"retain_until": DAY + timedelta(days=1)}
        await made.db.change(here, change_workshop, run, version, later)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_desk_warns_two_weeks_before(house: House) -> None:
    owner, page = house.owner, f"/w/{house.id}/desk/people"
    with standing("2031-05-01T00:00:00Z"):
        changed = await owner.patch(house.at, {"retain_until": str(DAY)}, 1)
        assert changed.json()["retain_until"] == str(DAY)
    said = {}
    for day in ("2031-05-05T16:59:00Z", "2031-05-05T17:01:00Z", "2031-05-18T18:00:00Z"):
        with standing(day):
            said[day] = (await owner.get(page)).text.partition('id="retention">')[2][:60]
    assert list(said.values()) == [
        "", "Once May 20, 2031 is over, in 14 days, who took part is eras",
        "Once May 20, 2031 is over, tomorrow, who took part is erased",
    ]  # fmt: skip
    with standing(JUST_AFTER):
        await house.app.state.work.once()
        assert "Who took part was erased on" in (await owner.get(page)).text
        kept = await owner.patch(house.at, {"retain_until": ""}, 3)
        assert (kept.json()["retain_until"], kept.json()["forgotten_at"]) == (None, None)
