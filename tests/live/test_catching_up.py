"""Numbers reach everyone once, in order, over every reconnection (design law 10)."""

from tests.support.sockets import House


async def test_a_hello_from_the_beginning_gets_panels_then_one_range(house: House) -> None:
    room = await house.meeting()
    head = await house.say(room.workshop_id, "item_started", item="x")
    guest = await house.visit(room.workshop_id, await house.token(room.workshop_id, room.states[0]))
    assert guest.welcome["seq"] == head
    assert guest.welcome["you"]["roles"] == ["participant"]
    await guest.reach(head)
    assert guest.ranges == [(1, head)]
    assert {"#region-thread", "#region-timer"} <= guest.panels.keys()
    await guest.leave()


async def test_at_the_head_no_range_follows_but_what_has_no_number(house: House) -> None:
    room = await house.meeting()
    head = await house.say(room.workshop_id, "item_started", item="x")
    token = await house.token(room.workshop_id, room.states[0])
    guest = await house.visit(room.workshop_id, token, since=head)
    frame = await guest.receive()
    assert frame["target"] == "#region-timer"
    later = await house.say(room.workshop_id, "item_finished", item="x")
    await guest.reach(later)
    assert guest.ranges == [(head + 1, later)]
    await guest.leave()


async def test_ranges_follow_each_other_over_reconnections(house: House) -> None:
    room = await house.meeting()
    token = await house.token(room.workshop_id, room.states[0])
    seen: dict[int, str] = {}
    number = 0
    for turn in range(5):
        guest = await house.visit(room.workshop_id, token, since=number, **{"as": "data"})
        for n in range(4):
            last = await house.say(room.workshop_id, "timer_changed", turn=turn, n=n)
        await guest.reach(last)
        seen |= guest.kinds
        number = guest.number
        await guest.leave()
        await house.say(room.workshop_id, "timer_changed", turn=turn, away=True)
    guest = await house.visit(room.workshop_id, token, since=number)
    await guest.reach(guest.welcome["seq"])
    seen |= guest.kinds
    assert sorted(seen) == list(range(1, guest.welcome["seq"] + 1))
    await guest.leave()


async def test_a_number_beyond_the_head_is_answered_by_resync(house: House) -> None:
    room = await house.meeting()
    token = await house.token(room.workshop_id, room.states[0])
    guest = await house.visit(room.workshop_id, token, since=10_000)
    assert (await guest.receive()) == {"type": "resync"}
    guest.number = guest.welcome["seq"]
    await guest.reach(await house.say(room.workshop_id, "timer_changed"))
    await guest.leave()


async def test_what_a_viewer_may_not_know_passes_as_a_number_only(house: House) -> None:
    room = await house.meeting()
    person = await house.token(room.workshop_id, room.states[0])
    runs = await house.token(room.workshop_id, role="facilitator")
    guest = await house.visit(room.workshop_id, person, since=1, **{"as": "data"})
    host = await house.visit(room.workshop_id, runs, since=1, page="control", **{"as": "data"})
    await house.say(room.workshop_id, "admission_asked", admission="a")
    await house.say(room.workshop_id, "participant_changed", participant=room.states[0])
    last = await house.say(room.workshop_id, "participant_changed", participant=room.states[1])
    await guest.reach(last)
    await host.reach(last)
    assert list(guest.kinds) == [last - 1]
    assert list(host.kinds) == [last - 2, last - 1, last]
    await guest.leave()
    await host.leave()
