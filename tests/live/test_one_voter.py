"""One voter, many ballots at once, by POST and by socket: one live ballot, answers that agree."""

import asyncio
import secrets
from collections import Counter
from typing import Any

import httpx
import pytest
from sqlalchemy import Connection
from sqlmodel import col, select

from app.models import Ballot, RegisterMark, StagedBallot
from tests.support.meeting import Meeting
from tests.support.sockets import House, Visitor

AT_ONCE = 50
ROUNDS = (3, pytest.param(100, marks=pytest.mark.soak))
SECRECY = ("named", "secret")


class Voter:
    """One person with four sockets open, who also posts."""

    def __init__(self, house: House, room: Meeting, token: str) -> None:
        self.house, self.room, self.token = house, room, token
        self.sockets: list[Visitor] = []

    async def send(self, round_id: str, ballots: list[dict[str, Any]]) -> Counter[str]:
        """All at once, every other one over a socket; what each was answered."""
        self.sockets = [
            await self.house.visit(self.room.workshop_id, self.token, **{"as": "data"})
            for _ in range(4)
        ]
        sends = [
            self._socket(round_id, socket, ballots[::2][n::4])
            for n, socket in enumerate(self.sockets)
        ]
        known = {"Authorization": f"Bearer {self.token}"}
        async with httpx.AsyncClient(
            base_url=self.house.origin, headers=known, timeout=60
        ) as client:
            posts = [self._post(client, round_id, ballot) for ballot in ballots[1::2]]
            found = await asyncio.gather(asyncio.gather(*posts), asyncio.gather(*sends))
        for socket in self.sockets:
            await socket.leave()
        return Counter([*found[0], *(said for part in found[1] for said in part)])

    async def _post(self, client: httpx.AsyncClient, round_id: str, ballot: dict[str, Any]) -> str:
        sent = {name: value for name, value in ballot.items() if name != "key"}
        answer = await client.post(
            f"/api/v1/rounds/{round_id}/ballots",
            json=sent,
            headers={"Idempotency-Key": ballot["key"]},
        )
        said = answer.json()
        if answer.status_code == 200:
            return "replayed" if said["replayed"] else "recorded"
        return str(said["error"]["code"])

    async def _socket(
        self, round_id: str, socket: Visitor, ballots: list[dict[str, Any]]
    ) -> list[str]:
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


async def live_rows(room: Meeting, round_id: str, secrecy: str) -> list[int]:
    """How many live ballots the round has, and how many voices have voted."""

    def count(conn: Connection) -> list[int]:
        if secrecy == "secret":
            staged = select(StagedBallot.id).where(StagedBallot.round_id == round_id)
            marks = select(RegisterMark.entry_id).where(RegisterMark.round_id == round_id)
            return [len(conn.execute(staged).all()), len(conn.execute(marks).all())]
        live = select(Ballot.entry_id).where(
            Ballot.round_id == round_id, col(Ballot.superseded_by).is_(None)
        )
        rows = conn.execute(live).scalars().all()
        return [len(rows), len(set(rows))]

    return await room.db.read(count)


@pytest.mark.parametrize("rounds", ROUNDS)
@pytest.mark.parametrize("secrecy", SECRECY)
async def test_one_live_ballot_whatever_is_sent(
    small_house: House, secrecy: str, rounds: int
) -> None:
    room = await small_house.meeting()
    token = await small_house.token(room.workshop_id, room.voters[0])
    voter = Voter(small_house, room, token)
    for _ in range(rounds):
        round_id = await room.open(secrecy=secrecy)
        more = {"ballot_key": secrets.token_hex(16)} if secrecy == "secret" else {}
        same = {"key": secrets.token_hex(16), "revision": 1, "body": room.rating(5), **more}
        identical = await voter.send(round_id, [same] * AT_ONCE)
        assert identical == {"recorded": 1, "replayed": AT_ONCE - 1}
        different = [
            {"key": secrets.token_hex(16), "revision": 2, "body": room.rating(n % 9 + 1), **more}
            for n in range(AT_ONCE)
        ]
        assert await voter.send(round_id, different) == {
            "recorded": 1, "stale_revision": AT_ONCE - 1,
        }  # fmt: skip
        assert await live_rows(room, round_id, secrecy) == [1, 1]
        await room.close(round_id)
