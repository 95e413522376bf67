"""Working in groups: each sees and answers its own, led by one of its own."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.support.house import Caller, House

RANK = {"type": "rank", "title": "Order these", "options": ["Borders", "Prisons", "Ports"]}


@dataclass
class Breakouts:
    """Two groups of two, an exercise of the plenary, and who leads the first."""

    house: House
    groups: list[dict[str, Any]]
    people: list[dict[str, Any]]
    activity: dict[str, Any]
    own: list[dict[str, Any]] = field(default_factory=list)

    @property
    def run(self) -> Caller:
        return self.house.owner

    @property
    def at(self) -> str:
        return self.house.at

    def who(self, n: int) -> Caller:
        return self.house.owner.as_(self.people[n]["token"])

    async def give(self, **areas: Any) -> list[dict[str, Any]]:
        given = await self.run.post(f"/activities/{self.activity['id']}/groups", {"areas": areas})
        assert given.status_code == 201, given.text
        self.own = given.json()
        return self.own

    async def open(self, n: int, by: Caller | None = None) -> Any:
        return await (by or self.run).post(f"/activities/{self.own[n]['id']}/open", {})

    async def rank(self, n: int, round_id: str, order: str) -> int:
        """Somebody's ranking, by the options' places in the list."""
        ids = [one["id"] for one in self.activity["options"]]
        ballot = {"body": {"ranking": [[ids[int(place)]] for place in order]}, "revision": 1}
        path = f"/rounds/{round_id}/ballots"
        return (await self.who(n).post(path, ballot, key=f"{round_id}{n}")).status_code


@pytest.fixture
async def breakouts(house: House) -> Breakouts:
    run, at = house.owner, house.at
    made = await run.post(f"{at}/groups", [{"name": "Red"}, {"name": "Blue"}])
    groups = sorted(made.json(), key=lambda one: str(one["name"]))  # Blue, Red
    people = [
        {"label": f"Expert {n}", "roles": ["participant"], "group": groups[n // 2]["name"]}
        for n in range(4)
    ]
    added = (await run.post(f"{at}/participants", people)).json()
    lead = await run.patch(f"{at}/groups/{groups[0]['id']}", {"lead": added[0]["id"]}, 1)
    assert (lead.status_code, lead.json()["lead"]) == (200, added[0]["id"])
    activity = (await run.post(f"{at}/activities", RANK)).json()
    return Breakouts(house, groups, added, activity)


async def shown(caller: Caller, house: House) -> str:
    return (await caller.get(f"/w/{house.id}/room")).text


async def test_each_votes_in_their_own_group(breakouts: Breakouts) -> None:
    await breakouts.give()
    blue, red = [(await breakouts.open(n)).json() for n in (0, 1)]
    voted = [
        await breakouts.rank(n, round_["id"], "012") for n in range(4) for round_ in (blue, red)
    ]
    assert voted == [200, 403, 200, 403, 403, 200, 403, 200]
    turnout = [
        (await breakouts.run.get(f"/rounds/{one['id']}/turnout")).json()["eligible"]
        for one in (blue, red)
    ]
    assert turnout == [2, 2]


async def test_a_round_moves_its_group_alone(breakouts: Breakouts) -> None:
    house = breakouts.house
    await house.owner.post(f"/activities/{breakouts.activity['id']}/stage", {"stage": "running"})
    await breakouts.give()
    blue = (await breakouts.open(0)).json()
    inside, outside, plenary = [
        await shown(caller, house)
        for caller in (breakouts.who(0), breakouts.who(2), house.by("participant"))
    ]
    ranked = f'data-round="{blue["id"]}"'
    assert [ranked in page for page in (inside, outside, plenary)] == [True, False, False]
    now = (await breakouts.run.get(f"{breakouts.at}/now")).json()
    assert now["step"]["activity"]["id"] == breakouts.activity["id"]


async def test_a_lead_runs_their_group_and_no_other(breakouts: Breakouts) -> None:
    await breakouts.give()
    lead, member = breakouts.who(0), breakouts.who(1)
    other = await breakouts.open(1, lead)
    not_lead = await breakouts.open(0, member)
    own = await breakouts.open(0, lead)
    voted = await breakouts.rank(0, own.json()["id"], "210")
    closed = await lead.post(f"/rounds/{own.json()['id']}/close", {})
    step = await lead.post(f"{breakouts.at}/step", {"by": 1})
    assert [one.status_code for one in (other, not_lead, own, closed, step)] == [
        403, 403, 201, 200, 403,
    ]  # fmt: skip
    assert voted == 200


async def test_only_a_lead_is_shown_what_a_lead_does(breakouts: Breakouts) -> None:
    await breakouts.give()
    pages = [await shown(breakouts.who(n), breakouts.house) for n in range(4)]
    path = f"/api/v1/activities/{breakouts.own[0]['id']}/open"
    assert [path in page for page in pages] == [True, False, False, False]


async def test_a_lead_is_one_of_the_group(breakouts: Breakouts) -> None:
    blue = breakouts.groups[0]["id"]
    stranger = {"lead": breakouts.people[2]["id"]}
    refused = await breakouts.run.patch(f"{breakouts.at}/groups/{blue}", stranger, 2)
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "not_a_member")


async def test_who_is_moved_leads_no_more(breakouts: Breakouts) -> None:
    await breakouts.give()
    lead = breakouts.people[0]
    path = f"{breakouts.at}/participants/{lead['id']}"
    moved = await breakouts.run.patch(path, {"group": "Red"}, lead["version"])
    assert moved.status_code == 200
    assert [(await breakouts.open(n, breakouts.who(0))).status_code for n in (0, 1)] == [403, 403]


async def test_nobody_is_called_back_out_of_an_open_round(breakouts: Breakouts) -> None:
    await breakouts.give()
    blue = (await breakouts.open(0)).json()
    early = await breakouts.run.post(f"{breakouts.at}/groups/call-back", {})
    await breakouts.run.post(f"/rounds/{blue['id']}/close", {})
    late = await breakouts.run.post(f"{breakouts.at}/groups/call-back", {})
    assert (early.status_code, early.json()["error"]["code"]) == (409, "group_votes")
    assert [one["activity"] for one in late.json()] == [None, None]


async def test_areas_are_given_out(breakouts: Breakouts) -> None:
    first = breakouts.activity["options"][0]["id"]
    blue, red = await breakouts.give(**{breakouts.groups[0]["id"]: [first]})
    assert [len(one["options"]) for one in (blue, red)] == [1, 3]


async def test_the_groups_report_back_side_by_side(breakouts: Breakouts) -> None:
    """Red ranks Borders, Prisons, Ports; Blue Ports, Borders, Prisons: Borders has 3, and leads."""
    stage = {"stage": "running"}
    await breakouts.run.post(f"/activities/{breakouts.activity['id']}/stage", stage)
    await breakouts.give()
    for group, voters, order in ((0, (0, 1), "201"), (1, (2, 3), "012")):
        round_id = (await breakouts.open(group)).json()["id"]
        for n in voters:
            assert await breakouts.rank(n, round_id, order) == 200
        await breakouts.run.post(f"/rounds/{round_id}/close", {})
        await breakouts.run.outcome(f"/rounds/{round_id}")
        await breakouts.run.post(f"/rounds/{round_id}/publish", {"to": ["screen"]})
    show = {"show": "groups", "activity": breakouts.activity["id"]}
    put = await breakouts.run.send("PUT", f"{breakouts.at}/screen", json=show)
    assert put.status_code == 200
    page = (await breakouts.house.by("screen").get(f"/w/{breakouts.house.id}/screen")).text
    control = await breakouts.run.get(f"/w/{breakouts.house.id}/control")
    assert (control.status_code, "Rank totals" in control.text) == (200, True)
    table = page[page.index("Rank totals") :]
    places = [table.index(f">{text}<") for text in ("Borders", "Ports", "Prisons")]
    assert places == sorted(places)
    assert [f'<td class="num">{n}</td></tr>' in table for n in (3, 4, 5)] == [True] * 3


async def test_people_are_spread_over_the_groups(house: House) -> None:
    run, at = house.owner, house.at
    await run.post(f"{at}/groups", [{"name": "Red"}, {"name": "Blue"}])
    people = [
        {"label": f"P{n}", "roles": ["participant"], "region": [("East", "West")[n % 2]]}
        for n in range(8)
    ]
    await run.post(f"{at}/participants", people)
    seated = await run.post(f"{at}/groups/seating", {})
    listed = (await run.get(f"{at}/participants", params={"limit": 200})).json()["items"]
    sides = {
        (group, region): sum(one["group"] == group and one["region"] == [region] for one in listed)
        for group in ("Red", "Blue")
        for region in ("East", "West")
    }
    assert seated.status_code == 200
    assert set(sides.values()) == {2}


async def test_a_lead_sends_back_a_proposal_of_their_group(breakouts: Breakouts) -> None:
    ask = {"type": "propose", "title": "Which areas?", "settings": {"kind": "priority_area"}}
    breakouts.activity = (await breakouts.run.post(f"{breakouts.at}/activities", ask)).json()
    blue, red = await breakouts.give()
    made = []
    for n, own in ((1, blue), (3, red)):
        proposal = {"kind": "priority_area", "text": f"Ports {n}", "activity": own["id"]}
        made.append((await breakouts.who(n).post(f"{breakouts.at}/proposals", proposal)).json())
    await breakouts.run.post(f"/activities/{blue['id']}/stage", {"stage": "revealed"})
    lead = breakouts.who(0)
    assert 'data-dialog="return"' in await shown(lead, breakouts.house)
    assert 'data-dialog="return"' not in await shown(breakouts.who(1), breakouts.house)

    back = {"decision": "return", "reason": "Which ports?"}
    answers = [
        (await lead.post(f"{breakouts.at}/proposals/{one['id']}/moderation", back)).status_code
        for one in made
    ]
    assert answers == [200, 403]
    assert "Which ports?" in await shown(breakouts.who(1), breakouts.house)
    assert "Which ports?" not in await shown(breakouts.who(2), breakouts.house)
