"""Joining by the shared code: picked from the list or typed, admitted or refused."""

import asyncio
import time
from typing import Any

import pytest

from app.errors import NotFound, Refused
from app.web.door import Door
from tests.support.house import Caller, House


async def knock(house: House, **body: Any) -> Any:
    answer = await Caller(house.app).post(f"{house.at}/join", {"code": code(house), **body})
    assert answer.status_code == 202, answer.text
    return answer.json()


def code(house: House) -> str:
    return str(house.workshop["code"])


def spelt(house: House) -> list[str]:
    plain = code(house)
    return [plain, plain.lower(), f"{plain[:4]} {plain[4:]}", f" {plain[:4]}-{plain[4:].lower()} "]


async def test_the_code_may_be_typed_in_any_way(house: House) -> None:
    for typed in spelt(house):
        answer = await Caller(house.app).post(f"{house.at}/join", {"code": typed, "label": "Guest"})
        assert answer.status_code == 202


async def test_the_path_may_be_the_code(house: House) -> None:
    answer = await Caller(house.app).post(f"/workshops/{code(house)}/join", {"label": "Guest"})
    assert answer.status_code == 202


async def test_the_id_alone_opens_nothing(house: House) -> None:
    answer = await Caller(house.app).post(f"{house.at}/join", {"label": "Guest"})
    wrong = await Caller(house.app).post(f"{house.at}/join", {"code": "22222222", "label": "x"})
    assert (answer.status_code, wrong.status_code) == (404, 404)


async def test_names_to_pick_are_those_not_yet_here(house: House) -> None:
    await house.by("participant").get(f"/enter/{house.people['participant']['token']}")
    door = (await Caller(house.app).get(f"/workshops/{code(house)}/join")).json()
    assert door["title"] == "Regional meeting"
    assert [one["label"] for one in door["participants"]] == [
        "Chair", "Rapporteur", "Observer", "Interpreter",
    ]  # fmt: skip


async def test_who_waits_sees_nothing_of_the_meeting(house: House) -> None:
    knocked = await knock(house, label="Guest")
    guest = house.owner.as_(knocked["token"])
    own = (await guest.get(f"{house.at}/admissions/{knocked['admission']}")).json()
    paths = ("", "/now", "/agenda", "/log", "/participants", "/screen")
    seen = [(await guest.get(f"{house.at}{path}")).status_code for path in paths]
    assert (own["status"], seen) == ("waiting", [403] * len(paths))


async def test_admitted_the_same_token_is_the_participants(house: House) -> None:
    person = house.people["observer"]
    knocked = await knock(house, participant=person["id"])
    at = f"{house.at}/admissions/{knocked['admission']}"
    admitted = (await house.by("facilitator").post(at, {"admit": True})).json()
    guest = house.owner.as_(knocked["token"])
    own = (await guest.get(f"{house.at}/participants/{person['id']}")).json()
    assert (admitted["status"], own["label"]) == ("admitted", "Observer")
    assert own["arrived_at"] is not None


async def test_who_is_not_on_the_list_comes_in_as_observer_or_as_decided(house: House) -> None:
    roles: list[Any] = []
    for chosen in (None, ["participant"]):
        knocked = await knock(house, label=f"Guest {len(roles)}")
        at = f"{house.at}/admissions/{knocked['admission']}"
        body = {"admit": True, **({"roles": chosen} if chosen else {})}
        admitted = (await house.by("facilitator").post(at, body)).json()
        person = await house.owner.get(f"{house.at}/participants/{admitted['participant_id']}")
        roles.append(person.json()["roles"])
    assert roles == [["observer"], ["participant"]]


async def test_the_facilitator_may_say_who_it_is(house: House) -> None:
    knocked = await knock(house, label="the chair, late")
    at = f"{house.at}/admissions/{knocked['admission']}"
    body = {"admit": True, "participant": house.people["chair"]["id"]}
    admitted = (await house.by("facilitator").post(at, body)).json()
    assert admitted["participant_id"] == house.people["chair"]["id"]


async def test_refused_is_said_and_stays(house: House) -> None:
    knocked = await knock(house, label="Guest")
    at = f"{house.at}/admissions/{knocked['admission']}"
    await house.by("facilitator").post(at, {"admit": False})
    again = await house.by("facilitator").post(at, {"admit": True})
    guest = house.owner.as_(knocked["token"])
    assert (await guest.get(at)).json()["status"] == "refused"
    assert (again.status_code, again.json()["error"]["code"]) == (409, "decided")
    assert (await guest.get(house.at)).status_code == 403


async def test_two_facilitators_admit_at_once(house: House) -> None:
    knocked = await knock(house, label="Guest")
    at = f"{house.at}/admissions/{knocked['admission']}"
    both = [house.by("facilitator").post(at, {"admit": True}) for _ in range(2)]
    answers = [(one.status_code, one.json()["status"]) for one in await asyncio.gather(*both)]
    people = (await house.owner.get(f"{house.at}/participants")).json()["items"]
    assert answers == [(200, "admitted")] * 2
    assert [person["label"] for person in people].count("Guest") == 1


@pytest.mark.parametrize("role", ["participant", "observer", "chair", "screen", "rapporteur"])
async def test_only_who_runs_the_meeting_opens_the_door(house: House, role: str) -> None:
    knocked = await knock(house, label="Guest")
    at = f"{house.at}/admissions/{knocked['admission']}"
    caller = house.by(role)
    codes = [
        (await caller.get(f"{house.at}/admissions")).status_code,
        (await caller.get(at)).status_code,
        (await caller.post(at, {"admit": True})).status_code,
    ]
    assert codes == [403, 403, 403]


async def test_who_is_here_is_not_picked_again(house: House) -> None:
    await house.by("participant").get(f"/enter/{house.people['participant']['token']}")
    body = {"code": code(house), "participant": house.people["participant"]["id"]}
    answer = await Caller(house.app).post(f"{house.at}/join", body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "already_here")


async def test_the_same_key_knocks_once(house: House) -> None:
    body = {"code": code(house), "label": "Guest"}
    first = await Caller(house.app).post(f"{house.at}/join", body, key="k")
    again = await Caller(house.app).post(f"{house.at}/join", body, key="k")
    waiting = (await house.owner.get(f"{house.at}/admissions")).json()["items"]
    assert (again.json(), len(waiting)) == (first.json(), 1)


async def test_guesses_are_slowed_and_a_hall_is_not_locked_out(house: House) -> None:
    """Sixty people behind one address join while somebody there guesses codes."""
    house.app.state.door = Door(step=0.0005, longest=0.01)
    stranger = Caller(house.app)
    guesses = [stranger.post("/workshops/ZZZZZZZZ/join", {"label": "x"}) for _ in range(60)]
    refused = {answer.status_code for answer in await asyncio.gather(*guesses)}
    started = time.monotonic()
    joined = []
    for n in range(60):
        body = {"code": code(house), "label": f"Guest {n}"}
        joined.append((await stranger.post(f"{house.at}/join", body)).status_code)
    assert refused <= {404, 429}
    assert joined == [202] * 60
    assert time.monotonic() - started > 60 * 0.01


async def test_a_crowd_of_guesses_is_sent_away_for_a_moment() -> None:
    door = Door(step=1.0, longest=1.0)

    async def guess() -> str:
        try:
            async with door.knock("192.0.2.7"):
                raise NotFound
        except Refused as refusal:
            return refusal.code

    first = [await guess() for _ in range(10)]
    waiting = [asyncio.create_task(guess()) for _ in range(40)]
    await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    sent_away = [task.result() for task in waiting if task.done()]
    for task in waiting:
        task.cancel()
    assert (set(first), sent_away) == ({"not_found"}, ["slow_down"] * 10)
