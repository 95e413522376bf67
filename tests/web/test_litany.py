"""What holds for every noun alike: made, repeated, changed on its version, refused to others."""

from dataclasses import dataclass
from typing import Any

import pytest

from tests.support.house import ROLES, Caller, House

STAFF = ("owner", "organiser", "facilitator")
WRITERS = (*STAFF, "rapporteur")
EVERYONE = (*STAFF, "screen", *ROLES)


@dataclass(frozen=True)
class Noun:
    """One kind of object: its path, what makes one, what changes it, and who may."""

    path: str
    body: dict[str, Any]
    change: dict[str, Any]
    writers: tuple[str, ...] = STAFF
    readers: tuple[str, ...] = EVERYONE

    @property
    def another(self) -> dict[str, Any]:
        return {**self.body, **self.change}


ITEM = {"day": 1, "start": "9:00", "end": "10:30", "title": "Evidence base", "kind": "panel"}
NOUNS = {
    noun.path: noun
    for noun in (
        Noun(
            "participants",
            {"label": "Representative, State 01", "capacity": "state_representative"},
            {"label": "Representative, State 02"},
            readers=(*STAFF, "chair"),
        ),
        Noun("agenda", ITEM, {"title": "What is known, and how well"}),
        Noun("evidence", {"title": "Continuum"}, {"title": "Convergence"}, writers=WRITERS),
        Noun("groups", {"name": "Group A"}, {"name": "Group B"}),
        Noun("components", {"text": "Build evidence"}, {"text": "Build a base"}, writers=WRITERS),
        Noun("conclusions", {"text": "We agree"}, {"text": "We all agree"}, writers=WRITERS),
        Noun("notes", {"text": "Heard", "released": True}, {"text": "Said"}, writers=WRITERS),
    )
}


@pytest.fixture(params=NOUNS)
def noun(request: pytest.FixtureRequest) -> Noun:
    return NOUNS[request.param]


def caller(house: House, role: str) -> Caller:
    return house.owner if role == "owner" else house.by(role)


async def test_one_is_made_read_and_listed(house: House, noun: Noun) -> None:
    at = f"{house.at}/{noun.path}"
    made = await house.owner.post(at, noun.body)
    assert made.status_code == 201, made.text
    read = (await house.owner.get(at, params={"limit": 200})).json()
    found = {item["id"]: item for item in read["items"]}
    shown = {name: value for name, value in made.json().items() if name != "token"}
    assert found[made.json()["id"]] == shown
    assert (made.json()["version"], read["next"]) == (1, None)


async def test_a_list_is_made_in_its_order(house: House, noun: Noun) -> None:
    if noun.path == "notes":
        pytest.skip("notes are taken one at a time")
    made = await house.owner.post(f"{house.at}/{noun.path}", [noun.body, noun.another])
    first, second = made.json()
    name = next(iter(noun.change))
    assert (first[name], second[name]) == (noun.body[name], noun.change[name])


async def test_the_same_key_gives_the_same_answer(house: House, noun: Noun) -> None:
    at = f"{house.at}/{noun.path}"
    first = await house.owner.post(at, noun.body, key="once")
    again = await house.owner.post(at, noun.body, key="once")
    other = await house.owner.post(at, noun.another, key="once")
    assert (again.status_code, again.json()) == (201, first.json())
    assert (other.status_code, other.json()["error"]["code"]) == (422, "key_reused")


async def test_a_change_needs_the_present_version_and_is_told_the_other_text(
    house: House, noun: Noun
) -> None:
    at = f"{house.at}/{noun.path}"
    made = (await house.owner.post(at, noun.body)).json()
    one = f"{at}/{made['id']}"
    codes = []
    for version in (None, 7, 1, '"1"'):
        answer = await house.owner.patch(one, noun.change, version)
        codes.append((answer.status_code, answer.json().get("error", {}).get("code")))
    assert codes == [
        (428, "if_match_missing"),
        (409, "edited_meanwhile"),
        (200, None),
        (409, "edited_meanwhile"),
    ]

    error = answer.json()["error"]
    name = next(iter(noun.change))
    assert (error["current"][name], error["version"]) == (noun.change[name], 2)


async def test_only_its_writers_write(house: House, noun: Noun) -> None:
    wrote = {}
    for n, role in enumerate(EVERYONE):
        name = next(iter(noun.change))
        body = {**noun.body, name: f"{noun.body[name]} {n}"}
        wrote[role] = (await caller(house, role).post(f"{house.at}/{noun.path}", body)).status_code
    assert wrote == {role: 201 if role in noun.writers else 403 for role in EVERYONE}


async def test_only_its_readers_read(house: House, noun: Noun) -> None:
    at = f"{house.at}/{noun.path}"
    made = (await house.owner.post(at, noun.body)).json()
    seen = {}
    for role in EVERYONE:
        answer = await caller(house, role).get(at)
        ids = [item["id"] for item in answer.json().get("items", [])]
        seen[role] = made["id"] in ids
    assert seen == {role: role in noun.readers for role in EVERYONE}


async def test_strangers_learn_nothing(house: House, noun: Noun) -> None:
    at = f"{house.at}/{noun.path}"
    other = (await house.owner.post("/workshops", {"title": "Another"})).json()
    elsewhere = house.owner.as_(other["tokens"]["organiser"])
    nobody = house.by("nobody")
    codes = [(await who.get(at)).status_code for who in (elsewhere, nobody)]
    codes += [(await who.post(at, noun.body)).status_code for who in (elsewhere, nobody)]
    assert codes == [404, 401, 404, 401]

    made = (await house.owner.post(at, noun.body)).json()
    at = f"/workshops/{other['id']}/{noun.path}/{made['id']}"
    assert (await house.owner.patch(at, noun.change, 1)).status_code == 404


async def test_unknown_ids_are_not_found(house: House, noun: Noun) -> None:
    for name in ("nope", "-1", "9223372036854775808", "%00", "a'b"):
        answer = await house.owner.patch(f"{house.at}/{noun.path}/{name}", noun.change, 1)
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")


async def test_a_bad_query_is_named(house: House, noun: Noun) -> None:
    wrong = ("limit=0", "limit=201", "limit=x", "after=nope", "sort=id;drop")
    for query in wrong:
        answer = await house.owner.get(f"{house.at}/{noun.path}?{query}")
        error = answer.json()["error"]
        found = (answer.status_code, error["code"], error["field"])
        assert found == (422, "bad_query", query.partition("=")[0])


async def test_pages_follow_each_other(house: House, noun: Noun) -> None:
    if noun.path == "notes":
        bodies = [{**noun.body, "text": f"{n}"} for n in range(3)]
        for body in bodies:
            await house.owner.post(f"{house.at}/{noun.path}", body)
    else:
        name = next(iter(noun.change))
        bodies = [{**noun.body, name: f"{noun.body[name]} {n}"} for n in range(3)]
        await house.owner.post(f"{house.at}/{noun.path}", bodies)
    at = f"{house.at}/{noun.path}"
    whole = (await house.owner.get(at)).json()["items"]
    found: list[Any] = []
    query: dict[str, Any] = {"limit": 2}
    while query:
        page = (await house.owner.get(at, params=query)).json()
        found += page["items"]
        query = {"limit": 2, "after": page["next"]} if page["next"] else {}
    assert found == whole


async def test_unknown_fields_and_empty_texts_are_refused(house: House, noun: Noun) -> None:
    name = next(iter(noun.change))
    at = f"{house.at}/{noun.path}"
    unknown = await house.owner.post(at, {**noun.body, "user": "x"})
    empty = await house.owner.post(at, {**noun.body, name: " \u200b "})
    bad = await house.owner.post(at, {**noun.body, name: "a\ufffe\x07"})
    assert [a.json()["error"]["code"] for a in (unknown, empty, bad)] == [
        "unknown_field",
        f"{name}_empty",
        "bad_characters",
    ]
