"""The life of a round: what opens, what counts, what freezes, what stays beside what."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func
from sqlmodel import col, select

from app import clock
from app.actions.closing import close_round, keep_open, publish_round, reopen_round
from app.actions.rounds import open_round, plan_round
from app.actions.sending_on import send_on
from app.db import Database, first_link, link
from app.errors import Conflict, Forbidden, Refused
from app.models import Ballot, LogLine, Round, Workshop
from app.queries.results import outcomes_of, results
from app.queries.turnout import turnout
from app.work.loop import count_round
from tests.support.meeting import Meeting, meeting


@pytest.fixture
async def room(database: Database) -> Meeting:
    return await meeting(database)


async def test_a_ballot_is_recorded_and_counted(room: Meeting) -> None:
    round_id = await room.open()
    receipt = await room.cast(room.experts[0], round_id, room.rating(9, 8, 7, None))
    await room.close(round_id)

    found = await room.db.read(results, round_id)
    assert receipt.number == 4
    assert found is not None
    assert found.options[0].option.text == "Porous borders"
    assert found.options[0].figures["median"] == 9
    assert found.data["turnout"] == {"eligible": 6, "cast": 1, "blank": 0, "invalid": 0}


async def test_a_changed_ballot_supersedes_and_stays(room: Meeting) -> None:
    round_id = await room.open()
    voter = room.experts[0]
    await room.cast(voter, round_id, room.rating(1), revision=1)
    await room.cast(voter, round_id, room.rating(9), revision=2)

    rows = await room.db.read(
        lambda conn: conn.execute(select(Ballot).order_by(col(Ballot.revision))).all()
    )
    assert [(row.revision, row.superseded_by) for row in rows] == [(1, rows[1].id), (2, None)]


async def test_the_same_key_gives_the_same_answer(room: Meeting) -> None:
    round_id = await room.open()
    sent = [room.cast(room.experts[0], round_id, room.rating(5), key="k" * 20) for _ in range(50)]
    receipts = await asyncio.gather(*sent)

    assert {receipt.number for receipt in receipts} == {4}
    assert sorted(receipt.replayed for receipt in receipts) == [False] + [True] * 49


async def test_the_same_key_with_another_body_is_refused(room: Meeting) -> None:
    round_id = await room.open()
    answers = await asyncio.gather(
        room.cast(room.experts[0], round_id, room.rating(5), 1, key="k" * 20),
        room.cast(room.experts[0], round_id, room.rating(6), 2, key="k" * 20),
        return_exceptions=True,
    )
    # Which of the two comes first is the database's to say.
    refused = [answer.code for answer in answers if isinstance(answer, Refused)]
    assert refused == ["key_reused"]


async def test_an_older_revision_is_stale_and_shows_the_stored_one(room: Meeting) -> None:
    round_id = await room.open()
    voter = room.states[0]
    await room.cast(voter, round_id, room.rating(5), revision=2)
    with pytest.raises(Refused) as refusal:
        await room.cast(voter, round_id, room.rating(6), revision=2)

    assert refusal.value.code == "stale_revision"
    assert refusal.value.params == {"revision": 2, "body": room.rating(5)}


async def test_fifty_different_ballots_with_one_revision_leave_one(room: Meeting) -> None:
    round_id = await room.open()
    voter = room.states[0]
    answers = await asyncio.gather(
        *(room.cast(voter, round_id, room.rating(n % 9 + 1)) for n in range(50)),
        return_exceptions=True,
    )
    refused = [answer.code for answer in answers if isinstance(answer, Refused)]
    assert refused == ["stale_revision"] * 49
    assert await room.db.read(live_ballots, round_id) == 1


async def test_observers_and_strangers_are_told_why_not(room: Meeting) -> None:
    round_id = await room.open(electorate="states")
    with pytest.raises(Forbidden) as refusal:
        await room.cast(room.experts[0], round_id, room.rating(5))
    assert refusal.value.code == "not_entitled"


async def test_members_of_a_delegation_share_one_voice(database: Database) -> None:
    room = await meeting(database, states=1, experts=0)
    from app.actions.base import add, label_key
    from app.models import Delegation, Participant

    def second_member(tx: object) -> str:
        from app.db import Tx

        assert isinstance(tx, Tx)
        delegation = tx.conn.execute(select(Delegation.id)).scalar_one()
        return add(
            tx,
            Participant(
                workshop_id=room.workshop_id,
                label="Second",
                label_key=label_key("Second"),
                roles=["participant"],
                capacity="state_representative",
                delegation_id=delegation,
            ),
        )

    second = await database.change(room.workshop_id, second_member)
    round_id = await room.open()
    await room.cast(room.states[0], round_id, room.rating(2), revision=1)
    await room.cast(second, round_id, room.rating(8), revision=2)
    await room.close(round_id)

    found = await database.read(results, round_id)
    assert found is not None
    assert (found.data["turnout"]["eligible"], found.options[0].figures["median"]) == (1, 8)


async def test_a_countdown_counts_until_its_end_and_can_be_stopped(room: Meeting) -> None:
    round_id = await room.open()
    await room.close(round_id, countdown=60)
    await room.cast(room.experts[0], round_id, room.rating(7))
    await room.db.change(room.workshop_id, keep_open, room.facilitator, round_id)

    status = await room.db.read(
        lambda conn: conn.execute(select(Round.status, Round.closes_at)).one()
    )
    assert tuple(status) == ("open", None)


async def test_after_the_close_a_ballot_is_refused_with_the_time(room: Meeting) -> None:
    round_id = await room.open()
    await room.close(round_id)
    with pytest.raises(Refused) as refusal:
        await room.cast(room.experts[0], round_id, room.rating(7))
    assert refusal.value.code == "poll_closed"


async def test_reopening_keeps_ballots_and_the_earlier_outcome(room: Meeting) -> None:
    round_id = await room.open()
    await room.cast(room.experts[0], round_id, room.rating(2))
    await room.close(round_id)
    await room.db.change(
        room.workshop_id, reopen_round, room.facilitator, round_id, "One laptop had failed"
    )
    await room.cast(room.experts[1], round_id, room.rating(8))
    await room.close(round_id)

    recorded = await room.db.read(outcomes_of, round_id)
    assert [(o.n, o.result["turnout"]["cast"]) for o in recorded] == [(2, 2), (1, 1)]


async def test_turnout_keeps_four_things_apart(room: Meeting) -> None:
    round_id = await room.open()
    await room.cast(room.experts[0], round_id, room.rating(None, None))
    found = await room.db.read(turnout, round_id)

    assert (found.eligible, found.cast, found.blank) == (6, 1, 1)
    assert (found.not_seen, found.not_answered) == (5, 0)
    assert found.of("experts") == (1, 3)


async def test_confidential_rounds_name_nobody_who_is_missing(room: Meeting) -> None:
    named = await room.open()
    assert "Expert 00" in {seat.label for seat in (await room.db.read(turnout, named)).missing}
    await room.close(named)
    confidential = await room.open(secrecy="confidential")
    waiting = (await room.db.read(turnout, confidential)).missing
    assert {seat.label for seat in waiting} == {""}


async def test_only_facilitators_open_close_and_publish(room: Meeting) -> None:
    planned = await room.db.change(
        room.workshop_id, plan_round, room.facilitator, room.activity_id, {}
    )
    for role in ("participant", "rapporteur", "drafting", "observer", "screen", "chair"):
        with pytest.raises(Forbidden):
            await room.db.change(
                room.workshop_id, open_round, room.actor(room.experts[0], role), planned.id
            )


async def test_nothing_is_published_before_the_close(room: Meeting) -> None:
    round_id = await room.open()
    with pytest.raises(Refused) as refusal:
        await room.db.change(
            room.workshop_id, publish_round, room.facilitator, round_id, ["participants"]
        )
    assert refusal.value.code == "not_closed"


async def test_nothing_is_sent_on_while_it_is_counted(room: Meeting) -> None:
    """The outcome of an earlier close is not the one that the facilitator means."""
    round_id = await room.open()
    await room.close(round_id)
    to = room.activity_id
    await room.db.change(room.workshop_id, reopen_round, room.facilitator, round_id, "Once more")
    await room.db.change(room.workshop_id, close_round, room.facilitator, round_id)
    with pytest.raises(Conflict) as refusal:
        await room.db.change(room.workshop_id, send_on, room.facilitator, round_id, to, None, [])
    assert refusal.value.code == "counting"
    await count_round(room.db, room.workshop_id, round_id)
    await room.db.change(room.workshop_id, send_on, room.facilitator, round_id, to, None, [])


async def test_the_log_is_a_chain_without_a_hole(room: Meeting) -> None:
    round_id = await room.open()
    await asyncio.gather(
        *(room.cast(voter, round_id, room.rating(n)) for n, voter in enumerate(room.voters, 1))
    )
    await room.close(round_id)
    lines, workshop = await room.db.read(
        lambda conn: (
            conn.execute(select(LogLine).order_by(col(LogLine.number))).all(),
            conn.execute(select(Workshop)).one(),
        )
    )
    head = first_link(workshop.id, workshop.salt)
    for line in lines:
        body = {
            "at": line.at,
            "ids": line.ids,
            "kind": line.kind,
            "n": line.number,
            "salted": line.salted,
        }
        head = link(head, body)
        assert line.hash == head.hex()
    assert [line.number for line in lines] == list(range(1, workshop.seq + 1))
    assert workshop.head == head.hex()


def live_ballots(conn: object, round_id: str) -> int:
    from sqlalchemy import Connection

    assert isinstance(conn, Connection)
    return conn.execute(
        select(func.count())
        .select_from(Ballot)
        .where(Ballot.round_id == round_id, col(Ballot.superseded_by).is_(None))
    ).scalar_one()


async def test_a_round_closes_at_the_moment_it_names(room: Meeting) -> None:
    moment = clock.now() + timedelta(hours=1)
    round_id = await room.open(closes_at=moment.isoformat())
    stored = await room.db.read(
        lambda conn: conn.execute(select(Round.closes_at).where(Round.id == round_id)).scalar_one()
    )
    assert stored == moment


async def test_a_round_whose_end_has_passed_does_not_open(room: Meeting) -> None:
    with pytest.raises(Refused) as refusal:
        await room.open(closes_at="2016-05-11T09:00:00+07:00")
    assert refusal.value.code == "deadline_passed"
