"""A vote from its set-up to its files: what is asked of it, shown of it, and counted again."""

import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from app.formats import verify
from tests.support.house import Caller, House

OPTIONS = ["Night posts", "Radio sets", "Ranger schools", "Case files"]


@dataclass
class Hall:
    """Six voters, five of them from the West, who vote on four options."""

    house: House
    voters: list[Caller]
    ids: list[str] = field(default_factory=list)
    activity: str = ""

    async def set_up(self, **settings: Any) -> Any:
        body = {"type": "vote", "title": "Which?", "settings": settings, "options": OPTIONS}
        return await self.house.owner.post(f"{self.house.at}/activities", body)

    async def opened(self, **settings: Any) -> str:
        """A vote before the room; the path of its round."""
        made = await self.set_up(**settings)
        assert made.status_code == 201, made.text
        self.activity = made.json()["id"]
        self.ids = [one["id"] for one in made.json()["options"]]
        opened = await self.house.owner.post(f"/activities/{self.activity}/open")
        assert opened.status_code == 201, opened.text
        return f"/rounds/{opened.json()['id']}"

    async def cast(self, at: str, *bodies: Any) -> None:
        for voter, body in zip(self.voters, bodies, strict=False):
            sent = {"body": body, "revision": 1}
            cast = await voter.post(f"{at}/ballots", sent, key=secrets.token_hex(8))
            assert cast.status_code == 200, cast.text

    async def closed(self, at: str) -> dict[str, Any]:
        """The outcome, published to everybody and on the big screen."""
        run = self.house.owner
        assert (await run.post(f"{at}/close")).status_code == 200
        counted = await run.outcome(at)
        await run.post(f"{at}/publish", {"to": ["participants", "screen"]})
        return counted

    async def page(self, name: str, by: Caller | None = None) -> str:
        shown = await (by or self.house.owner).get(f"/w/{self.house.id}/{name}")
        assert shown.status_code == 200, shown.text
        return " ".join(shown.text.split())


@pytest.fixture
async def hall(house: House) -> Hall:
    people = [
        {"label": f"Expert {n}", "roles": ["participant"], "region": "West" if n < 5 else "East"}
        for n in range(6)
    ]
    added = (await house.owner.post(f"{house.at}/participants", people)).json()
    return Hall(house, [house.owner.as_(one["token"]) for one in added])


async def test_a_motion_is_held_against_its_quorum_and_threshold(hall: Hall) -> None:
    params = {"quorum": "1/2", "basis": "present"}
    at = await hall.opened(method="motion", params=params, threshold="2/3")
    assert 'name="motion"' in await hall.page("mine/exercise", hall.voters[0])
    await hall.cast(at, *({"motion": said} for said in ("yes", "yes", "no")))
    control = await hall.page("control")
    assert "Carried by at least 2/3 of all votes cast, abstentions included." in control
    assert "4 are needed, 1 more." in control
    outcome = await hall.closed(at)
    assert (outcome["decided"], outcome["diagnostics"]["quorum_met"]) == ("no_quorum", False)
    assert "The quorum was not reached: nothing is decided." in await hall.page("control")


async def test_a_committee_stands_beside_what_each_region_gets_of_it(hall: Hall) -> None:
    params = {"budget": 10, "costs": ["4", "3", "5", "2.5"]}
    for secrecy in ("named", "confidential"):
        at = await hall.opened(method="equal_shares", params=params, secrecy=secrecy)
        assert "costs 2.5" in await hall.page("mine/exercise", hall.voters[0])
        a, b, c, d = hall.ids
        west = [{"approval": [a, b]}, {"approval": [a, b, d]}] * 2
        await hall.cast(at, *west, {"approval": [a]}, {"approval": [c]})
        outcome = await hall.closed(at)
        assert outcome["winners"] == [b, a]
        control = await hall.page("control")
        shown = control[control.index('id="satisfaction"') :]
        assert ("Too few, or too alike, to be shown" in shown) is (secrecy == "confidential")
        screen = await hall.page("screen")
        assert table_of(screen) == table_of(control)
        await hall.house.owner.post(f"{at}/publish", {"to": []})
        assert "satisfaction" not in await hall.page("screen")


def table_of(page: str) -> str:
    """How the choice serves each region, as a page draws it."""
    found = page[page.index('<table class="results" id="satisfaction">') :]
    return found[: found.index("</table>")]


async def test_points_are_counted_printed_and_counted_again(hall: Hall, tmp_path: Path) -> None:
    at = await hall.opened(method="dot_vote", params={"budget": 10}, keep=2)
    form = await hall.page("mine/exercise", hall.voters[0])
    assert 'data-budget="10"' in form
    a, b, c, _ = hall.ids
    await hall.cast(at, {"allocation": {a: 6, b: 4}}, {"allocation": {b: 10}}, {"allocation": {}})
    over = {"body": {"allocation": {a: 11}}, "revision": 1}
    refused = await hall.voters[3].post(f"{at}/ballots", over, key=secrets.token_hex(8))
    assert refused.json()["error"]["message"] == "You spent 11 of 10. Please take some back."
    outcome = await hall.closed(at)
    assert (outcome["winners"], outcome["scores"][c]) == ([b, a], "0")
    assert "Your own vote" in await hall.page("mine/exercise", hall.voters[0])
    bundle = await hall.house.owner.get(f"{hall.house.at}/export?format=bundle")
    (tmp_path / "bundle.zip").write_bytes(bundle.content)
    faults, told = verify.verify(str(tmp_path / "bundle.zip"))
    assert faults == []
    assert told[1].endswith("dot_vote: counted again, equal")
    report = (await hall.house.owner.get(f"{hall.house.at}/export?format=json")).json()
    assert "To be chosen: 2. Everyone has 10 points." in report["rounds"][0]["rule"]


async def test_a_vote_that_lacks_what_its_rule_needs_is_not_set_up(hall: Hall) -> None:
    """Each refusal names its field of the set-up; nothing was added by any."""
    wrong: list[tuple[dict[str, Any], tuple[str, str]]] = [
        ({"method": "consent"}, ("unknown_method", "settings.method")),
        ({"method": "seq_pav"}, ("missing_field", "settings.keep")),
        ({"method": "dot_vote"}, ("missing_field", "settings.params.budget")),
        ({"method": "equal_shares"}, ("missing_field", "settings.keep")),
        ({"method": "score"}, ("missing_field", "settings.scale.min")),
        (
            {"method": "score", "scale": {"min": 0, "max": 90}},
            ("score_range", "settings.scale.max"),
        ),
        ({"method": "motion", "threshold": "3/2"}, ("score_range", "settings.threshold")),
        (
            {"method": "motion", "params": {"quorum": "2"}},
            ("score_range", "settings.params.quorum"),
        ),
        (
            {"method": "plurality", "params": {"most": "two"}},
            ("not_a_number", "settings.params.most"),
        ),
        ({"params": {"colour": 1}}, ("unknown_field", "settings.params.colour")),
    ]
    costs = {"method": "equal_shares", "params": {"costs": ["1", "2"]}}
    wrong += [
        (costs, ("missing_field", "settings.params.budget")),
        (
            {"method": "equal_shares", "params": {"budget": 9}},
            ("missing_field", "settings.params.costs"),
        ),
        ({**costs, "params": {"costs": ["much"]}}, ("not_a_number", "settings.params.costs")),
    ]
    for settings, expected in wrong:
        said = (await hall.set_up(**settings)).json()["error"]
        assert (said["code"], said.get("field")) == expected, settings
    listed = await hall.house.owner.get(f"{hall.house.at}/activities")
    assert listed.json()["items"] == []
    short = await hall.set_up(method="equal_shares", params={"budget": 9, "costs": ["1", "2"]})
    refused = await hall.house.owner.post(f"/activities/{short.json()['id']}/open")
    assert refused.json()["error"]["field"] == "settings.params.costs"
