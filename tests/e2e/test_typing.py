"""Nobody who is typing is disturbed: not by 20 ballots a second from others, not by a reload, not
by a server that is killed and started again. And meanwhile no answer of the others is lost."""

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import closing

import pytest
from playwright.async_api import Browser

from tests.e2e.forms import CONTROL, DESK, DOOR, FORMS, OWN, ROOM, Form, Prepare
from tests.e2e.typist import Typist, sit
from tests.support.crowd import Crowd, check_record, crowd
from tests.support.gathering import Gathering, furnish, gathering
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.long]

# Several people at once share one killed server, so that all forms fit into two minutes.
TABLES = {
    "room": ROOM[:6], "more room": [*ROOM[6:], *OWN], "control": CONTROL, "desk": [*DESK, *DOOR],
}  # fmt: skip
A_WHILE = 10  # lines of the log that a page must hear of

Scene = list[tuple[Typist, Crowd]]


@pytest.mark.parametrize("forms", TABLES.values(), ids=TABLES.keys())
async def test_for_a_moment(forms: Sequence[Form], server: Server, browser: Browser) -> None:
    await _undisturbed(forms, server, browser, seconds=2)


@pytest.mark.soak
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
async def test_for_half_a_minute(form: Form, server: Server, browser: Browser) -> None:
    await _undisturbed([form], server, browser, seconds=30)


async def _undisturbed(
    forms: Sequence[Form], server: Server, browser: Browser, seconds: float
) -> None:
    """Half of the words, a reload, the other half while the server dies and comes back, send."""
    async with _seated(forms, server, browser) as scene:
        typists = [typist for typist, _ in scene]
        await asyncio.gather(*(one.press(slice(one.half), seconds / 2) for one in typists))
        await _nothing_moves(scene)
        before = [await one.look() for one in typists]
        await asyncio.gather(*(one.reload() for one in typists))
        after = [await one.look() for one in typists]
        assert [look["still"] for look in after] == [look["still"] for look in before]

        rest = [one.press(slice(one.half, None), seconds / 2) for one in typists]
        typing = asyncio.gather(*rest)
        await asyncio.to_thread(server.kill)
        await asyncio.to_thread(server.start)
        await typing
        await _nothing_moves(scene)
        written = [one for one in typists if not one.form.keys]
        assert [await one.field.input_value() for one in written] == [
            one.form.typed for one in written
        ]
        for one in typists:
            if one.form.button:
                await one.send()
            await one.page.context.close()  # the fewer are left, the sooner the next is done
        sent = [one.form for one in typists if one.form.kept]
        assert [(form.name, _times_kept(server, form)) for form in sent] == [
            (form.name, 1) for form in sent
        ]
        assert [one.complaints for one in typists] == [[] for _ in typists]
    for _, others in scene:
        await check_record(others)


@contextlib.asynccontextmanager
async def _seated(forms: Sequence[Form], server: Server, browser: Browser) -> AsyncIterator[Scene]:
    """A person before each form, and a workshop with its crowd for each step of a meeting."""
    async with contextlib.AsyncExitStack() as stack:
        steps: dict[Prepare | None, tuple[Gathering, Crowd]] = {}
        scene: Scene = []
        for form in forms:
            if form.prepare not in steps:
                here = await stack.enter_async_context(gathering(server))
                await furnish(here)
                steps[form.prepare] = here, await stack.enter_async_context(crowd(here))
                if form.prepare:
                    await form.prepare(here)
            here, others = steps[form.prepare]
            scene.append((await sit(browser, here, form, seat=len(scene)), others))
        for _, others in steps.values():
            others.begin()
        yield scene


async def _nothing_moves(scene: Scene) -> None:
    """The caret stands in the middle of the words while ballots arrive; nothing else changes. All
    others have answered by then: lists of those who have not, or are cut off, grow shorter."""
    await asyncio.gather(*(_does_not_move(typist, others) for typist, others in scene))


async def _does_not_move(typist: Typist, others: Crowd) -> None:
    if not typist.form.keys:
        await typist.page.keyboard.press("ArrowLeft")
    await typist.recorded()
    await typist.hear(await others.all_answer())
    before = await typist.look()
    assert (typist.form.name, before["focus"][0]) != (typist.form.name, "BODY")
    heard = max(number for voter in others.voters for number in voter.acknowledged)
    await typist.hear(heard + A_WHILE)
    assert (typist.form.name, await typist.look()) == (typist.form.name, before)
    if not typist.form.keys:
        await typist.page.keyboard.press("ArrowRight")


def _times_kept(server: Server, form: Form) -> int:
    """How often the database holds the words that were sent."""
    table, column = form.kept.split(".")
    path = server.home / "consilience.db"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        query = f"SELECT count(*) FROM {table} WHERE {column} = ?"
        return int(database.execute(query, [form.typed]).fetchone()[0])
