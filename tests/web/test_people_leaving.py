"""Who has done nothing can be taken off the list; who took part stays on it."""

import secrets
from typing import Any

from sqlalchemy import Connection
from sqlmodel import select

from app.models import Admission
from tests.support.house import House
from tests.support.table import Drafting, code


async def take_off(house: House, person: Any, role: str = "organiser") -> Any:
    at = f"{house.at}/participants/{person['id']}"
    return await house.by(role).send("DELETE", at, headers={"If-Match": str(person["version"])})


async def add(house: House, **fields: Any) -> dict[str, Any]:
    made = await house.owner.post(f"{house.at}/participants", fields)
    return dict(made.json())


async def listed(house: House, label: str) -> dict[str, Any] | None:
    people = (await house.owner.get(f"{house.at}/participants")).json()["items"]
    return next((one for one in people if one["label"] == label), None)


async def test_who_has_done_nothing_leaves_and_their_link_with_them(house: House) -> None:
    extra = await add(house, label="Invited by mistake")
    entered = await house.owner.as_(extra["token"]).get(f"/enter/{extra['token']}")
    gone = await take_off(house, extra)
    again = await house.owner.as_(extra["token"]).get(f"{house.at}/now")
    log = (await house.owner.get(f"{house.at}/log?after=0&limit=200")).json()["items"]
    assert (entered.status_code, gone.status_code, again.status_code) == (303, 204, 401)
    assert await listed(house, "Invited by mistake") is None
    assert log[-1]["kind"] == "participant_removed"
    assert (await add(house, label="Invited by mistake"))["id"] != extra["id"]


async def test_a_walk_in_leaves_and_so_does_the_name_given_at_the_door(house: House) -> None:
    door = {"code": house.workshop["code"], "label": "Passer-by"}
    knocked = (await house.by("nobody").post(f"{house.at}/join", door)).json()
    at = f"{house.at}/admissions/{knocked['admission']}"
    await house.owner.post(at, {"admit": True})
    walk_in = await listed(house, "Passer-by")
    guest = house.owner.as_(knocked["token"])
    before = await guest.get(f"{house.at}/now")
    gone = await take_off(house, walk_in)
    after = await guest.get(f"{house.at}/now")
    assert (before.status_code, gone.status_code, after.status_code) == (200, 204, 401)
    stored = await house.app.state.db.read(_names_at_the_door)
    assert stored == [""]


def _names_at_the_door(conn: Connection) -> list[str]:
    return [row.label for row in conn.execute(select(Admission.label))]


async def test_who_waits_at_the_door_is_answered_first(house: House) -> None:
    expected = await add(house, label="Expected")
    door = {"code": house.workshop["code"], "participant": expected["id"]}
    await house.by("nobody").post(f"{house.at}/join", door)
    assert code(await take_off(house, expected)) == (409, "at_the_door")


async def test_who_took_part_stays(drafting: Drafting) -> None:
    house, people = drafting.house, drafting.house.people
    await drafting.propose("priority_area", "Few patrols", "rapporteur")
    row = await drafting.cell()
    await drafting.decide("no_objection", await drafting.row(row["id"]))
    did = {role: await take_off(house, people[role]) for role in ("rapporteur", "chair")}
    looked_on = await take_off(house, people["interpreter"])
    assert {role: code(answer) for role, answer in did.items()} == {
        "rapporteur": (409, "has_taken_part"),
        "chair": (409, "has_taken_part"),
    }
    assert looked_on.status_code == 204


async def test_who_has_a_voice_in_a_round_stays_and_so_does_their_delegation(house: House) -> None:
    state = {"capacity": "state_representative", "delegation": "State 01"}
    first, second = [await add(house, label=label, **state) for label in ("First", "Second")]
    outside = await add(house, label="Adviser", delegation="State 02", roles=["observer"])
    body = {"type": "rate", "title": "How important?", "options": ["A", "B"]}
    by = house.by("facilitator")
    activity = (await by.post(f"{house.at}/activities", body)).json()["id"]
    opened = await by.post(f"/activities/{activity}/open")
    cast = {"body": {"rating": {}}, "revision": 1}
    await house.owner.as_(first["token"]).post(
        f"/rounds/{opened.json()['id']}/ballots", cast, key=secrets.token_hex(8)
    )
    assert code(await take_off(house, first)) == (409, "in_register")
    assert code(await take_off(house, second)) == (409, "in_register")
    assert (await take_off(house, outside)).status_code == 204


async def test_only_organisers_take_people_off_and_never_themselves(house: House) -> None:
    self_made = await add(house, label="Second organiser", roles=["organiser"])
    own = house.owner.as_(self_made["token"])
    at = f"{house.at}/participants/{self_made['id']}"
    alone = await own.send("DELETE", at, headers={"If-Match": "1"})
    stale = await house.owner.send("DELETE", at, headers={"If-Match": "7"})
    chair = await take_off(house, self_made, "chair")
    assert [code(alone), code(stale), code(chair)] == [
        (409, "own_self"),
        (409, "edited_meanwhile"),
        (403, "not_allowed"),
    ]


async def test_adding_again_with_the_key_of_one_who_left_is_not_found(house: House) -> None:
    body = {"label": "Here and gone"}
    made = await house.owner.post(f"{house.at}/participants", body, key="k1")
    await take_off(house, made.json())
    replayed = await house.owner.post(f"{house.at}/participants", body, key="k1")
    assert code(replayed) == (404, "not_found")
