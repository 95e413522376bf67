"""Every cell of the table: each verb by each role, in its own workshop and in another one."""

import json
import secrets
from typing import Any

import httpx
import pytest

from tests.access.bodies import BODIES
from tests.access.place import MISSING, Place
from tests.access.routes import commands, routes
from tests.access.table import ADMITTED, CLOSED, ROLES, TABLE
from tests.leaks.test_frames import serving
from tests.support.house import ROLES as PEOPLE
from tests.support.house import Caller, House
from tests.support.sockets import Visitor

DENIED = (401, 403, 404)
STAGES_BESIDE = ("before", "closed", "ended")
STRANGERS = ("facilitator", "participant")


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Who may does not depend on the database."""
    return sqlite_url


@pytest.fixture
async def place(house: House) -> Place:
    found = Place(house)
    await found.fill()
    return found


def test_every_route_has_a_row_and_every_row_a_route(app: Any) -> None:
    assert sorted(TABLE) == sorted([*routes(app), *commands()])


STAGES = ("open", *(pytest.param(one, marks=pytest.mark.soak) for one in STAGES_BESIDE))


@pytest.mark.long
@pytest.mark.parametrize("stage", STAGES)
async def test_every_cell_of_ones_own_workshop(place: Place, stage: str) -> None:
    """Whoever may is never banned because of the moment; whoever may not never gets it done."""
    await place.bring_to(stage)
    wrong = []
    for row in _rows():
        denied = [role for role in ROLES if role not in TABLE[row]]
        allowed = [role for role in ROLES if role in TABLE[row]]
        for role in denied:
            answer = await ask(place, row, by(place, role))
            too_early = stage != "open" and answer.status_code == 409
            if answer.status_code not in DENIED and not too_early:
                wrong.append(f"{role} may {row}: {answer.status_code}")
        for n, role in enumerate(allowed):
            answer = await ask(place, row, by(place, role))
            gone = answer.status_code == 404 and n > 0 and row.startswith("DELETE")
            if answer.status_code in DENIED and not gone:
                wrong.append(f"{role} may not {row}: {answer.status_code}")
    assert wrong == []


async def test_another_workshops_people_are_strangers(place: Place) -> None:
    """In one database: what is forbidden to them looks as if it did not exist."""
    other = await _another(place.house)
    missing = Place(place.house, dict.fromkeys(place.ids, MISSING))
    missing.ids |= {name: place.ids[name] for name in ("option", "wording", "noun")}
    wrong = []
    for row in _rows():
        if "{" not in row or "nobody" in TABLE[row]:
            continue
        for role in STRANGERS:
            theirs = await ask(place, row, other.by(role))
            nothing = await ask(missing, row, other.by(role))
            said = [(one.status_code, code_of(one)) for one in (theirs, nothing)]
            if theirs.status_code not in DENIED or said[0] != said[1]:
                wrong.append(f"{role} of another workshop, {row}: {said}")
    assert wrong == []


async def test_every_command_of_the_socket(place: Place) -> None:
    """Who may not is refused on the line, which stays open."""
    ids = place.ids
    body = {"rating": {ids["option"]: 3}}
    frames: dict[str, dict[str, Any]] = {
        "cast_ballot": {"round": ids["round_id"], "revision": 50, "body": body},
        "propose": {"activity": ids["activity_id"], "kind": "priority_area", "text": "Words"},
    }
    wrong = []
    async with serving(place.house.app) as served:
        for role in sorted(ADMITTED):
            page = "screen" if role == "screen" else "room"
            visitor = Visitor(await served.connect(place.house.id))
            await visitor.hello(token=by(place, role).token, page=page, **{"as": "data"})
            await visitor.next("welcome")
            for name, frame in frames.items():
                await visitor.send({"type": name, "key": secrets.token_hex(8), **frame})
                while (said := await visitor.receive())["type"] not in ("ack", "refused"):
                    pass
                denied = said.get("code") in ("not_allowed", "not_entitled", "not_found")
                if denied == (role in TABLE[f"WS {name}"]):
                    wrong.append(f"{role} {name}: {said}")
            await visitor.leave()
    assert wrong == []


def _rows() -> list[str]:
    """What removes something comes late, and the end last, or little would be left to try."""
    late, end = ("/close", "/merge"), "/end"
    found = [row for row in TABLE if not row.startswith("WS ")]
    return sorted(
        found,
        key=lambda row: (row.endswith(end), row.startswith("DELETE") or row.endswith(late), row),
    )


async def ask(place: Place, row: str, caller: Caller) -> httpx.Response:
    method, path = row.split(" ", 1)
    ids = dict(place.ids)
    if path.endswith(CLOSED) and (method == "GET" or not path.endswith("ballots")):
        ids["round_id"] = ids["closed"]
    headers = {"Idempotency-Key": secrets.token_hex(8)}
    if method in ("PATCH", "PUT", "DELETE"):
        headers["If-Match"] = "999"
    sent: dict[str, Any] = {"headers": headers}
    if (body := BODIES.get(row)) is not None:
        sent["json"] = json.loads(filled(json.dumps(body), ids))
    async with caller.client() as client:
        return await client.request(method, address_of(path, ids), **sent)


def address_of(path: str, ids: dict[str, str]) -> str:
    return filled(path, ids) + ("?format=json" if path.endswith("/export") else "")


def filled(text: str, ids: dict[str, str]) -> str:
    for name, value in {**ids, "fresh": secrets.token_hex(3), "token": MISSING}.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def by(place: Place, role: str) -> Caller:
    return place.house.owner if role == "owner" else place.house.by(role)


def code_of(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["error"]["code"])
    except ValueError:
        return "page"


async def _another(house: House) -> House:
    made = await house.owner.post("/workshops", {"title": "Another meeting"})
    other = House(house.app, house.owner, made.json())
    people = [{"label": role.title(), "roles": [role]} for role in PEOPLE]
    added = (await house.owner.post(f"{other.at}/participants", people)).json()
    other.people = {person["roles"][0]: person for person in added}
    return other
