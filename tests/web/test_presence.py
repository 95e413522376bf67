"""Presence as it is: a ballot entered for somebody, who leaves, who votes for them, and why."""

import secrets
from html import unescape
from typing import Any

import pytest

from tests.support.house import Caller, House

POLICY = {"delegation": "other_delegation", "none": "no_proxies"}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """A voice is a voice on either database."""
    return sqlite_url


class Room:
    """Three experts, two of one delegation, and a State; `by` name."""

    def __init__(self, house: House, people: list[dict[str, Any]], activity: str) -> None:
        self.house, self.activity = house, activity
        self.ids = {one["label"]: one["id"] for one in people}
        self.by = {one["label"]: house.owner.as_(one["token"]) for one in people}
        self.options: list[str] = []

    async def open(self, **terms: Any) -> str:
        """One more round, open; its path."""
        made = await self.house.owner.post(f"/activities/{self.activity}/rounds", terms)
        opened = await self.house.owner.post(f"/rounds/{made.json()['id']}/open", {})
        assert opened.status_code == 200, opened.text
        self.options = [one["id"] for one in opened.json()["options"]]
        return f"/rounds/{made.json()['id']}"

    async def cast(
        self, path: str, caller: Caller, revision: int = 1, value: int = 7, **more: Any
    ) -> Any:
        body = {"body": {"rating": {self.options[0]: value}}, "revision": revision, **more}
        return await caller.post(f"{path}/ballots", body, key=secrets.token_hex(8))

    async def leave(self, who: str, proxy: str | None = None, by: Caller | None = None) -> Any:
        body = {"proxy": self.ids[proxy]} if proxy else {}
        at = f"{self.house.at}/participants/{self.ids[who]}/leave"
        return await (by or self.by[who]).post(at, body)

    async def sees(self, who: str, path: str = "room") -> str:
        return unescape((await self.by[who].get(f"/w/{self.house.id}/{path}")).text)

    async def policy(self, policy: str) -> None:
        now = (await self.house.owner.get(self.house.at)).json()["version"]
        await self.house.owner.patch(self.house.at, {"proxies": policy}, now)


@pytest.fixture
async def room(house: House) -> Room:
    people = [
        {"label": label, "roles": ["participant"], "capacity": capacity, "delegation": delegation}
        for label, capacity, delegation in (
            ("Ana", "expert", "Institute"), ("Ben", "expert", "Institute"), ("Cho", "expert", ""),
            ("State 07", "state_representative", "State 07"),
        )
    ]  # fmt: skip
    added = (await house.owner.post(f"{house.at}/participants", people)).json()
    body = {"type": "rate", "title": "How important?", "options": ["This", "That"]}
    made = (await house.owner.post(f"{house.at}/activities", body)).json()
    return Room(house, added, made["id"])


async def kinds(house: House) -> list[str]:
    lines = (await house.owner.get(f"{house.at}/log", params={"limit": 200})).json()["items"]
    return [line["kind"] for line in lines]


async def test_a_ballot_is_entered_for_a_dead_device(room: Room) -> None:
    path, facilitator = await room.open(), room.house.by("facilitator")
    at = f"/w/{room.house.id}/ballot-for"
    listed = unescape((await facilitator.get(at)).text)
    assert "State 07" in listed
    form = unescape((await facilitator.get(f"{at}?person={room.ids['State 07']}")).text)
    assert 'data-shape="rating"' in form
    assert "Send the ballot for State 07" in form
    assert "disabled" not in form.partition('id="ballot"')[2].partition("</form>")[0]
    done = await room.cast(path, facilitator, on_behalf_of=room.ids["State 07"])
    assert done.status_code == 200, done.text
    assert (await kinds(room.house))[-2:] == ["ballot_cast", "ballot_entered"]
    assert "Entered for you by the facilitator." in await room.sees("State 07")
    mine = (await room.by["State 07"].get(f"{path}/ballots/mine")).json()["items"]
    assert [one["sent_by"] for one in mine] == ["entered"]
    assert "State 07" not in unescape((await facilitator.get(at)).text).partition("<main")[2]
    stale = await room.cast(path, facilitator, on_behalf_of=room.ids["State 07"])
    assert (stale.json()["error"]["code"], "body" in stale.text) == ("stale_revision", False)
    again = await room.cast(path, room.by["State 07"], revision=2)
    assert again.status_code == 200
    assert "Entered for you" not in await room.sees("State 07")


async def test_never_in_a_secret_round(room: Room) -> None:
    await room.policy("any")
    await room.leave("Ana", "Cho")
    await room.house.owner.post(f"{room.house.at}/participants", [{"label": "Dan"}])
    path = await room.open(secrecy="secret")
    facilitator = room.house.by("facilitator")
    page = unescape((await facilitator.get(f"/w/{room.house.id}/ballot-for")).text)
    control = unescape((await facilitator.get(f"/w/{room.house.id}/control")).text)
    assert "This round is secret: nobody can enter a ballot for somebody else." in page
    assert "person=" not in page
    assert "nothing may join a person to an answer here" in control
    for caller, whose in ((facilitator, "State 07"), (room.by["Cho"], "Ana")):
        refused = await room.cast(path, caller, on_behalf_of=room.ids[whose], ballot_key="k" * 32)
        assert refused.json()["error"]["code"] == "secret"
    turnout = (await facilitator.get(f"{path}/turnout")).json()
    assert turnout["eligible"] == 5  # without Ana, whose proxy has no place in it
    assert "rounds opened since then count without you" in await room.sees("Ana")


async def test_who_leaves_keeps_what_they_cast_and_a_proxy_votes_from_the_next_round(
    room: Room,
) -> None:
    await room.policy("delegation")
    first = await room.open()
    await room.cast(first, room.by["Ana"])
    refused = await room.leave("Ana", "Cho")
    assert refused.json()["error"]["code"] == "other_delegation"
    left = await room.leave("Ana", "Ben")
    assert (left.json()["proxy"], left.json()["left_at"] is not None) == (room.ids["Ben"], True)
    early = await room.cast(first, room.by["Ben"], revision=2, on_behalf_of=room.ids["Ana"])
    assert early.status_code == 403
    closed = await room.house.owner.post(f"{first}/close", {})
    assert closed.status_code == 200
    assert (await room.house.owner.get(f"{first}/turnout")).json()["cast"] == 1

    second = await room.open()
    assert "You hold the proxy of Ana." in await room.sees("Ben")
    assert "Ben votes for you" in await room.sees("Ana")
    form = await room.sees("Ben", f"ballot-for?person={room.ids['Ana']}")
    assert "Send the ballot for Ana" in form
    own = await room.cast(second, room.by["Ana"])
    assert own.json()["error"]["code"] == "not_entitled"
    other = await room.cast(second, room.by["Cho"], on_behalf_of=room.ids["Ana"])
    assert other.status_code == 403
    await room.cast(second, room.by["Ben"])
    done = await room.cast(second, room.by["Ben"], on_behalf_of=room.ids["Ana"])
    assert done.status_code == 200, done.text
    assert (await kinds(room.house))[-1] == "ballot_by_proxy"
    assert (await room.house.owner.get(f"{second}/turnout")).json()["cast"] == 2
    assert "Cast for you by Ben, your proxy." in await room.sees("Ana")

    await room.by["Ana"].post(f"{room.house.at}/participants/{room.ids['Ana']}/return")
    late = await room.cast(second, room.by["Ben"], revision=2, on_behalf_of=room.ids["Ana"])
    mine = await room.cast(second, room.by["Ana"], revision=2, value=3)
    assert (late.status_code, mine.status_code) == (403, 200)


async def test_the_policy_says_who_may_be_named(room: Room) -> None:
    none = await room.leave("Ana", "Ben")
    assert none.json()["error"]["code"] == "no_proxies"
    await room.policy("any")
    facilitator = room.house.by("facilitator")
    assert (await room.leave("Ana", "Cho", facilitator)).status_code == 200
    two = await room.leave("State 07", "Cho", facilitator)
    assert two.json()["error"]["code"] == "holds_one"
    gone = await room.leave("Ben", "Ana", facilitator)
    assert gone.json()["error"]["code"] == "bad_proxy"
    assert (await room.leave("Ana", by=room.by["Cho"])).status_code == 403
    path = await room.open()
    turnout = (await facilitator.get(f"{path}/turnout")).json()
    assert turnout["eligible"] == 5  # the house's participant, Ben, Cho, State 07; Ana by proxy
    people = unescape((await facilitator.get(f"/w/{room.house.id}/desk/people")).text)
    assert "proxy: Cho" in people


async def test_everybody_sees_why_they_may_or_may_not_vote(room: Room) -> None:
    path = await room.open(electorate="experts")
    said = {
        "Cho": "You vote in person: one voice.",
        "State 07": "Only experts vote in this round.",
    }
    assert {who: said[who] in await room.sees(who) for who in said} == dict.fromkeys(said, True)
    observer = unescape((await room.house.by("observer").get(f"/w/{room.house.id}/room")).text)
    assert "only participants have one" in observer
    body = {"label": "Late", "roles": ["participant"], "capacity": "expert"}
    late = (await room.house.owner.post(f"{room.house.at}/participants", body)).json()
    at, caller = f"/w/{room.house.id}/room", room.house.owner.as_(late["token"])
    assert "You are not in the register of this round" in unescape((await caller.get(at)).text)
    await room.house.owner.post(f"{path}/voters", {"participant": late["id"]})
    assert "You came after this round opened" in unescape((await caller.get(at)).text)


async def test_the_report_says_who_cast_for_whom_as_far_as_the_rule_allows(room: Room) -> None:
    await room.policy("any")
    await room.leave("Ana", "Cho")
    path = await room.open()
    await room.cast(path, room.by["Cho"], on_behalf_of=room.ids["Ana"])
    await room.cast(path, room.house.by("facilitator"), on_behalf_of=room.ids["Ben"])
    control = unescape((await room.house.by("facilitator").get(f"/w/{room.house.id}/control")).text)
    assert "proxy: Cho" not in control.partition('id="region-missing"')[2].partition("</ul>")[0]
    await room.house.owner.post(f"{path}/close", {})

    async def told() -> list[str]:
        found = await room.house.owner.get(f"{room.house.at}/export", params={"format": "json"})
        return list(found.json()["rounds"][0]["sent_for"])

    assert await told() == ["Entered by a facilitator: 1", "Cast by Cho for Ana"]
    now = (await room.house.owner.get(room.house.at)).json()["version"]
    await room.house.owner.patch(room.house.at, {"attribution": "none"}, now)
    assert await told() == ["Entered by a facilitator: 1", "Cast by a proxy: 1"]
