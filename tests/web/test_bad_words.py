"""Words and ids that do not fit: what their sender is told, and what stands there instead."""

from typing import Any

import pytest

from tests.support.house import House
from tests.web.test_guards import error_of


async def test_too_long_says_how_long_and_how_long_it_may_be(house: House) -> None:
    answer = await house.owner.patch(house.at, {"title": "x" * 10_001}, 1)
    message = answer.json()["error"]["message"]
    assert error_of(answer) == (422, "too_long")
    assert message == "This text has 10001 characters; at most 300 fit."


async def test_one_spelling_is_stored_and_names_hide_no_direction(house: House) -> None:
    name = "Jose\u0301 \u202eABC\u202c"
    made = await house.owner.post(f"{house.at}/participants", {"label": name})
    assert made.json()["label"] == "Jos\u00e9 ABC"


async def test_an_option_of_another_round_is_unknown(house: House) -> None:
    rounds = []
    for _ in range(2):
        body = {"type": "rate", "title": "How important?", "options": ["This"]}
        activity = (await house.owner.post(f"{house.at}/activities", body)).json()
        opened = await house.owner.post(f"/activities/{activity['id']}/open", {})
        rounds.append((opened.json()["id"], activity["options"][0]["id"]))
    (here, own), (_, foreign) = rounds
    voter = house.by("participant")
    found = []
    for option in (own, foreign, "nowhere"):
        ballot = {"body": {"rating": {option: 3}}, "revision": 1}
        answer = await voter.post(f"/rounds/{here}/ballots", ballot, key=option)
        found.append(answer.status_code if answer.is_success else error_of(answer))
    assert found == [200, (422, "unknown_option"), (422, "unknown_option")]


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd.csv", "<svg onload=alert(1)>.csv", "a%0D%0ASet-Cookie: x=1.csv", "x" * 300],
    ids=["path", "markup", "line feed", "long"],
)
async def test_the_name_of_a_file_is_nothing_to_go_by(house: House, name: str) -> None:
    """It may say which kind of table this is, and is neither stored nor repeated."""
    async with house.owner.client() as client:
        sent: dict[str, Any] = {"file": (name, b"label\nOne more\n")}
        answer = await client.post(f"/api/v1{house.at}/import/people", files=sent)
    people = (await house.owner.get(f"{house.at}/participants?limit=200")).json()["items"]
    assert [one["label"] for one in people].count("One more") == 1
    assert (answer.status_code, "set-cookie" in answer.headers) == (200, False)
    assert name[:9] not in answer.text


async def test_the_first_twenty_wrong_rows_are_named(house: House) -> None:
    data = "label,roles\n" + "Somebody,king\n" * 50
    async with house.owner.client() as client:
        sent = {"file": ("people.csv", data.encode())}
        answer = await client.post(f"/api/v1{house.at}/import/people", files=sent)
    assert error_of(answer) == (422, "csv_row")
    assert [one["row"] for one in answer.json()["error"]["rows"]] == list(range(2, 22))
