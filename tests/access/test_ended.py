"""After the end nothing changes any more: every command is refused in one sentence to every role
that could do it before; what was named as going on goes on."""

import httpx
import pytest

from app.db import ENDED
from tests.access.place import Place
from tests.access.table import ROLES, TABLE
from tests.access.test_access import ask, by, code_of
from tests.support.house import House

# Reading and trying out, doors and devices, files, erasing people, the end itself once more, and
# what is done outside the meeting.
GOES_ON = """
POST /api/v1/tokens
POST /api/v1/workshops
POST /api/v1/workshops/{workshop_id}/tokens
DELETE /api/v1/tokens/{token_id}
POST /api/v1/tokens/{token_id}/rotation
POST /api/v1/workshops/{workshop_id}/exports
POST /api/v1/workshops/{workshop_id}/end
DELETE /api/v1/workshops/{workshop_id}/participants/{participant_id}/particulars
POST /w/{workshop_id}/mine/alike
POST /join/{code}
POST /leave
""".strip().splitlines()
# A ballot for a round that has closed hears of the close, and when it was.
LATE = "POST /api/v1/rounds/{round_id}/ballots"
# What is refused before the meeting is looked at: no file came, or there is no mail server.
UNREAD = (
    "POST /api/v1/workshops/{workshop_id}/import/{noun}",
    "POST /api/v1/workshops/{workshop_id}/mail",
)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Who may does not depend on the database."""
    return sqlite_url


async def test_nothing_changes_after_the_end(house: House) -> None:
    place = Place(house)
    await place.fill()
    await place.bring_to("ended")
    await house.app.state.work.once()  # counts what the end has closed
    before = (await house.owner.get(house.at)).json()
    wrong = []
    for row in _changing():
        for role in (one for one in ROLES if one in TABLE[row]):
            answer = await ask(place, row, by(place, role))
            if answer.status_code != 409 or not _says_so(row, answer):
                wrong.append(f"{role} {row}: {answer.status_code} {answer.text[:200]}")
    assert "\n".join(wrong) == ""
    after = (await house.owner.get(house.at)).json()
    assert (after["seq"], after["head"]) == (before["seq"], before["head"])
    await _what_goes_on(house)


def _says_so(row: str, answer: httpx.Response) -> bool:
    """One sentence; whoever knocks at the door or votes too late has one of their own."""
    if row == LATE and code_of(answer) == "poll_closed":
        return True
    return ENDED in answer.text or (row.endswith("/join") and code_of(answer) == "ended")


async def _what_goes_on(house: House) -> None:
    """Files, and forgetting people: the day can be set, a person erased, the log still reads on."""
    for format_ in ("json", "csv"):
        file = await house.owner.get(f"{house.at}/export?format={format_}")
        assert file.status_code == 200
    now = (await house.owner.get(house.at)).json()
    day = await house.owner.patch(house.at, {"retain_until": "2999-01-01"}, now["version"])
    assert day.status_code == 200, day.text
    place = await house.owner.patch(house.at, {"place": "Elsewhere"}, now["version"] + 1)
    assert place.json()["error"]["code"] == "ended"
    async with house.owner.client() as client:
        people = {"file": ("people.csv", b"label\nLate\n")}
        imported = await client.post(f"/api/v1{house.at}/import/people", files=people)
    assert code_of(imported) == "ended"
    path = f"{house.at}/participants/{house.people['observer']['id']}/particulars"
    async with house.owner.client() as client:
        erased = await client.delete(f"/api/v1{path}", headers={"If-Match": "1"})
    assert erased.status_code == 204, erased.text
    log = (await house.owner.get(f"{house.at}/log?after={now['seq']}")).json()["items"]
    assert [line["kind"] for line in log] == ["workshop_changed", "participant_erased"]


def _changing() -> list[str]:
    """Every command of HTTP that changes a meeting."""
    return [
        row
        for row in TABLE
        if not row.startswith(("GET ", "WS ")) and row not in (*GOES_ON, *UNREAD)
    ]
