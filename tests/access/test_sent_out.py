"""While an item that is closed to observers runs, an observer is told when to come back, and
nothing else, whatever they ask; as soon as it is over they are in again."""

import pytest

from tests.access.place import Place
from tests.access.table import TABLE
from tests.access.test_access import ask
from tests.leaks.test_frames import serving
from tests.support.house import House
from tests.support.sockets import Visitor

OPEN_TO_ALL = [row for row, who in TABLE.items() if "nobody" in who]
THEIRS = [row for row, who in TABLE.items() if "observer" in who and row not in OPEN_TO_ALL]


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Who may does not depend on the database."""
    return sqlite_url


async def closed(house: House) -> tuple[str, str]:
    """Two items, the first one closed to observers and begun."""
    items = [
        {"day": 1, "start": "09:00", "end": "10:00", "title": "In private",
         "closed_to_observers": True},
        {"day": 1, "start": "10:00", "end": "11:00", "title": "In public"},
    ]  # fmt: skip
    first, second = (await house.owner.post(f"{house.at}/agenda", items)).json()
    await house.by("facilitator").post(f"{house.at}/agenda/{first['id']}/start")
    return first["id"], second["id"]


async def test_every_route_says_only_when_to_return(house: House) -> None:
    place = Place(house)
    await place.fill()
    await closed(house)
    observer = house.by("observer")
    assert len(THEIRS) > 25
    wrong = []
    for row in TABLE:
        if row in OPEN_TO_ALL or row.startswith("WS "):
            continue
        answer = await ask(place, row, observer)
        told = answer.status_code == 409 and "closed_to_observers" in answer.text
        page = answer.status_code == 409 and "Closed to observers. You may return" in answer.text
        if (row in THEIRS and not (told or page)) or answer.status_code < 400:
            wrong.append(f"{row}: {answer.status_code}")
        if "In private" in answer.text or "A claim" in answer.text:
            wrong.append(f"{row} tells more")
    assert wrong == []


async def test_the_page_says_when_and_asks_again_by_itself(house: House) -> None:
    first, second = await closed(house)
    observer, run = house.by("observer"), house.by("facilitator")
    room = f"/w/{house.id}/room"
    out = await observer.get(room)
    assert (out.status_code, out.headers["refresh"]) == (409, "15")
    assert "planned for" in out.text
    assert [(await house.by(role).get(room)).status_code for role in ("chair", "interpreter")] == [
        200,
        200,
    ]
    await run.post(f"{house.at}/agenda/{first}/finish")
    assert (await observer.get(room)).status_code == 200
    await run.post(f"{house.at}/agenda/{first}/start")
    assert (await observer.get(room)).status_code == 409
    await run.post(f"{house.at}/agenda/{second}/start")
    assert (await observer.get(room)).status_code == 200


async def test_closed_items_in_a_row_are_one_absence(house: House) -> None:
    first, second = await closed(house)
    item = (await house.owner.get(f"{house.at}/agenda/{second}")).json()
    before = (await house.by("observer").get(f"{house.at}/agenda")).json()["error"]["until"]
    path = f"{house.at}/agenda/{second}"
    await house.owner.patch(path, {"closed_to_observers": True}, item["version"])
    after = (await house.by("observer").get(f"{house.at}/agenda")).json()["error"]["until"]
    assert (int(after[11:13]) - int(before[11:13])) % 24 == 1
    assert first != second


async def test_an_open_page_is_left_and_none_can_be_opened(house: House) -> None:
    items = {"day": 1, "start": "08:00", "end": "09:00", "title": "Before"}
    await house.owner.post(f"{house.at}/agenda", items)
    async with serving(house.app) as served:
        observer, voter = [Visitor(await served.connect(house.id)) for _ in range(2)]
        for visitor, role in ((observer, "observer"), (voter, "participant")):
            await visitor.hello(token=house.by(role).token, page="room", **{"as": "data"})
            await visitor.next("welcome")
        await closed(house)
        assert await observer.closed() == 4423
        await voter.next("changed")
        late = Visitor(await served.connect(house.id))
        await late.hello(token=house.by("observer").token, page="room", **{"as": "data"})
        refused = await late.next("refused")
        assert refused["code"] == "closed_to_observers"
        assert await late.closed() == 4423
        await voter.leave()
