"""The thrifty matrix: nominated, shortlisted, shared out, asked no more, laid into rows."""

import secrets
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.support.house import Caller, House
from tests.support.table import code

SHARING = {"raters": 3, "by_competence": True, "stop_from": 2, "stop_iqr": 0}
AGREED = {"agree_from": 7, "disagree_to": 3, "iqr_max": 3}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Who is asked for what follows from the rows alone."""
    return sqlite_url


@dataclass
class Hall:
    """Two areas, three responses, seven voices of whom two declare that they are of the police."""

    house: House
    areas: list[str] = field(default_factory=list)
    responses: list[str] = field(default_factory=list)
    voters: list[Caller] = field(default_factory=list)

    @property
    def run(self) -> Caller:
        return self.house.owner

    def cell(self, area: int, response: int) -> str:
        return f"{self.areas[area]}-{self.responses[response]}"

    @property
    def every(self) -> list[dict[str, str]]:
        return [{"area": a, "response": r} for a in self.areas for r in self.responses]

    async def activity(self, kind: str, options: Any = (), **settings: Any) -> str:
        body = {"type": kind, "title": "Which cells?", "settings": settings, "options": options}
        made = await self.run.post(f"{self.house.at}/activities", body)
        assert made.status_code == 201, made.text
        return str(made.json()["id"])

    async def open(self, activity: str) -> str:
        opened = await self.run.post(f"/activities/{activity}/open")
        assert opened.status_code == 201, opened.text
        return f"/rounds/{opened.json()['id']}"

    async def cast(self, voter: int, at: str, body: dict[str, Any], revision: int = 1) -> Any:
        ballot = {"body": body, "revision": revision}
        return await self.voters[voter].post(f"{at}/ballots", ballot, key=secrets.token_hex(8))

    async def close(self, at: str) -> dict[str, Any]:
        assert (await self.run.post(f"{at}/close")).status_code == 200
        return await self.run.outcome(at)

    async def form(self, voter: int) -> str:
        return (await self.voters[voter].get(f"/w/{self.house.id}/mine/exercise")).text

    async def asked(self, voter: int) -> list[str]:
        """The cells that stand in this voter's form."""
        form = await self.form(voter)
        every = [self.cell(a, r) for a in range(2) for r in range(3)]
        return [one for one in every if f'id="rate-{one}"' in form]


@pytest.fixture
async def hall(house: House) -> Hall:
    found = Hall(house)
    for kind, text, lead in (
        ("priority_area", "Porous borders", ""),
        ("priority_area", "Corruption", ""),
        ("response", "Joint patrols", "Police"),
        ("response", "Share files", ""),
        ("response", "Publish accounts", ""),
    ):
        made = await house.owner.post(
            f"{house.at}/proposals", {"kind": kind, "text": text, "lead_actor": lead}
        )
        (found.areas if kind == "priority_area" else found.responses).append(made.json()["id"])
        at = f"{house.at}/proposals/{made.json()['id']}/moderation"
        assert (await house.owner.post(at, {"decision": "accept"})).status_code == 200
    people = [
        {"label": f"Expert {n}", "roles": ["participant"], "capacity": "expert",
         "institution_type": "police" if n < 2 else "university"}
        for n in range(6)
    ]  # fmt: skip
    added = (await house.owner.post(f"{house.at}/participants", people)).json()
    found.voters = [house.owner.as_(one["token"]) for one in added] + [house.by("participant")]
    return found


async def test_from_every_cell_to_the_rows_of_the_matrix(hall: Hall) -> None:
    nominating = await hall.activity("choose", hall.every, shortlist_from=2)
    at = await hall.open(nominating)
    assert "Area 1 of 2" in await hall.form(0)
    plausible = [[hall.cell(0, 0), hall.cell(1, 2)], [hall.cell(0, 0)], [hall.cell(1, 2)],
                 [hall.cell(0, 1)], [hall.cell(0, 1)], [], []]  # fmt: skip
    for voter, ticked in enumerate(plausible):
        assert (await hall.cast(voter, at, {"approval": ticked})).status_code == 200
    await hall.close(at)
    control = (await hall.run.get(f"/w/{hall.house.id}/control")).text
    assert "3 of 6 cells are on the shortlist" in control
    assert "nominated by 2 or more" in control

    rating = await hall.activity("rate", [], params=AGREED, **SHARING)
    sent = await hall.run.post(f"{at}/send-on", {"activity": rating})
    shortlist = [hall.cell(0, 0), hall.cell(0, 1), hall.cell(1, 2)]
    assert [one["id"] for one in sent.json()["options"]] == shortlist
    assert sent.json()["options"][0]["response"] == hall.responses[0]
    await hall.run.post(f"/activities/{rating}/stage", {"stage": "running"})
    control = (await hall.run.get(f"/w/{hall.house.id}/control")).text
    assert "3 cells, 7 voices. Ratings for each cell: 3." in control
    assert "Cells for each person: 1–2" in control

    at = await hall.open(rating)
    blocks = [await hall.asked(voter) for voter in range(7)]
    assert sorted(map(len, blocks)) == [1, 1, 1, 1, 1, 2, 2]
    for cell in shortlist:
        assert sum(cell in block for block in blocks) == 3
    assert all(hall.cell(0, 0) in blocks[voter] for voter in (0, 1))  # the police, named as lead

    other = next(cell for cell in shortlist if cell not in blocks[0])
    refused = await hall.cast(0, at, {"rating": {other: 9}})
    assert code(refused) == (422, "not_asked")

    raters = [voter for voter in range(7) if hall.cell(0, 0) in blocks[voter]]
    for voter in raters[:2]:
        said = await hall.cast(voter, at, {"rating": {hall.cell(0, 0): 9}})
        assert said.status_code == 200, said.text
    assert hall.cell(0, 0) not in await hall.asked(raters[2])
    assert hall.cell(0, 0) in await hall.asked(raters[0])  # their own answer stays
    room = (await hall.voters[raters[2]].get(f"/w/{hall.house.id}/room")).text
    assert "1 of 3 cells has enough ratings" in room
    late = await hall.cast(raters[2], at, {"rating": {hall.cell(0, 0): 8}})
    assert late.status_code == 200  # an answer on its way counts
    outcome = await hall.close(at)
    figures = outcome["diagnostics"]["options"]
    assert {cell: figures[cell]["n"] for cell in shortlist} == dict(
        zip(shortlist, (3, 0, 0), strict=True)
    )
    assert outcome["winners"] == [hall.cell(0, 0)]

    await hall.run.post(f"{at}/publish", {"to": ["participants"]})
    laid = await hall.run.post(f"{hall.house.at}/matrix/kept")
    assert laid.status_code == 201
    desk = (await hall.run.get(f"/w/{hall.house.id}/desk/matrix?view=cells")).text
    for cell, state in (
        (hall.cell(0, 0), "rated"),
        (hall.cell(0, 1), "nominated"),
        (hall.cell(1, 2), "nominated"),
    ):
        assert f'id="cell-{cell}" data-state="{state}"' in desk
    assert "Median 9, IQR 0.5, n 3." in desk
    await taken_home(hall)


async def taken_home(hall: Hall) -> None:
    """Files say how each cell stands; the open one by published results alone, and the row's story
    knows what was voted before it was a row."""
    at, run = hall.house.at, hall.run
    report = (await run.get(f"{at}/export?format=json")).json()
    found = {f"{one['area_id']}-{one['response_id']}": one["cell"] for one in report["cells"]}
    rated = "Rated. Nominated by 2 of 7. Median 9, IQR 0.5, n 3."
    assert found == {
        hall.cell(0, 0): rated,
        hall.cell(0, 1): "Nominated. Nominated by 2 of 7.",
        hall.cell(1, 2): "Nominated. Nominated by 2 of 7.",
    }
    assert report["cell_counts"] == {
        "agreed": 0, "reserved": 0, "rated": 1, "nominated": 2, "dropped": 0, "empty": 3,
    }  # fmt: skip
    assert [(row["cell_state"], row["cell"]) for row in report["rows"]] == [
        ("rated", rated), ("", ""),
    ]  # fmt: skip
    page = (await hall.voters[0].get(f"{at}/export?format=html")).text
    assert "<bdi>Rated. Median 9, IQR 0.5, n 3.</bdi>" in page
    assert [words for words in ("Nominated", "without a row") if words in page] == []
    whole = (await run.get(f"{at}/matrix")).json()
    row = whole["areas"][0]["cells"][0]["id"]
    story = (await run.get(f"/w/{hall.house.id}/desk/story/{row}")).text
    assert "Approved by 2 of 7 in “Which cells?”, round 1" in story
    assert "Rated in “Which cells?”, round 1: median 9, IQR 0.5, n 3" in story


async def test_a_late_voice_gets_what_the_fewest_rate(hall: Hall) -> None:
    rating = await hall.activity("rate", hall.every, raters=2)
    at = await hall.open(rating)
    body = {"label": "Late", "roles": ["participant"], "capacity": "expert"}
    person = (await hall.run.post(f"{hall.house.at}/participants", body)).json()
    added = await hall.run.post(f"{at}/voters", {"participant": person["id"]})
    assert added.status_code == 200
    hall.voters.append(hall.run.as_(person["token"]))
    assert len(await hall.asked(7)) == 2


async def test_a_secret_round_is_not_shared_out(hall: Hall) -> None:
    body = {"type": "rate", "title": "Which?", "settings": {"secrecy": "secret", "raters": 3}}
    refused = await hall.run.post(f"{hall.house.at}/activities", body)
    assert code(refused) == (422, "secret")
    rating = await hall.activity("rate", hall.every, raters=3)
    refused = await hall.run.post(f"/activities/{rating}/rounds", {"secrecy": "secret"})
    assert code(refused) == (422, "secret")


async def test_a_cell_joins_an_area_with_a_response(hall: Hall) -> None:
    turned = {"area": hall.responses[0], "response": hall.areas[0]}
    body = {"type": "choose", "title": "Which?", "options": [turned]}
    refused = await hall.run.post(f"{hall.house.at}/activities", body)
    assert code(refused) == (422, "not_an_area")
    body["options"] = [{"response": hall.responses[0]}]
    assert (await hall.run.post(f"{hall.house.at}/activities", body)).status_code == 404


@pytest.mark.parametrize("name", ["raters", "cells_most", "shortlist_from"])
async def test_a_number_of_cells_is_whole_and_not_none(hall: Hall, name: str) -> None:
    body = {"type": "rate", "title": "Which?", "settings": {name: 0}}
    refused = await hall.run.post(f"{hall.house.at}/activities", body)
    assert refused.status_code == 422
