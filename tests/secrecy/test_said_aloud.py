"""What a server says of itself holds nothing that anybody contributed, nor what opens a door: not
its log, not a refusal that is logged with it, not its figures."""

import logging
import secrets

import pytest

from tests.leaks.marked import PEOPLE, Marked, labels, meet
from tests.support.house import House


@pytest.fixture
async def marked(house: House) -> Marked:
    return Marked(house, "named")


async def test_no_canary_is_logged_or_counted(
    marked: Marked, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="app")
    await meet(marked)
    round_id = marked.known["round_id"][0]
    refused = [await late(marked, who, round_id) for who in PEOPLE]
    async with marked.house.owner.client() as client:
        figures = [(await client.get(path)).text for path in ("/metrics", "/healthz", "/readyz")]
    names = {label for who in PEOPLE for label in labels(who).values()}
    canaries = marked.contributions | marked.unsigned | marked.never | names
    canaries |= {*marked.tokens.values(), *marked.house.workshop["tokens"].values()}
    said = "\n".join([caplog.text, *figures])
    assert [one for one in canaries if one in said] == []
    # The log was kept, and a refusal is found in it by its reference.
    assert all(ref in caplog.text for ref in refused)


async def late(marked: Marked, who: str, round_id: str) -> str:
    """A ballot that is refused, with a reason; its reference."""
    body = {"body": {"rating": {}}, "revision": 9, "reasons": {"x": marked.mark()}}
    sent = await marked.by(who).post(f"/rounds/{round_id}/ballots", body, key=secrets.token_hex(8))
    assert sent.status_code in (409, 422), sent.text
    return str(sent.json()["error"]["ref"])
