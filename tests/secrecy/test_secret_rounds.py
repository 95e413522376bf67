"""The life of a secret round: what is recorded and what never is, until it is sealed."""

import asyncio
import secrets
from typing import Any

import pytest
from sqlalchemy import Connection
from sqlmodel import col, select

from app.actions.closing import close_round, extend_round, reopen_round, set_deadline
from app.actions.rounds import open_round, plan_round
from app.db import Database
from app.errors import Conflict, Forbidden, Refused
from app.models import (
    Ballot,
    CommandKey,
    LogLine,
    RegisterEntry,
    RegisterMark,
    Round,
    SealedBallot,
    StagedBallot,
    StagedKey,
)
from app.queries.results import results
from app.queries.turnout import turnout
from app.work.loop import Work, count_round
from app.work.sealing import seal
from tests.secrecy.sealing import sealed
from tests.support.meeting import Meeting, meeting


@pytest.fixture
async def room(database: Database) -> Meeting:
    return await meeting(database)


async def rows(room: Meeting, *tables: Any) -> list[int]:
    """How many rows each table has."""

    def count(conn: Connection) -> list[int]:
        return [len(conn.execute(select(table)).all()) for table in tables]

    return await room.db.read(count)


async def do(room: Meeting, action: Any, *what: Any) -> Any:
    """An action of the facilitator's."""
    return await room.db.change(room.workshop_id, action, room.facilitator, *what)


async def status(room: Meeting, round_id: str) -> str:
    found = await room.db.read(
        lambda conn: conn.execute(select(Round.status).where(Round.id == round_id)).scalar_one()
    )
    return str(found)


async def head(room: Meeting) -> int:
    lines = await room.db.read(lambda conn: conn.execute(select(LogLine.number)).scalars().all())
    return max(lines)


async def test_a_secret_ballot_leaves_no_number_and_no_line(room: Meeting) -> None:
    round_id = await room.open(secrecy="secret")
    before = await head(room)
    receipt = await room.cast(room.experts[0], round_id, room.rating(9, 8, 7, None))

    assert (receipt.number, receipt.revision, receipt.recorded_at) == (None, None, None)
    assert await head(room) == before
    assert await rows(room, StagedBallot, RegisterMark, StagedKey) == [1, 1, 1]
    assert await rows(room, Ballot, CommandKey, SealedBallot) == [0, 0, 0]


async def test_the_close_moves_all_ballots_and_counts_them(room: Meeting) -> None:
    round_id = await room.open(secrecy="secret")
    for n, voter in enumerate(room.voters):
        await room.cast(voter, round_id, room.rating(n + 1))
    staged = await room.db.read(lambda conn: conn.execute(select(StagedBallot.id)).scalars().all())
    await room.close(round_id)

    found = await room.db.read(results, round_id)
    assert found is not None
    assert found.data["turnout"] == {"eligible": 6, "cast": 6, "blank": 0, "invalid": 0}
    assert await rows(room, StagedBallot, SealedBallot, RegisterMark) == [0, 6, 6]
    sealed = await room.db.read(lambda conn: conn.execute(select(SealedBallot.id)).scalars().all())
    assert set(sealed) & set(staged) == set()
    assert await status(room, round_id) == "closed"


async def test_it_is_called_sealed_only_after_the_sweep(room: Meeting) -> None:
    round_id = await room.open(secrecy="secret")
    for voter in room.voters:
        await room.cast(voter, round_id, room.rating(5))
    await room.close(round_id)
    assert await rows(room, StagedKey) == [6]

    await Work(room.db).once()

    assert await status(room, round_id) == "sealed"
    assert await rows(room, StagedKey) == [0]
    kinds = await room.db.read(
        lambda conn: conn.execute(select(LogLine.kind).order_by(col(LogLine.number))).scalars()
        .all()
    )  # fmt: skip
    assert kinds[-3:] == ["round_closed", "outcome_recorded", "round_sealed"]


async def test_sealing_twice_changes_nothing(room: Meeting) -> None:
    round_id = await room.open(secrecy="secret")
    await room.close(round_id)
    await sealed(room.db, room.workshop_id, round_id)
    before = await head(room)
    assert not await seal(room.db, room.workshop_id, round_id)
    assert await head(room) == before


async def test_an_open_snapshot_puts_the_sealing_off(room: Meeting) -> None:
    """Who began to read before the close still sees staged ballots: not sealed until it ends."""
    round_id = await room.open(secrecy="secret")
    for voter in room.voters:
        await room.cast(voter, round_id, room.rating(5))
    reading, may_end = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def look(conn: Any) -> int:
        found = len(conn.execute(select(StagedBallot)).all())
        loop.call_soon_threadsafe(reading.set)
        if room.db.sqlite:
            asyncio.run_coroutine_threadsafe(may_end.wait(), loop).result()
        else:
            from sqlalchemy.util import await_only

            await_only(may_end.wait())
        return found + len(conn.execute(select(StagedBallot)).all())

    reader = asyncio.create_task(room.db.read(look))
    await reading.wait()
    await room.close(round_id)
    assert not await seal(room.db, room.workshop_id, round_id)
    assert await status(room, round_id) == "closed"

    may_end.set()
    assert await reader == 12
    await sealed(room.db, room.workshop_id, round_id)
    assert await status(room, round_id) == "sealed"


async def test_only_the_browsers_own_key_changes_a_ballot(room: Meeting) -> None:
    round_id = await room.open(secrecy="secret")
    voter, own = room.experts[0], secrets.token_hex(16)
    await room.cast(voter, round_id, room.rating(1), ballot_key=own)
    with pytest.raises(Conflict) as without:
        await room.cast(voter, round_id, room.rating(2), 2)
    with pytest.raises(Conflict) as another:
        await room.cast(voter, round_id, room.rating(3), 2, ballot_key=secrets.token_hex(16))
    with pytest.raises(Conflict) as stale:
        await room.cast(voter, round_id, room.rating(4), 1, ballot_key=own)
    await room.cast(voter, round_id, room.rating(9), 2, ballot_key=own)

    assert (without.value.code, another.value.code) == ("already_voted", "already_voted")
    assert (stale.value.code, stale.value.params) == ("stale_revision", {"revision": 1})
    bodies = await room.db.read(
        lambda conn: conn.execute(select(StagedBallot.body)).scalars().all()
    )
    assert bodies == [room.rating(9)]


async def test_a_key_opens_nothing_for_another_voter(room: Meeting) -> None:
    """The same key in two browsers makes two ballots, not one that both can change."""
    round_id = await room.open(secrecy="secret")
    shared = secrets.token_hex(16)
    for voter in room.experts[:2]:
        await room.cast(voter, round_id, room.rating(5), ballot_key=shared)
    assert await rows(room, StagedBallot) == [2]


async def test_each_reaction_needs_the_same_key_and_one_ballot_comes_of_them(
    database: Database,
) -> None:
    room = await meeting(database, type_="react")
    round_id = await room.open(secrecy="secret")
    voter, own = room.experts[0], secrets.token_hex(16)
    for option in room.options[:3]:
        await room.cast(voter, round_id, {"react": {option: "agree"}}, ballot_key=own)
    await room.close(round_id)
    bodies = await room.db.read(
        lambda conn: conn.execute(select(SealedBallot.body)).scalars().all()
    )
    assert bodies == [{"react": dict.fromkeys(room.options[:3], "agree")}]


async def test_the_same_key_gives_the_same_answer(room: Meeting) -> None:
    round_id = await room.open(secrecy="secret")
    sent = [room.cast(room.experts[0], round_id, room.rating(5), key="k" * 20) for _ in range(50)]
    receipts = await asyncio.gather(*sent)
    assert sorted(receipt.replayed for receipt in receipts) == [False] + [True] * 49
    assert await rows(room, StagedBallot, RegisterMark) == [1, 1]


async def test_the_same_key_with_another_body_is_refused(room: Meeting) -> None:
    round_id = await room.open(secrecy="secret")
    await room.cast(room.experts[0], round_id, room.rating(5), key="k" * 20)
    with pytest.raises(Refused) as refusal:
        await room.cast(room.experts[0], round_id, room.rating(6), key="k" * 20)
    assert refusal.value.code == "key_reused"


@pytest.mark.parametrize("with_key", [True, False])
async def test_fifty_different_ballots_at_once_leave_one(room: Meeting, with_key: bool) -> None:
    round_id = await room.open(secrecy="secret")
    more: dict[str, Any] = {"ballot_key": secrets.token_hex(16)} if with_key else {}
    answers = await asyncio.gather(
        *(room.cast(room.states[0], round_id, room.rating(n % 9 + 1), **more) for n in range(50)),
        return_exceptions=True,
    )
    refused = [answer.code for answer in answers if isinstance(answer, Refused)]
    assert refused == ["stale_revision" if with_key else "already_voted"] * 49
    assert await rows(room, StagedBallot, RegisterMark) == [1, 1]


async def test_nothing_that_tells_is_taken(room: Meeting) -> None:
    round_id = await room.open(secrecy="secret")
    voter = room.experts[0]
    for more in (
        {"reasons": {room.options[0]: "because I am who I am"}},
        {"on_behalf_of": room.experts[1]},
    ):
        with pytest.raises(Refused) as refusal:
            await room.cast(voter, round_id, room.rating(5), **more)
        assert refusal.value.code == "secret"
    assert await rows(room, StagedBallot, RegisterMark, StagedKey) == [0, 0, 0]


async def test_a_closed_round_never_says_that_a_counted_ballot_was_not(room: Meeting) -> None:
    round_id = await room.open(secrecy="secret")
    for voter in room.voters[:-1]:
        await room.cast(voter, round_id, room.rating(5))
    await room.close(round_id)
    await sealed(room.db, room.workshop_id, round_id)
    said = []
    for voter in (room.voters[0], room.voters[-1]):
        with pytest.raises(Conflict) as refusal:
            await room.cast(voter, round_id, room.rating(6))
        said.append((refusal.value.code, refusal.value.message[:30]))
    assert said == [
        ("poll_closed", "This round is closed. An answe"),
        ("poll_closed", "This round is sealed. Nobody c"),
    ]


async def test_no_secret_among_four(database: Database) -> None:
    room = await meeting(database, states=2, experts=2)
    with pytest.raises(Refused) as refusal:
        await room.open(secrecy="secret")
    assert refusal.value.code == "too_few_for_secret"


async def test_marks_of_fewer_than_five_voters_are_not_kept(room: Meeting) -> None:
    """One ballot beside one mark would be no secret."""
    round_id = await room.open(secrecy="secret")
    await room.cast(room.voters[0], round_id, room.rating(5))
    await room.close(round_id)
    assert await rows(room, SealedBallot, RegisterMark) == [1, 0]


async def test_the_turnout_goes_by_fives_while_it_is_open(database: Database) -> None:
    room = await meeting(database, states=6, experts=6)
    round_id = await room.open(secrecy="secret")
    shown = []
    for voter in room.voters:
        await room.cast(voter, round_id, room.rating(5))
        found = await room.db.read(turnout, round_id)
        shown.append(found.cast)
        assert {seat.kind for seat in found.seats} == {"all"}
    assert shown == [0, 0, 0, 0, 5, 5, 5, 5, 5, 10, 10, 12]


async def test_kinds_stand_apart_only_where_each_is_large_enough(database: Database) -> None:
    room = await meeting(database, states=6, experts=6)
    kinds = []
    for voters in (room.voters, room.voters[:-2]):
        round_id = await room.open(secrecy="secret", apart=True)
        for seat, voter in enumerate(voters):
            await room.cast(voter, round_id, room.rating(4 + seat % 2))
        await room.close(round_id)
        found = await room.db.read(results, round_id)
        assert found is not None
        kinds.append(found.options[0].counts)
    half = {"4": 3, "5": 3}
    assert kinds == [{"States": half, "experts": half}, {"all": {"4": 5, "5": 5}}]


async def test_it_is_never_reopened_or_extended(room: Meeting) -> None:
    round_id = await room.open(secrecy="secret", timer="closing", seconds=600)
    for verb, seconds in ((extend_round, 60), (set_deadline, None), (set_deadline, 900)):
        with pytest.raises(Refused) as refusal:
            await do(room, verb, round_id, seconds)
        assert refusal.value.code == "secret_final"
    await do(room, set_deadline, round_id, 60)
    await do(room, close_round, round_id)
    await count_round(room.db, room.workshop_id, round_id)
    with pytest.raises(Forbidden) as refusal:
        await do(room, reopen_round, round_id, "one more")
    assert refusal.value.code == "secret_final"


@pytest.mark.parametrize("told", [{"results": "always"}, {"by_region": True}])
async def test_terms_that_would_unlock_it_are_refused(room: Meeting, told: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refusal:
        await room.open(secrecy="secret", **told)
    assert refusal.value.code == "secret"


async def test_privacy_only_tightens_after_the_first_ballot(room: Meeting) -> None:
    asked = (plan_round, room.activity_id)
    first = await room.open(secrecy="secret")
    await do(room, *asked, {"secrecy": "named"})  # nobody has answered yet
    await room.cast(room.voters[0], first, room.rating(5))
    for secrecy in ("named", "delegation", "confidential"):
        with pytest.raises(Conflict) as refusal:
            await do(room, *asked, {"secrecy": secrecy})
        assert refusal.value.code == "only_stricter"
    await room.close(first)
    second = await do(room, *asked, {"secrecy": "secret"})
    await do(room, open_round, second.id)


async def test_no_mark_beside_the_register_tells_anything(room: Meeting) -> None:
    """Whoever reads the register of a secret round finds no time and nothing seen or finished."""
    round_id = await room.open(secrecy="secret")
    await room.cast(room.voters[0], round_id, room.rating(5))
    entries = await room.db.read(
        lambda conn: conn.execute(
            select(RegisterEntry).where(RegisterEntry.round_id == round_id)
        ).all()
    )
    assert {(entry.seen_at, entry.finished_at) for entry in entries} == {(None, None)}
