"""Files made in the background: for who asked alone, for a day, and as long as nothing hides."""

import hashlib
from datetime import timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from sqlmodel import select

from app import clock
from app.models import MadeExport, Task
from tests.support.clocks import standing
from tests.support.house import Caller, House


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue("sqlite_url"))


@pytest.fixture(autouse=True)
async def _nobody_else_works(house: House) -> None:
    """What is to be done is done when the test says so."""
    await house.app.state.work.stop()


async def made(house: House, caller: Caller, format_: str) -> str:
    """Ask for a file and have it made; its address."""
    asked = await caller.post(f"{house.at}/exports", {"format": format_})
    assert asked.status_code == 202, asked.text
    await house.app.state.work.tasks()
    return f"{house.at}/exports/{asked.json()['id']}"


async def test_a_file_is_asked_for_and_taken(house: House) -> None:
    chair = house.by("chair")
    asked = await chair.post(f"{house.at}/exports", {"format": "xlsx"}, key="once")
    again = await chair.post(f"{house.at}/exports", {"format": "xlsx"}, key="once")
    assert asked.json() == again.json() | {"status": "waiting", "done_at": None}
    await house.app.state.work.tasks()

    taken = await chair.get(f"{house.at}/exports/{asked.json()['id']}")
    assert taken.status_code == 200
    assert taken.headers["content-disposition"].endswith('.xlsx"')
    assert "Matrix" in openpyxl.load_workbook(BytesIO(taken.content)).sheetnames
    row = await house.app.state.db.read(lambda conn: conn.execute(select(MadeExport)).one())
    assert row.sha256 == hashlib.sha256(taken.content).hexdigest()
    (listed,) = (await chair.get(f"{house.at}/exports")).json()["items"]
    assert (listed["id"], listed["status"]) == (asked.json()["id"], "done")


async def test_a_second_person_finds_nothing(house: House) -> None:
    address = await made(house, house.by("chair"), "csv")
    for role in ("rapporteur", "facilitator", "organiser"):
        theirs = await house.by(role).get(address)
        nothing = await house.by(role).get(f"{house.at}/exports/{'a' * 20}")
        assert (theirs.status_code, _error(theirs)) == (404, _error(nothing))
        assert (await house.by(role).get(f"{house.at}/exports")).json()["items"] == []


async def test_who_lost_the_right_to_export_takes_nothing(house: House) -> None:
    chair, person = house.by("chair"), house.people["chair"]
    address = await made(house, chair, "csv")
    at = f"{house.at}/participants/{person['id']}"
    assert (await house.owner.patch(at, {"roles": ["observer"]}, 1)).status_code == 200
    assert (await chair.get(address)).status_code == 403


async def test_what_is_hidden_since_is_not_handed_out(house: House) -> None:
    chair = house.by("chair")
    address = await made(house, chair, "csv")
    changed = {"place": "Elsewhere"}
    assert (await house.owner.patch(house.at, changed, 1)).status_code == 200
    assert (await chair.get(address)).status_code == 200
    assert (await house.owner.patch(house.at, {"attribution": "none"}, 2)).status_code == 200
    refused = await chair.get(address)
    assert (refused.status_code, _error(refused)["code"]) == (409, "outdated")


async def test_a_file_that_can_not_be_says_why(house: House) -> None:
    address = await made(house, house.owner, "preflib")
    refused = await house.owner.get(address)
    assert (refused.status_code, _error(refused)["code"]) == (409, "nothing_to_export")
    (listed,) = (await house.owner.get(f"{house.at}/exports")).json()["items"]
    assert (listed["status"], listed["message"]) == ("failed", _error(refused)["message"])


async def test_after_a_day_it_is_gone(house: House) -> None:
    address = await made(house, house.owner, "csv")
    await made(house, house.owner, "preflib")
    db, work = house.app.state.db, house.app.state.work
    with standing(clock.now() + timedelta(hours=23)):
        await work.tasks()
        assert (await house.owner.get(address)).status_code == 200
    with standing(clock.now() + timedelta(hours=25)):
        await work.tasks()
        assert (await house.owner.get(address)).status_code == 404
    left = await db.read(lambda conn: [conn.execute(select(t)).all() for t in (Task, MadeExport)])
    assert left == [[], []]


async def test_who_waits_for_nine_files_takes_those_first(house: House) -> None:
    wish: Any = {"format": "csv"}
    said = [await house.owner.post(f"{house.at}/exports", wish) for _ in range(10)]
    assert [one.status_code for one in said] == [202] * 9 + [409]
    assert _error(said[-1])["code"] == "too_many"


def _error(answer: Any) -> Any:
    return {k: v for k, v in answer.json()["error"].items() if k != "ref"}
