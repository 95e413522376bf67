"""Whatever is sent to an address, the answer is done or a sentence with a code: never a failure."""

import json
import secrets
from random import Random
from typing import Any

import pytest

from tests.access.bodies import BODIES
from tests.access.place import Place
from tests.access.test_access import address_of, filled
from tests.support.house import House
from tests.support.odd import odd_versions

ASKED = {"Content-Type": "application/json", "Accept": "application/json", "If-Match": "1"}
ENDS = (".", "!", "?", "…")


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What can be read does not depend on the database."""
    return sqlite_url


@pytest.mark.parametrize("each", [2, pytest.param(20, marks=pytest.mark.soak)], ids=["some", "all"])
async def test_odd_bodies_are_answered_in_a_sentence(house: House, each: int) -> None:
    place = Place(house)
    await place.fill()
    wrong = []
    async with house.owner.client() as client:
        for row, body in BODIES.items():
            method, path = row.split(" ", 1)
            whole = json.loads(filled(json.dumps(body), place.ids))
            for odd in odd_versions(whole, Random(row), each):
                headers = {**ASKED, "Idempotency-Key": secrets.token_hex(8)}
                answer = await client.request(
                    method, address_of(path, place.ids), content=json.dumps(odd), headers=headers
                )
                if fault := fault_of(answer.status_code, answer.text):
                    wrong.append(f"{row} {json.dumps(odd)[:200]}: {fault}")
    assert wrong == []


def fault_of(status: int, text: str) -> str:
    """What is wrong with an answer: nothing, where it was done or refused in words."""
    if status < 400:
        return ""
    try:
        error: dict[str, Any] = json.loads(text)["error"]
    except (ValueError, KeyError):
        return f"{status} without words: {text[:200]}"
    told = error["code"] and str(error["message"]).endswith(ENDS)
    return "" if status < 500 and told else f"{status} {error}"
