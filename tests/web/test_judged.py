"""What was judged of evidence reaches the rows that cite it: its grade, and where it holds."""

import secrets
from typing import Any

import pytest

from tests.support.table import Drafting


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The database makes no difference here."""
    return sqlite_url


async def judged(
    drafting: Drafting, item: str, *said: tuple[str, str, str], **settings: Any
) -> str:
    """A round in which each of these says whether the item holds, how strong it is, and where;
    closed, and the path of its round."""
    owner = drafting.house.owner
    people = [{"label": f"Judge {secrets.token_hex(4)}", "roles": ["participant"]} for _ in said]
    added = (await owner.post(f"{drafting.at}/participants", people)).json()
    body = {"type": "evidence", "title": "Does it hold?", "settings": settings,
            "options": [{"evidence": item}]}  # fmt: skip
    made = await owner.post(f"{drafting.at}/activities", body)
    assert made.status_code == 201, made.text
    opened = await owner.post(f"/activities/{made.json()['id']}/open")
    assert opened.status_code == 201, opened.text
    at = f"/rounds/{opened.json()['id']}"
    for person, (holds, strength, region) in zip(added, said, strict=True):
        finding = {"holds": holds, "strength": strength, "regions": [region]}
        ballot = {"body": {"judgement": {item: finding}}, "revision": 1}
        by = owner.as_(person["token"])
        cast = await by.post(f"{at}/ballots", ballot, key=secrets.token_hex(8))
        assert cast.status_code == 200, cast.text
    assert (await owner.post(f"{at}/close")).status_code == 200
    await owner.outcome(at)
    return at


async def report(drafting: Drafting) -> dict[str, Any]:
    answer = await drafting.house.owner.get(f"{drafting.at}/export?format=json")
    return dict(answer.json())


async def test_a_row_says_how_its_evidence_was_judged(drafting: Drafting) -> None:
    item = (await drafting.house.owner.post(f"{drafting.at}/evidence", {"title": "Logs"})).json()
    await drafting.cell(evidence=[item["id"]])
    assert (await report(drafting))["rows"][0]["evidence"] == []
    west = [("yes", "strong", "West"), ("yes", "mixed", "West")]
    at = await judged(drafting, item["id"], *west, ("no", "mixed", "East"), by_region=True)
    found = await report(drafting)
    grade = "holds; mixed (2×), strong (1×); by region: East: does not hold; West: holds"
    assert found["rows"][0]["evidence"] == [f"Logs: {grade}"]
    assert [one["grade"] for one in found["evidence"]] == [grade]
    html = f"{drafting.at}/export?format=html"
    assert "does not hold" not in (await drafting.by("participant").get(html)).text
    await drafting.house.owner.post(f"{at}/publish", {"to": ["participants"]})
    assert f"As judged: {grade}" in (await drafting.by("participant").get(html)).text


async def test_a_region_too_small_to_hide_in_is_not_named(drafting: Drafting) -> None:
    item = (await drafting.house.owner.post(f"{drafting.at}/evidence", {"title": "Logs"})).json()
    await drafting.cell(evidence=[item["id"]])
    west = [("yes", "strong", "West")] * 5 + [("no", "strong", "West")]
    south = [("yes", "strong", "South")] * 5 + [("partly", "strong", "South")]
    terms: dict[str, Any] = {"secrecy": "confidential", "by_region": True}
    await judged(drafting, item["id"], *west, *south, **terms)
    assert (await report(drafting))["rows"][0]["evidence"] == [
        "Logs: holds; strong (12×); by region: South: holds; West: holds"
    ]
    few = [("no", "mixed", "East")] * 3
    await judged(drafting, item["id"], *west, *few, **terms)
    assert (await report(drafting))["rows"][0]["evidence"] == [
        "Logs: holds; strong (6×), mixed (3×)"
    ]
    await judged(drafting, item["id"], *west, *few)
    assert (await report(drafting))["rows"][0]["evidence"] == [
        "Logs: holds; strong (6×), mixed (3×)"
    ]
