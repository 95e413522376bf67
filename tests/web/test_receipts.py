"""Receipts: two words and a number that only the voter is told, found again in the list that is
published after the close."""

from typing import Any

from app.queries.receipts import WORDS, receipt_of
from tests.support.house import House


async def voted(house: House, people: int, **settings: Any) -> tuple[str, list[Any], list[Any]]:
    """A rating round that so many have answered and that is closed and published: its id, the
    voters, and what each was told."""
    body = {"type": "rate", "title": "Rate", "options": ["One area"], "settings": settings}
    activity = (await house.owner.post(f"{house.at}/activities", body)).json()
    option = activity["options"][0]["id"]
    listed = [{"label": f"Voter {n}", "roles": ["participant"]} for n in range(people)]
    voters = (await house.owner.post(f"{house.at}/participants", listed)).json()
    round_ = (await house.owner.post(f"/activities/{activity['id']}/rounds", {})).json()["id"]
    await house.owner.post(f"/rounds/{round_}/open")
    told = []
    for n, voter in enumerate(voters):
        ballot = {"body": {"rating": {option: n % 9 + 1}}, "revision": 1}
        cast = house.owner.as_(voter["token"])
        told.append((await cast.post(f"/rounds/{round_}/ballots", ballot, key=f"k{n}")).json())
    await house.owner.post(f"/rounds/{round_}/close")
    await house.owner.post(f"/rounds/{round_}/publish", {"to": ["participants"]})
    return round_, voters, told


async def test_everyone_finds_their_own_answer_and_nobody_elses(house: House) -> None:
    round_, voters, told = await voted(house, 9)
    reader = house.owner.as_(voters[3]["token"])
    listed = (await reader.get(f"/rounds/{round_}/receipts")).json()["items"]
    by_words = {one["receipt"]: list(one["body"]["rating"].values()) for one in listed}
    own = (await reader.get(f"/rounds/{round_}/ballots/mine")).json()["items"]
    page = (await reader.get(f"{house.at.replace('/workshops', '/w')}/receipts/{round_}")).text
    assert by_words == {one["receipt"]: [n % 9 + 1] for n, one in enumerate(told)}
    assert [one["receipt"] for one in listed] == sorted(by_words)
    assert [one["receipt"] for one in own] == [told[3]["receipt"]]
    assert [one["receipt"] for one in told if one["receipt"] not in page] == []
    assert [voter["id"] for voter in voters if voter["id"] in page] == []


async def test_the_same_key_is_told_the_same_receipt(house: House) -> None:
    round_, voters, told = await voted(house, 1)
    reader = house.owner.as_(voters[0]["token"])
    option = (await reader.get(f"/rounds/{round_}")).json()["options"][0]["id"]
    body = {"body": {"rating": {option: 1}}, "revision": 1}
    again = (await reader.post(f"/rounds/{round_}/ballots", body, key="k0")).json()
    assert again == {**told[0], "replayed": True}


async def test_a_few_answers_are_not_listed(house: House) -> None:
    round_, voters, _ = await voted(house, 7)
    reader = house.owner.as_(voters[0]["token"])
    page = await reader.get(f"/w/{house.id}/receipts/{round_}")
    assert (await reader.get(f"/rounds/{round_}/receipts")).json()["items"] == []
    assert "fewer than eight" in page.text


async def test_a_secret_round_gives_no_receipts(house: House) -> None:
    round_, voters, told = await voted(house, 9, secrecy="secret")
    page = await house.owner.get(f"/w/{house.id}/receipts/{round_}")
    assert {one.get("receipt") for one in told} == {None}
    assert "fewer than eight" in page.text
    assert len(voters) == 9


def test_words_tell_ballots_apart() -> None:
    assert len(WORDS) == len(set(WORDS)) == 256
    assert len({receipt_of(str(n)) for n in range(2000)}) > 1995
    assert receipt_of("a") == receipt_of("a")
