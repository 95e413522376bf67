"""Comparing over the API: each pair is one ballot, skips apart from ties, turnout in voters."""

import secrets
from html import unescape
from itertools import combinations
from typing import Any

import pytest

from tests.support.house import Caller, House
from tests.support.table import code

TEXTS = ("Night posts", "Radio sets", "Ranger schools")


async def compare(house: House, **settings: Any) -> tuple[dict[str, Any], list[Caller]]:
    """An open round of three options, and its two voters."""
    people = [{"label": f"Expert {n}", "roles": ["participant"]} for n in (1, 2)]
    added = (await house.owner.post(f"{house.at}/participants", people)).json()
    body = {"type": "compare", "title": "Which?", "settings": settings, "options": list(TEXTS)}
    made = (await house.owner.post(f"{house.at}/activities", body)).json()
    opened = await house.owner.post(f"/activities/{made['id']}/open")
    assert opened.status_code == 201, opened.text
    return opened.json(), [house.owner.as_(one["token"]) for one in added]


async def page(who: Caller, house: House, name: str) -> str:
    answer = await who.get(f"/w/{house.id}/{name}")
    assert answer.status_code == 200, answer.text
    return unescape(answer.text)


async def judge(
    voter: Caller, round_: dict[str, Any], body: dict[str, Any], revision: int = 1
) -> Any:
    ballot = {"body": body, "revision": revision}
    return await voter.post(f"/rounds/{round_['id']}/ballots", ballot, key=secrets.token_hex(8))


async def closed(house: House, round_: dict[str, Any]) -> dict[str, Any]:
    at = f"/rounds/{round_['id']}"
    assert (await house.owner.post(f"{at}/close")).status_code == 200
    return await house.owner.outcome(at)


async def test_each_pair_is_a_ballot_and_turnout_counts_voters(house: House) -> None:
    round_, (first, second) = await compare(house, comparing={"mine": 3})
    assert round_["comparing"] == {"mine": 3, "each": 10, "doubt": None, "shown": 4}
    ids = [one["id"] for one in round_["options"]]
    for one, other in combinations(ids, 2):
        said = {"pair": {"winner": one, "loser": other}}
        assert (await judge(first, round_, said)).status_code == 200
    again = {"pair": {"winner": ids[1], "loser": ids[0]}}
    assert code(await judge(first, round_, again)) == (409, "stale_revision")
    assert (await judge(first, round_, again, 2)).status_code == 200
    skip = {"pair": {"winner": ids[0], "loser": ids[1], "skip": True}}
    assert (await judge(second, round_, skip)).status_code == 200
    mine = (await first.get(f"/rounds/{round_['id']}/ballots/mine")).json()["items"]
    assert len(mine) == 3
    outcome = await closed(house, round_)
    assert outcome["turnout"] == {"eligible": 3, "cast": 2, "blank": 1, "invalid": 0}
    assert outcome["ranking"][0] == [ids[1]]
    turnout = (await house.owner.get(f"/rounds/{round_['id']}/turnout")).json()
    assert (turnout["cast"], turnout["blank"]) == (2, 1)


async def test_control_room_and_report_show_strengths(house: House) -> None:
    round_, (first, second) = await compare(house, comparing={"each": 2}, results="always")
    ids = [one["id"] for one in round_["options"]]
    room = await page(first, house, "room")
    assert room.count('class="statement"') == 3
    for voter in (first, second):
        for one, other in combinations(ids, 2):
            said = {"pair": {"winner": one, "loser": other}}
            assert (await judge(voter, round_, said)).status_code == 200
    assert "Enough now" in await page(house.owner, house, "control")
    await closed(house, round_)
    shown = await page(house.owner, house, "control")
    assert "Judged: 6, as equal: 0" in shown
    report = (await house.owner.get(f"{house.at}/export?format=json")).json()
    figures = report["rounds"][-1]["options"][0]["figures"]
    assert figures["low"] < figures["strength"] < figures["high"]
    assert report["rounds"][-1]["compared"][2].startswith("Pairs shown: 3")


async def test_best_and_worst(house: House) -> None:
    round_, (first, _) = await compare(house, method="best_worst", comparing={"shown": 3})
    ids = [one["id"] for one in round_["options"]]
    assert "Least" in await page(first, house, "room")
    said = {"best_worst": {"shown": ids, "best": ids[0], "worst": ids[2]}}
    assert (await judge(first, round_, said)).status_code == 200
    assert (await closed(house, round_))["ranking"] == [[one] for one in ids]
    assert "Skipped, because" in await page(house.owner, house, "control")


@pytest.mark.parametrize(
    ("settings", "refusal"),
    [({"secrecy": "secret", "method": "bradley_terry"}, "secret"),
     ({"casts": "split", "method": "best_worst"}, "cannot_split")],
)  # fmt: skip
async def test_what_comparing_cannot_be(
    house: House, settings: dict[str, Any], refusal: str
) -> None:
    body = {"type": "compare", "title": "Which?", "settings": settings, "options": list(TEXTS)}
    assert code(await house.owner.post(f"{house.at}/activities", body)) == (422, refusal)
