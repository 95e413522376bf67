"""One person with many devices: everything is sent at once, over sockets and by POST, to one server
or to several that share a database."""

import asyncio
import contextlib
import secrets
from collections import Counter
from collections.abc import Sequence
from typing import Any

import httpx
from sqlalchemy import Connection
from sqlmodel import col, select
from websockets.asyncio.client import connect

from app.models import Ballot, RegisterMark, StagedBallot
from tests.support.sockets import Visitor

AT_ONCE = 50
SOCKETS = 6  # of the 8 that a person may have open


class OneVoter:
    """Somebody who sends what they have to all servers in turn."""

    def __init__(self, origins: Sequence[str], workshop_id: str, token: str) -> None:
        self.origins, self.workshop_id, self.token = origins, workshop_id, token

    async def send(self, round_id: str, ballots: list[dict[str, Any]]) -> Counter[str]:
        """All at once, every other one over a socket; what each was answered."""
        known = {"Authorization": f"Bearer {self.token}"}
        async with contextlib.AsyncExitStack() as stack:
            sockets = [await self._socket(stack, n) for n in range(SOCKETS)]
            clients = [
                await stack.enter_async_context(
                    httpx.AsyncClient(base_url=origin, headers=known, timeout=60)
                )
                for origin in self.origins
            ]
            found = await asyncio.gather(
                *(_post(clients[n % len(clients)], round_id, ballot)
                  for n, ballot in enumerate(ballots[1::2])),
                *(_say(socket, round_id, ballots[::2][n::SOCKETS])
                  for n, socket in enumerate(sockets)),
            )  # fmt: skip
        return Counter(said for part in found for said in part)

    async def _socket(self, stack: contextlib.AsyncExitStack, n: int) -> Visitor:
        origin = self.origins[n % len(self.origins)].replace("http", "ws", 1)
        url = f"{origin}/ws/workshops/{self.workshop_id}"
        socket = await stack.enter_async_context(connect(url, compression=None, proxy=None))
        visitor = Visitor(socket)
        await visitor.hello(token=self.token, **{"as": "data"})
        await visitor.next("welcome")
        return visitor


async def _post(client: httpx.AsyncClient, round_id: str, ballot: dict[str, Any]) -> list[str]:
    sent = {name: value for name, value in ballot.items() if name != "key"}
    headers = {"Idempotency-Key": ballot["key"]}
    answer = await client.post(f"/api/v1/rounds/{round_id}/ballots", json=sent, headers=headers)
    said = answer.json()
    if answer.status_code == httpx.codes.OK:
        return ["replayed" if said["replayed"] else "recorded"]
    return [str(said["error"]["code"])]


async def _say(socket: Visitor, round_id: str, ballots: list[dict[str, Any]]) -> list[str]:
    for ballot in ballots:
        await socket.send({"type": "cast_ballot", "round": round_id, **ballot})
    found: list[str] = []
    while len(found) < len(ballots):
        said = await socket.receive()
        if said.get("type") == "ack":
            found.append("replayed" if said["replayed"] else "recorded")
        elif said.get("type") == "refused":
            found.append(said["code"])
    return found


async def one_round(
    voter: OneVoter, round_id: str, bodies: list[dict[str, Any]], secrecy: str
) -> list[Counter[str]]:
    """What fifty identical ballots were answered, and fifty different ones of one revision."""
    more = {"ballot_key": secrets.token_hex(16)} if secrecy == "secret" else {}
    same = {"key": secrets.token_hex(16), "revision": 1, "body": bodies[0], **more}
    different = [
        {"key": secrets.token_hex(16), "revision": 2, "body": bodies[n % len(bodies)], **more}
        for n in range(AT_ONCE)
    ]
    return [await voter.send(round_id, [same] * AT_ONCE), await voter.send(round_id, different)]


ANSWERS = [
    {"recorded": 1, "replayed": AT_ONCE - 1},
    {"recorded": 1, "stale_revision": AT_ONCE - 1},
]


def live_rows(conn: Connection, round_id: str, secrecy: str) -> list[int]:
    """How many live ballots the round has, and how many voices have voted."""
    if secrecy == "secret":
        staged = select(StagedBallot.id).where(StagedBallot.round_id == round_id)
        marks = select(RegisterMark.entry_id).where(RegisterMark.round_id == round_id)
        return [len(conn.execute(staged).all()), len(conn.execute(marks).all())]
    live = select(Ballot.entry_id).where(
        Ballot.round_id == round_id, col(Ballot.superseded_by).is_(None)
    )
    rows = conn.execute(live).scalars().all()
    return [len(rows), len(set(rows))]
