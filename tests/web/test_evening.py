"""Tonight, the next morning, and the count of those who were not heard yet."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col

from app.db import Done, Tx
from app.models import Token
from app.policy import SYSTEM, Actor
from tests.support.house import House
from tests.support.table import Drafting


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The database makes no difference here."""
    return sqlite_url


async def page(house: House, name: str, role: str = "participant") -> str:
    answer = await house.by(role).get(f"/w/{house.id}/{name}")
    assert answer.status_code == 200, answer.text
    return answer.text


def part(html: str, id_: str) -> str:
    """The words of one section of a page."""
    found = html.partition(f'id="{id_}"')[2].partition("</section>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", found.partition(">")[2]).split())


async def evening(drafting: Drafting) -> dict[str, Any]:
    """A row adopted, one held up by a flag, one that nothing stands against; an open round; a
    proposal that was sent back; a matter parked."""
    house = drafting.house
    cells = [await drafting.cell(0, 0), await drafting.cell(0, 1), await drafting.cell(1, 1)]
    assert (await drafting.decide("consensus", cells[0])).status_code == 201
    flag = await drafting.flag(cells[1]["id"], "pending", text="We must ask")
    await house.owner.post(f"{house.at}/parking", {"text": "Who pays?"})
    body = {"type": "rate", "title": "How important?", "options": ["Lamps"]}
    activity = (await house.owner.post(f"{house.at}/activities", body)).json()
    opened = (await house.owner.post(f"/activities/{activity['id']}/open")).json()
    return {"cells": cells, "flag": flag, "round": opened, "activity": activity}


async def test_the_day_stands_on_one_page_and_each_sees_what_they_owe(drafting: Drafting) -> None:
    made = await evening(drafting)
    own, all_ = await page(drafting.house, "tonight"), "facilitator"
    assert "Train border posts together Consensus" in part(own, "tonight-decided")
    open_ = part(own, "tonight-open")
    for words in ("How important?", "Share case files", "yours We must ask", "still parked: 1"):
        assert words in open_
    assert "Who pays?" not in open_
    owed = part(own, "tonight-own")
    assert "An answer is awaited: “How important?”" in owed
    assert "Position reserved pending instructions: “Share case files”" in owed
    assert 'id="tonight-all"' not in own
    run = await page(drafting.house, "tonight", all_)
    assert "Who pays?" in part(run, "tonight-open")
    everyone = part(run, "tonight-all")
    assert "Participant An answer is awaited: “How important?”" in everyone
    assert "Somebody who is not named Position reserved pending" in everyone
    assert "Chair Rows to rule on: 2" in everyone
    assert "Rows to rule on: 2" in part(
        await page(drafting.house, "tonight", "chair"), "tonight-own"
    )
    assert "Nothing waits for you." in part(
        await page(drafting.house, "tonight", "observer"), "tonight-own"
    )
    named = {"named": True}
    await drafting.by("participant").patch(f"{drafting.at}/flags/{made['flag']['id']}", named, 1)
    again = part(await page(drafting.house, "tonight", all_), "tonight-all")
    assert "Participant Position reserved pending" in again


async def test_a_confidential_round_names_nobody_who_owes_an_answer(house: House) -> None:
    body = {"type": "rate", "title": "Secretly?", "options": ["Lamps"],
            "settings": {"secrecy": "confidential"}}  # fmt: skip
    activity = (await house.owner.post(f"{house.at}/activities", body)).json()
    assert (await house.owner.post(f"/activities/{activity['id']}/open")).status_code == 201
    everyone = part(await page(house, "tonight", "facilitator"), "tonight-all")
    assert "Somebody who is not named Answers awaited, at most" in everyone
    assert "Participant" not in everyone


def _left(tx: Tx, _actor: Actor, person: str, days: int) -> Done:
    """As if a person's devices had been seen so many days ago for the last time."""
    then = tx.now - timedelta(days=days)
    tx.conn.execute(update(Token).where(col(Token.participant_id) == person).values(seen_at=then))
    return Done()


async def test_the_next_morning_tells_what_is_new_and_what_waits(drafting: Drafting) -> None:
    house = drafting.house
    made = await evening(drafting)
    person = str(house.people["participant"]["id"])
    assert 'id="morning-news"' not in await page(house, "room")
    await house.app.state.db.change(house.id, _left, SYSTEM, person, 1)
    for path in ("room", "mine/morning"):  # and once the device was seen today, again
        told = await page(house, path)
        assert "Adopted by consensus: “Train border posts together”" in told
        assert "Flags raised, changed or withdrawn: 1" in told
        assert "Position reserved pending instructions: “Share case files”" in told
    assert 'id="morning-news"' not in await page(house, "mine/morning", "chair")
    assert made["round"]["status"] == "open"


async def gather(house: House) -> list[Any]:
    """Six of the Sahel, two of the Gulf and six of the Andes, experts all, who have arrived."""
    people = [
        {"label": f"Person {n}", "roles": ["participant"], "capacity": "expert",
         "region": ["Gulf" if n < 2 else "Sahel" if n < 8 else "Andes"]}
        for n in range(14)
    ]  # fmt: skip
    made = (await house.owner.post(f"{house.at}/participants", people)).json()
    for person in made:
        await house.owner.get(f"/enter/{person['token']}")
    return [house.owner.as_(person["token"]) for person in made]


async def heard(house: House, people: list[Any], secrecy: str) -> str:
    """What the facilitator reads once one of the Gulf and one of the Sahel have voted."""
    body = {"type": "rate", "title": secrecy, "options": ["Lamps"],
            "settings": {"secrecy": secrecy}}  # fmt: skip
    activity = (await house.owner.post(f"{house.at}/activities", body)).json()
    round_ = (await house.owner.post(f"/activities/{activity['id']}/open")).json()
    rating = {"rating": {activity["options"][0]["id"]: 7}}
    ballot: dict[str, Any] = {"body": rating, "revision": 1}
    if secrecy == "secret":
        ballot["ballot_key"] = "k" * 32
    for voter in (people[0], people[2]):
        path = f"/rounds/{round_['id']}/ballots"
        cast = await voter.post(path, ballot, key=f"{secrecy} {voter.token}")
        assert cast.status_code == 200, cast.text
    return part(await page(house, "control", "facilitator"), "region-quiet")


async def test_the_quiet_count_tells_how_many_and_never_who(house: House) -> None:
    people = await gather(house)
    secretly = await heard(house, people, "secret")
    assert "This exercise is secret" in secretly
    assert "1 of" not in secretly  # nor is the vote in the day's count
    openly = await heard(house, people, "named")
    assert "Andes none of 6 yet Gulf 1 of 2 Sahel 1 of 6 Today" in openly
    hidden = "Andes none of 6 yet Gulf too few to say Sahel too few to say"
    assert f"{hidden} Today" in await heard(house, people, "confidential")
    now = (await house.owner.get(house.at)).json()["version"]
    await house.owner.patch(house.at, {"attribution": "region"}, now)
    strictly = part(await page(house, "control", "facilitator"), "region-quiet")
    assert strictly.count(hidden) == 2
    assert "Person" not in strictly
