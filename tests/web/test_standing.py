"""What the ballots give so far: shown where the round's setting says so, and nowhere else."""

import pytest

from tests.support.house import House

SEEN = "2 of 2 have answered"


async def opened(house: House, results: str) -> str:
    """An open rating round in which everybody entitled has answered; returns its id."""
    by = house.by("facilitator")
    colleague = {"label": "Colleague", "roles": ["participant"]}
    made = (await house.owner.post(f"{house.at}/participants", colleague)).json()
    house.people["colleague"] = made
    settings = {"results": results}
    body = {"type": "rate", "title": "How important?", "options": ["A"], "settings": settings}
    activity = (await by.post(f"{house.at}/activities", body)).json()
    round_ = (await by.post(f"/activities/{activity['id']}/rounds", {})).json()["id"]
    await by.post(f"/rounds/{round_}/open")
    for role, value in (("participant", 9), ("colleague", 7)):
        ballot = {"body": {"rating": {activity["options"][0]["id"]: value}}, "revision": 1}
        answer = await house.by(role).post(
            f"/rounds/{round_}/ballots", ballot, key=f"key of {role}"
        )
        assert answer.status_code == 200, answer.text
    return str(round_)


async def rooms(house: House, path: str) -> dict[str, bool]:
    """For whom a page of the meeting tells what the ballots give so far."""
    pages = {
        role: (await house.by(role).get(f"/w/{house.id}/{path}")).text
        for role in ("participant", "observer")
    }
    return {role: SEEN in page for role, page in pages.items()}


@pytest.mark.parametrize(
    ("results", "pushed", "own"),
    [
        ("always", (True, True), (True, True)),
        ("after_own_vote", (False, False), (True, False)),
        ("after_publish", (False, False), (False, False)),
        ("organisers", (False, False), (False, False)),
    ],
)
async def test_the_setting_says_who_sees_it(
    house: House, results: str, pushed: tuple[bool, bool], own: tuple[bool, bool]
) -> None:
    await opened(house, results)
    everybody = ("participant", "observer")
    assert await rooms(house, "room") == dict(zip(everybody, pushed, strict=True))
    assert await rooms(house, "mine/standing") == dict(zip(everybody, own, strict=True))


async def test_who_has_not_answered_is_told_what_to_do(house: House) -> None:
    await opened(house, "after_own_vote")
    page = (await house.by("observer").get(f"/w/{house.id}/mine/standing")).text
    assert "once you have answered" in page


async def test_after_the_close_who_answered_sees_the_outcome(house: House) -> None:
    round_ = await opened(house, "after_own_vote")
    await house.by("facilitator").post(f"/rounds/{round_}/close")
    asked = {
        r: await house.by(r).get(f"/rounds/{round_}/outcome") for r in ("colleague", "observer")
    }
    while asked["colleague"].status_code == 202:
        asked["colleague"] = await house.by("colleague").get(f"/rounds/{round_}/outcome")
    assert {role: answer.status_code for role, answer in asked.items()} == {
        "colleague": 200, "observer": 404,
    }  # fmt: skip
    assert SEEN in (await house.by("colleague").get(f"/w/{house.id}/mine/standing")).text
