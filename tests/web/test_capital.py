"""For my capital: a delegation takes the draft home, and sees next time only what changed."""

import re
from typing import Any

import pytest

from app.queries.lines import Counter, columns, wrapped
from tests.exports.opened import opened, words_of
from tests.support.house import Caller, House
from tests.support.table import Drafting

NOTE = "Ask the ministry first"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The database makes no difference here."""
    return sqlite_url


async def delegates(house: House, *labels: str, **more: Any) -> list[Caller]:
    """Members of State 07, with a vote."""
    about = {"roles": ["participant"], "delegation": "State 07", **more}
    people = [{"label": label, **about} for label in labels]
    made = await house.owner.post(f"{house.at}/participants", people)
    assert made.status_code == 201, made.text
    return [house.owner.as_(person["token"]) for person in made.json()]


async def page(house: House, caller: Caller, more: str = "") -> str:
    answer = await caller.get(f"/w/{house.id}/capital{more}")
    assert answer.status_code == 200, answer.text
    return answer.text


def changes(html: str) -> str:
    found = html.partition('id="capital-changes"')[2].partition("</section>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", found.partition("<ul")[2]).split())


async def taken(house: House, caller: Caller, kind: str) -> str:
    answer = await caller.get(f"{house.at}/capital", params={"format": kind})
    assert answer.status_code == 200, answer.text
    data = answer.content
    return data.decode() if kind == "html" else words_of(opened(data))


async def test_it_holds_numbered_lines_ones_flags_and_ones_own_notes(drafting: Drafting) -> None:
    house = drafting.house
    cell = await drafting.cell()
    state = {"capacity": "state_representative"}
    minister, adviser = await delegates(house, "Minister", "Adviser", **state)
    [expert] = await delegates(house, "Expert", capacity="expert")
    flag = {"row": cell["id"], "flag": "pending", "text": "Awaiting the cabinet"}
    assert (await minister.post(f"{house.at}/flags", flag)).status_code == 201
    await adviser.post(f"/w/{house.id}/mine/notes", {"text": NOTE})
    for kind in ("docx", "html"):
        files = [await taken(house, one, kind) for one in (minister, adviser, expert)]
        # State representatives are one voice; an expert beside them speaks alone.
        ours = "Your delegation’s flags"
        assert ["Awaiting the cabinet" in file for file in files] == [True] * 3
        assert [NOTE in file for file in files] == [False, True, False]
        if kind == "html":
            assert [ours in file for file in files] == [True, True, False]
            assert "Flagged by others: <bdi>Position reserved: Awaiting" in files[2]
            assert '<span class="no">2</span> <bdi>Train border posts' in files[0]
            assert "<script" not in files[0]
    own = await page(house, adviser)
    assert "Rows that your delegation flagged" in own
    assert "Rows that your delegation flagged" not in await page(house, expert)


async def test_the_next_morning_only_what_changed_stands_there(drafting: Drafting) -> None:
    house = drafting.house
    first, second = await drafting.cell(0, 0), await drafting.cell(0, 1)
    minister, adviser = await delegates(house, "Minister", "Adviser")
    assert "It was not taken home yet." in await page(house, minister)
    await taken(house, minister, "html")
    assert "Nothing changed since." in await page(house, adviser)
    await drafting.put(drafting.areas[0], drafting.responses[0], {"text": "Train all"}, version=1)
    await drafting.decide("consensus", await drafting.row(second["id"]))
    third = await drafting.cell(1, 1, level="national")
    told = await page(house, adviser)
    assert re.findall(r'id="changed-(\w+)"', told) == [first["id"], second["id"], third["id"]]
    words = changes(told)
    for said in ("Reworded · line 2", "Ruled on · line 3", "Consensus", "New · line 5"):
        assert said in words, words
    await taken(house, adviser, "html")
    assert "Nothing changed since." in await page(house, minister)
    everything = changes(await page(house, minister, "?since=0"))
    assert everything.count("New") == 5  # two areas and three rows
    log = (await house.owner.get(f"{house.at}/log", params={"limit": 200})).json()["items"]
    assert log[-1]["kind"] == "cell_added"  # taking it home is no line of the record


async def test_only_members_of_a_delegation_take_it(house: House) -> None:
    for role in ("participant", "facilitator", "chair", "observer"):
        for path in (f"/w/{house.id}/capital", f"{house.at}/capital"):
            assert (await house.by(role).get(path)).status_code == 403


async def test_lines_are_the_same_for_everybody() -> None:
    count = Counter()
    first, second = count.lines("one two\n\nthree"), count.lines("word " * 40)
    assert (first.numbered, second.first) == ([(1, "one two"), (2, "three")], 3)
    assert max(map(columns, second.texts)) <= 90
    assert [*wrapped("研究研究", 4)] == ["研究", "研究"]
    assert [*wrapped("abcdef gh", 4)] == ["abcd", "ef", "gh"]
