"""A Delphi over the API and on its pages: rules first, feedback, what leaves, what stops it."""

import io
import json
import secrets
import zipfile
from typing import Any

import pytest

from tests.support.house import Caller, House
from tests.support.table import code

ITEMS = ["Borders", "Trust", "Terms"]
RULES: dict[str, dict[str, Any]] = {
    "params": {"agree_from": 7, "disagree_to": 3, "iqr_max": 2},
    "delphi": {"kind": "rounds", "most_rounds": 3},
}
FIRST = [(9, 9, 2), (9, 1, 2), (8, 9, 3), (9, 2, 2), (9, 8, 2), (9, 1, 1)]


class Room:
    """A house with six voters of two regions and one Delphi."""

    def __init__(self, house: House) -> None:
        self.house, self.run = house, house.by("facilitator")
        self.voters: list[Caller] = []
        self.activity: dict[str, Any] = {}

    async def fill(self, **settings: Any) -> None:
        people = [
            {"label": f"Voter {n}", "roles": ["participant"], "capacity": "expert",
             "region": ["North" if n < 3 else "South"]}
            for n in range(6)
        ]  # fmt: skip
        made = (await self.house.owner.post(f"{self.house.at}/participants", people)).json()
        self.voters = [self.house.owner.as_(one["token"]) for one in made]
        given = {**RULES, "electorate": "experts", **settings}
        body = {"type": "rate", "title": "How important?", "options": ITEMS, "settings": given}
        answer = await self.run.post(f"{self.house.at}/activities", body)
        assert answer.status_code == 201, answer.text
        self.activity = answer.json()

    @property
    def options(self) -> list[str]:
        return [option["id"] for option in self.activity["options"]]

    async def open(self, **body: Any) -> Any:
        return await self.run.post(f"/activities/{self.activity['id']}/open", body)

    async def play(self, *rows: Any, **more: Any) -> dict[str, Any]:
        """A round that is opened, answered and closed."""
        round_ = (await self.open()).json()
        for n, row in enumerate(rows):
            await self.cast(round_["id"], n, row, **more)
        await self.run.post(f"/rounds/{round_['id']}/close", {})
        await self.run.outcome(f"/rounds/{round_['id']}")
        return dict(round_)

    async def cast(self, round_id: str, n: int, row: Any, **more: Any) -> None:
        rating = {o: v for o, v in zip(self.options, row, strict=False) if v is not None}
        body = {"body": {"rating": rating}, "revision": 1, **more}
        key = secrets.token_hex(8)
        answer = await self.voters[n].post(f"/rounds/{round_id}/ballots", body, key=key)
        assert answer.status_code == 200, answer.text

    async def change(self, **body: Any) -> Any:
        path = f"/activities/{self.activity['id']}"
        version = (await self.run.get(path)).json()["version"]
        return await self.run.patch(path, body, version)

    async def page(self, path: str, n: int | None = None) -> str:
        by = self.run if n is None else self.voters[n]
        answer = await by.get(f"/w/{self.house.id}/{path}")
        assert answer.status_code == 200, answer.text
        return answer.text


@pytest.fixture
async def room(house: House) -> Room:
    made = Room(house)
    await made.fill()
    return made


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"params": {"agree_from": 7}}, (422, "rules_unstated")),
        ({"delphi": {"kind": "rounds"}}, (422, "rules_unstated")),
        ({"secrecy": "secret"}, (422, "secret")),
        ({"results": "organisers"}, (422, "hidden")),
        ({"method": "borda"}, (422, "unknown_method")),
    ],
)
async def test_it_does_not_open_before_its_rules_are_stated(
    house: House, settings: dict[str, Any], expected: tuple[int, str]
) -> None:
    room = Room(house)
    await room.fill(**settings)
    assert code(await room.open()) == expected


async def test_its_rules_freeze_with_the_first_round(room: Room) -> None:
    own = {"params": {"iqr_max": 1}}
    planned = f"/activities/{room.activity['id']}/rounds"
    assert code(await room.run.post(planned, own)) == (409, "rules_frozen")
    await room.play(*FIRST)
    for other in ({"params": {"iqr_max": 1}}, {"delphi": {"kind": "none"}}, {"scale": {"max": 5}}):
        assert code(await room.change(settings=other)) == (409, "rules_frozen")
    assert (await room.change(settings=RULES, title="How important is it?")).status_code == 200


async def test_every_opening_writes_its_rules_into_the_log(house: House, room: Room) -> None:
    await room.play(*FIRST)
    await room.open()
    bundle = (await room.run.get(f"{house.at}/export?format=bundle")).content
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        lines = [json.loads(line) for line in archive.read("log.jsonl").splitlines()]
    stated = [one["ids"]["delphi"] for one in lines if one["kind"] == "round_opened"]
    assert stated == [{**RULES["params"], "kind": "rounds", "most_rounds": 3}] * 2


async def test_what_is_settled_leaves_and_each_is_told_of_the_rest(room: Room) -> None:
    said = {"reasons": {room.options[1]: "So it is"}, "codes": {room.options[1]: "values"}}
    await room.play(*FIRST, **said)
    second = (await room.open()).json()
    assert [option["text"] for option in second["options"]] == ["Trust"]
    form = await room.page("mine/exercise", 1)
    assert "You said 1: below the middle half." in form
    assert form.count("So it is") == 6
    assert "In between" not in form
    assert 'value="values" selected' not in form  # a round's reasons are its own
    assert "By region" not in form  # three are too few
    control = await room.page("control")
    assert "After round 1: 2 of 3 items are settled." in control
    assert "values 6" in control


async def test_a_reworded_item_says_so_and_is_not_compared(room: Room) -> None:
    await room.play(*FIRST)
    reword = {"option": room.options[0], "text": "Open borders"}
    assert (await room.change(reword=reword)).status_code == 200
    second = await room.play(*((row[0], row[1]) for row in FIRST))
    assert [option["text"] for option in second["options"]] == ["Open borders", "Trust"]
    control = await room.page("control")
    assert "Reworded between the rounds: not compared" in control
    assert "0 of 6 moved" in control
    sheet = await room.page(f"mine/sheet/{room.activity['id']}", 0)
    assert sheet.count('<strong class="num">9</strong>') == 4
    assert "Median" in sheet
    assert "Settled:" not in sheet


async def test_its_rules_stand_on_the_desk(room: Room) -> None:
    item = {"title": "Priorities", "day": 1, "start": "09:00", "end": "10:30"}
    made = (await room.house.owner.post(f"{room.house.at}/agenda", item)).json()
    assert (await room.change(agenda_item=made["id"])).status_code == 200
    assert 'data-fill-owndelphimostrounds="3"' in await room.page("desk/agenda")


async def test_it_stops_by_its_rule(house: House) -> None:
    room = Room(house)
    await room.fill(delphi={"kind": "rounds", "stable_at": 10, "settled": "stay", "share": 90})
    await room.play(*FIRST)
    moved = [(9, 9, 2), (9, 2, 2), (8, 9, 3), (9, 2, 2), (9, 8, 2), (9, 1, 1)]
    assert len((await room.play(*moved))["options"]) == 3
    refused = await room.open()
    assert code(refused) == (409, "stopped")
    assert "because 1 of 18 answers moved" in refused.json()["error"]["message"]
    assert "because 1 of 18 answers moved" in await room.page("control")
    report = (await room.run.get(f"{house.at}/export?format=json")).json()
    first, second = report["rounds"]
    assert first["stability"] == []
    assert first["rules"][2].startswith("It stops once 10 %")
    assert second["stability"][1].startswith("“Trust”: 1 of 6 answers moved by a step or more;")
    assert second["rules"][-1].startswith("The stopping rule is met, because 1 of 18")


async def test_without_rounds_each_sees_the_group_after_answering(house: House) -> None:
    room = Room(house)
    await room.fill(delphi={"kind": "roundless"}, results="after_publish")
    round_ = (await room.open(until="08:30")).json()
    assert round_["results"] == "after_own_vote"
    assert round_["closes_at"]
    for n, row in enumerate(FIRST[:5]):
        await room.cast(round_["id"], n, (row[0], None, row[2]) if n == 0 else row)
    told = await room.page("mine/standing", 0)
    assert "You said 9: within the middle half." in told
    assert "Borders" in told
    assert "Trust" not in told
    assert "once you have answered" in await room.page("mine/standing", 5)


async def test_a_sheet_is_of_a_delphi_and_of_ones_own_meeting(room: Room) -> None:
    other = {"type": "rate", "title": "No Delphi", "options": ITEMS}
    made = (await room.run.post(f"{room.house.at}/activities", other)).json()
    for id_ in (made["id"], "nothing"):
        answer = await room.voters[0].get(f"/w/{room.house.id}/mine/sheet/{id_}")
        assert answer.status_code == 404
