"""Who is here, who must go, what is pushed, and that it equals what a reload shows."""

import asyncio
from typing import Any

import asyncpg
import pytest
from sqlalchemy import update
from sqlmodel import col

from app.actions.closing import keep_open, publish_round, reopen_round
from app.actions.devices import leave_device, sign_in
from app.actions.tokens import rotate_token
from app.db import Tx
from app.live import hall, neighbours
from app.live.neighbours import Neighbours
from app.live.page import panels
from app.live.panels import Audience
from app.models import Participant
from app.policy import SYSTEM
from app.queries.tokens import devices_of
from tests.support.meeting import Meeting
from tests.support.sockets import SOON, House, Visitor

# No panel is told for so long: what closes a socket must not wait for it.
A_LONG_DRAWING = 60.0


@pytest.fixture
def slow_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Panels are drawn a minute apart, as if they were dear."""
    monkeypatch.setattr(hall, "TICK", A_LONG_DRAWING)
    monkeypatch.setattr(hall, "LONGEST", A_LONG_DRAWING)


async def host_of(house: House, room: Meeting, **hello: Any) -> Visitor:
    token = await house.token(room.workshop_id, role="facilitator")
    return await house.visit(room.workshop_id, token, page="control", **{"since": 1, **hello})


async def shown(visitor: Visitor, panel: str, words: str) -> None:
    """Receive until a panel says something."""
    async with asyncio.timeout(SOON):
        while words not in visitor.panels.get(f"#region-{panel}", ""):
            await visitor.receive()


async def test_presence_counts_people_not_sockets(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hall, "AFTERGLOW", 0.2)
    room = await house.meeting(states=2, experts=1)
    host = await host_of(house, room)
    await shown(host, "presence", "0 of 3 here")
    token = await house.token(room.workshop_id, room.states[0])
    laptop = await house.visit(room.workshop_id, token)
    phone = await house.visit(room.workshop_id, token, **{"as": "data"})
    await shown(host, "presence", "1 of 3 here")
    other = await house.visit(
        room.workshop_id, await house.token(room.workshop_id, room.experts[0])
    )
    await shown(host, "presence", "2 of 3 here")
    await laptop.leave()
    await other.leave()
    await shown(host, "presence", "1 of 3 here")
    assert house.hub.present(room.workshop_id) == {room.states[0]}
    await phone.leave()
    await shown(host, "presence", "0 of 3 here")
    await host.leave()


async def test_a_revoked_token_and_a_lost_role_close_their_sockets(house: House) -> None:
    room = await house.meeting()
    guest = await house.visit(room.workshop_id, await house.token(room.workshop_id, room.states[0]))
    token = await house.token(room.workshop_id, room.states[1])
    writer = await _with_roles(house, room, room.states[1], ["participant", "rapporteur"], token)
    await house.shut(room.workshop_id, room.states[0])
    assert await guest.closed() == 4403
    await house.db.change(room.workshop_id, _roles, room.states[1], ["participant"])
    assert await writer.closed() == 4403


async def _with_roles(
    house: House, room: Meeting, who: str, roles: list[str], token: str
) -> Visitor:
    await house.db.change(room.workshop_id, _roles, who, roles)
    return await house.visit(room.workshop_id, token, page="desk")


def _roles(tx: Tx, who: str, roles: list[str]) -> None:
    tx.conn.execute(update(Participant).where(col(Participant.id) == who).values(roles=roles))
    tx.log("participant_changed", participant=who)


async def test_many_changes_in_a_tick_are_one_range_and_one_drawing(house: House) -> None:
    room = await house.meeting()
    host = await host_of(house, room)
    asked = [house.say(room.workshop_id, "item_changed", n=n) for n in range(50)]
    last = max(await asyncio.gather(*asked))
    await host.reach(last)
    assert len(host.ranges) < 25
    await host.leave()


async def test_the_last_change_is_told_as_soon_as_none_follows(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However dear the last drawing was: it is for the sake of others that the next one waits."""
    monkeypatch.setattr(hall, "REST", 1e9)
    monkeypatch.setattr(hall, "LONGEST", A_LONG_DRAWING)
    room = await house.meeting()
    host = await host_of(house, room)
    for _ in range(3):
        await host.reach(await house.say(room.workshop_id, "timer_changed"))
    await host.leave()


async def test_all_of_one_audience_get_the_same_bytes(house: House) -> None:
    room = await house.meeting(experts=3)
    tokens = [await house.token(room.workshop_id, one) for one in room.experts]
    guests = [await house.visit(room.workshop_id, token, since=1) for token in tokens]
    last = await house.say(room.workshop_id, "timer_changed")
    for guest in guests:
        await guest.reach(last)
    assert len({guest.panels["#region-timer"] for guest in guests}) == 1
    drawn = house.hub.halls[room.workshop_id].drawn
    assert {key[1].view for key in drawn} == {"room"}
    for guest in guests:
        await guest.leave()


async def test_panels_speak_the_language_of_their_reader(house: House) -> None:
    room = await house.meeting()
    token = await house.token(room.workshop_id, role="facilitator")
    plain = await house.visit(room.workshop_id, token, page="control", since=1)
    other = await house.visit(room.workshop_id, token, page="control", since=1, lang="en-XB")
    await shown(plain, "presence", "of 6 here")
    await shown(other, "presence", "⟦")
    await plain.leave()
    await other.leave()


STEPS: list[tuple[str, Any]] = [
    ("close with a countdown", lambda room, r: room.close(r, 30)),
    (
        "keep open",
        lambda room, r: room.db.change(room.workshop_id, keep_open, room.facilitator, r),
    ),
    ("a ballot", lambda room, r: room.cast(room.voters[0], r, room.rating(7, 5))),
    ("close", lambda room, r: room.close(r)),
    (
        "publish",
        lambda room, r: room.db.change(
            room.workshop_id, publish_round, room.facilitator, r, ["participants", "screen"]
        ),
    ),
    (
        "reopen",
        lambda room, r: room.db.change(
            room.workshop_id, reopen_round, room.facilitator, r, "One more."
        ),
    ),
]
AUDIENCES = [
    ("room", "participant"),
    ("room", "facilitator"),
    ("control", "facilitator"),
    ("desk", "organiser"),
    ("screen", "screen"),
]


async def test_pushed_equals_reloaded(house: House) -> None:
    """After every step, each audience's pushed panels are what a fresh page would show."""
    room = await house.meeting()
    visitors: dict[Audience, Visitor] = {}
    for page, role in AUDIENCES:
        token = await house.token(room.workshop_id, role=role)
        audience = Audience(page, None, page != "screen" and role != "participant", "en")
        first = await panels(house.db, room.workshop_id, audience)
        visitor = await house.visit(room.workshop_id, token, page=page, since=first.seq)
        visitor.panels = {f"#region-{name}": str(first(name)) for name in first.contexts}
        visitors[audience] = visitor
    round_id = await room.open(timer="closing", seconds=900)
    await _compare(house, room, visitors, "open")
    for name, step in STEPS:
        await step(room, round_id)
        await _compare(house, room, visitors, name)
    for visitor in visitors.values():
        await visitor.leave()


async def _compare(
    house: House, room: Meeting, visitors: dict[Audience, Visitor], after: str
) -> None:
    around = house.hub.around(room.workshop_id)
    for audience, visitor in visitors.items():
        fresh = await panels(house.db, room.workshop_id, audience, around=around)
        await visitor.reach(fresh.seq)
        for name in fresh.contexts:
            pushed = visitor.panels.get(f"#region-{name}")
            assert pushed == str(fresh(name)), f"{name} for {audience.view} after {after}"


async def test_a_listener_that_lost_its_connection_misses_nothing(
    home: Any, postgresql_url: str
) -> None:
    from tests.support.sockets import house as opened

    async with opened(home, postgresql_url) as house:
        room = await house.meeting()
        guest = await house.visit(
            room.workshop_id, await house.token(room.workshop_id, room.states[0]), since=1
        )
        outside = await asyncpg.connect(postgresql_url)
        cut = (
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            " AND datname = current_database() AND query LIKE 'SELECT id, seq FROM workshop%'"
        )
        assert await outside.fetch(cut)
        # Written by another process: nothing but the database says so.
        async with outside.transaction():
            seq = await outside.fetchval(
                "UPDATE workshop SET seq = seq + 1 WHERE id = $1 RETURNING seq", room.workshop_id
            )
            await outside.execute(
                "INSERT INTO log_line (workshop_id, number, kind, at, ids, salted, hash)"
                " VALUES ($1, $2, 'timer_changed', '', '{}', '{}', '')",
                room.workshop_id,
                seq,
            )
        await guest.reach(seq)
        await outside.close()
        await guest.leave()


def test_every_kind_of_line_that_makes_a_panel_stale_is_one_that_is_written() -> None:
    from app.live.regions import TABLE
    from app.queries.record import SENTENCES

    named = {kind for region in TABLE for kind in region.stale_on}
    assert named <= SENTENCES.keys()


async def test_two_processes_on_one_database_are_one_room(home: Any, postgresql_url: str) -> None:
    from tests.support.sockets import house as opened

    async with opened(home, postgresql_url) as one, opened(home, postgresql_url) as two:
        room = await one.meeting(states=2, experts=1)
        host = await host_of(one, room)
        await shown(host, "presence", "0 of 3 here")
        token = await two.token(room.workshop_id, room.states[0])
        guest = await two.visit(room.workshop_id, token, since=1)
        await shown(host, "presence", "1 of 3 here")
        number = await one.say(room.workshop_id, "item_changed")
        await guest.reach(number)
        await host.reach(await two.say(room.workshop_id, "item_changed"))
        await guest.leave()
        await shown(host, "presence", "0 of 3 here")
        await host.leave()


def test_neighbours_speak_in_parts_and_fade(monkeypatch: pytest.MonkeyPatch) -> None:
    changes: list[str] = []
    speaker, hearer = Neighbours(changes.append), Neighbours(changes.append)
    many = frozenset(f"person{n}" for n in range(700))
    notices = list(speaker.notices_of({"w": many}))
    assert [len(notice.encode()) < 8000 for notice in notices] == [True, True, True]
    for notice in notices:
        speaker.heard(notice)
        hearer.heard(notice)
    assert (hearer.of("w"), speaker.of("w"), changes) == (many, frozenset(), ["w"])
    hearer.fade()
    assert hearer.of("w") == many
    monkeypatch.setattr(neighbours, "FADE", 0.0)
    hearer.fade()
    assert (hearer.of("w"), changes) == (frozenset(), ["w", "w"])


@pytest.mark.usefixtures("slow_drawing")
async def test_at_another_server_too_at_once(home: Any, postgresql_url: str) -> None:
    """Two servers on one database: what one of them shuts, the other one closes."""
    from tests.support.sockets import house as opened

    async with opened(home, postgresql_url) as here, opened(home, postgresql_url) as there:
        room = await here.meeting()
        tokens = [await here.token(room.workshop_id, one) for one in room.states[:2]]
        shut, kept = [await there.visit(room.workshop_id, one, since=1) for one in tokens]
        writer = await _with_roles(
            there, room, room.states[1], ["participant", "rapporteur"], tokens[1]
        )
        await here.shut(room.workshop_id, room.states[0])
        await here.db.change(room.workshop_id, _roles, room.states[1], ["participant"])
        assert [await shut.closed(), await writer.closed()] == [4403, 4403]
        await kept.send({"type": "ping"})
        await kept.next("heartbeat")
        await kept.leave()


@pytest.mark.usefixtures("slow_drawing")
async def test_a_rotated_link_closes_what_came_in_by_it(small_house: House) -> None:
    room = await small_house.meeting()
    token = await small_house.token(room.workshop_id, room.states[0])
    guest = await small_house.visit(room.workshop_id, token)
    (link,) = (await small_house.db.read(devices_of, room.workshop_id))[room.states[0]]
    await small_house.db.change(room.workshop_id, rotate_token, room.facilitator, link.id)
    assert await guest.closed() == 4403


async def test_leaving_closes_the_browsers_other_pages(small_house: House) -> None:
    room = await small_house.meeting()
    link = await small_house.token(room.workshop_id, room.states[0])
    await small_house.db.change(room.workshop_id, sign_in, SYSTEM, link, "a device's secret")
    guest = await small_house.visit(room.workshop_id, "a device's secret")
    other = await small_house.visit(room.workshop_id, link)
    await small_house.db.change(room.workshop_id, leave_device, SYSTEM, ["a device's secret"])
    assert await guest.closed() == 4403
    await other.send({"type": "ping"})
    await other.next("heartbeat")
    await other.leave()
