"""A whole meeting in real browsers, by hand alone: from an empty database to the exported matrix.

Every page is seen over plain HTTP under a host name, as a hall sees it. Nothing here calls the API
or touches the database; the hands are in `hands/`, the minutes in `by_hand/`.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.e2e.by_hand import day_one, day_three, day_two, files_told, laying_out
from tests.e2e.hands import Desk
from tests.support.nursery import Spawn
from tests.support.postgresql import free_port
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.long]


@pytest.fixture
def hall(home: Path, nursery: Spawn, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server with an empty database, whose links name a host that only this browser resolves."""
    port = free_port()
    monkeypatch.setenv("PUBLIC_URL", f"http://hall.test:{port}")
    server = Server(home, port, spawn=nursery)
    server.start()
    yield server
    server.stop()


def owner_link(hall: Server) -> str:
    """The link that the server printed for its owner."""
    line = next(line for line in hall.output.splitlines() if line.startswith("organiser"))
    return line.split()[1]


async def test_a_meeting_by_hand(hall: Server, browser: Browser, tmp_path: Path) -> None:
    organiser = await Desk.opens(browser, owner_link(hall))
    await laying_out.create(organiser)
    await laying_out.list_the_people(organiser, tmp_path)
    await laying_out.lay_the_agenda(organiser, tmp_path)
    meeting = await laying_out.hand_out_the_links(browser, tmp_path, organiser)

    await day_one.take_seats(meeting)
    await day_one.review_the_evidence(meeting)
    await day_one.react(meeting)

    await day_two.propose(meeting)
    await day_two.cluster(meeting)
    await day_two.add_what_was_prepared(meeting)
    await day_two.rate_twice(meeting)
    await day_two.rank(meeting)

    await day_three.respond(meeting)
    await day_three.choose(meeting)
    await day_three.write_the_matrix(meeting)
    await day_three.read_and_flag(meeting)
    await day_three.rule(meeting)
    await day_three.conclude(meeting)

    files = await files_told.take_them(meeting)
    files_told.the_document_tells_all(files["docx"])
    files_told.the_tables_agree(files)
    assert meeting.complaints == []
    assert "Traceback" not in hall.output
