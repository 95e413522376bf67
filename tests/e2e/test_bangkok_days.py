"""Three days in Bangkok in real browsers, moment by moment, as the minutes would have them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from app.scenario import days, groups, moments
from app.scenario.generate import COMPONENTS
from tests.e2e.bangkok import (
    FEW,
    Bangkok,
    bangkok,
    flag,
    press,
    reword_component,
    rows_for_four_responses,
)
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.server]

LEAD = "S07"
AUTHOR = moments.MISREAD["author"]


async def test_three_days_in_bangkok(
    serve: Callable[..., Server], browser: Browser, tmp_path: Path
) -> None:
    expect.set_options(timeout=20_000)
    async with bangkok(serve, browser) as here:
        await here.enter("control", here.meeting.tokens["facilitator"], "control")
        await here.enter("screen", here.meeting.tokens["screen"], "screen")
        await here.delegates(LEAD, AUTHOR, moments.OBSERVER)

        await one_state_comes_late(here)
        await four_groups_work_in_parallel(here)
        await here.move_to_another_machine(tmp_path / "evening.zip")
        await an_author_was_misread(here)
        await a_laptop_is_dead(here)
        await observers_are_sent_out_and_let_in(here)
        await one_leaves_and_names_a_proxy(here)
        await three_rows_are_flagged(here)
        await two_components_are_reworded(here)
        await the_chair_rules(here)
        assert [said for each in here.complaints for said in each] == []
    expect.set_options(timeout=5_000)


async def one_state_comes_late(here: Bangkok) -> None:
    """Day 1, 09:30. The evidence is under review when State 15 comes in."""
    meeting, late = here.meeting, moments.LATE
    await days.go_to(meeting, 2)
    round_id = await days.open_round(meeting, "evidence")
    await moments.arrive_late(meeting, round_id)
    await here.delegates(late)
    await here[late].locator("#ballot fieldset label").first.click()
    turnout = here["control"].locator("#region-turnout")
    await expect(turnout).to_contain_text("1 of 29")
    await days.close_round(meeting, round_id)


async def four_groups_work_in_parallel(here: Bangkok) -> None:
    """Day 1, 13:30. State 07 leads one of them from its own laptop and keeps its vote."""
    meeting, control, lead = here.meeting, here["control"], here[LEAD]
    await groups.seat(meeting)
    await days.go_to(meeting, 3)
    theories = [{"evidence": meeting.evidence[one]} for one in ("EV01", "EV02", "EV03")]
    exercise = {"type": "choose", "title": groups.QUESTION, "agenda_item": meeting.items[3]}
    plenary = await meeting.run.post(
        f"{meeting.path}/activities", {**exercise, "options": theories}
    )
    meeting.activities["theories"] = plenary["id"]
    await days.stage(meeting, "theories", "running")
    await expect(control.locator("#cockpit-title")).to_have_text(groups.QUESTION)
    await press(control, "Send this into groups")
    await expect(lead.get_by_text("You lead this group: Asia and the Pacific")).to_be_visible()
    await expect(here[AUTHOR].locator("#region-now")).to_contain_text("Middle East")

    await press(lead, "Open the round")
    await lead.get_by_role("checkbox").first.check(force=True)
    await expect(lead.locator("#region-lead")).to_contain_text("1 of 11 answers")
    await the_other_groups_answer(here, plenary["id"], meeting.evidence["EV02"])
    await press(lead, "Close with countdown")
    await press(lead, "Show the group its result")
    await press(control, "Call all groups back")
    await press(control, "Side by side on the big screen")
    for name in groups.LEADS:
        await expect(here["screen"].locator("#region-stage")).to_contain_text(name)


async def the_other_groups_answer(here: Bangkok, plenary: str, theory: str) -> None:
    """The other three leads, by API: open, answer, close, publish, each for their own group."""
    meeting = here.meeting
    listed = {one["id"]: one["name"] for one in await meeting.run.all(f"{meeting.path}/groups")}
    for own in await meeting.run.all(f"{meeting.path}/activities"):
        name = listed.get(own["group"] or "", "")
        if (who := groups.LEADS.get(name, LEAD)) == LEAD:
            continue
        by = meeting.owner.as_(meeting.entries[who])
        made = await by.post(f"activities/{own['id']}/open")
        await here.voices[who].cast(made["id"], {"approval": [theory]})
        await days.close_round(meeting, made["id"], by=by)


async def an_author_was_misread(here: Bangkok) -> None:
    """Day 2, 13:30. Merged into an area; its author says so with one tap and is answered."""
    meeting, control, author = here.meeting, here["control"], here[AUTHOR]
    await days.propose(meeting, here.voices)
    await days.cluster(meeting)
    await author.goto(f"{here.server.named_url}/w/{meeting.id}/mine/proposals")
    mine = author.get_by_role("region", name="Thin and uneven evidence")
    await mine.get_by_role("button", name="This is not what I meant").click()
    await expect(mine).to_contain_text("The moderators have it before them.")
    await expect(control.locator("#region-moderation")).to_contain_text(
        "first wording", ignore_case=True
    )
    await press(control, "Answer…")
    await control.locator("#dialog-answer textarea").fill(moments.MISREAD["answer"])
    await press(control, "Send the answer")
    await author.reload()
    await expect(mine).to_contain_text(moments.MISREAD["answer"])
    await author.goto(f"{here.server.named_url}/w/{meeting.id}/room")


async def a_laptop_is_dead(here: Bangkok) -> None:
    """Day 2, 14:15. The first vote: one votes at the laptop, one is entered by the facilitator."""
    meeting = here.meeting
    await days.go_to(meeting, 8)
    round_id = await days.open_round(meeting, "rate")
    area = next(iter(meeting.areas.values()))
    name = here.label(moments.DEAD_LAPTOP)
    clerk = await here.enter("clerk", meeting.tokens["facilitator"], "ballot-for")
    await clerk.get_by_role("link", name=name).click()
    await clerk.locator(".rating").first.locator(".cell").nth(6).click()
    await press(clerk, f"Send the ballot for {name}")
    await expect(clerk.locator("main")).to_contain_text("Recorded, no.")
    for who in FEW:
        await here.voices[who].cast(round_id, {"rating": {area: 8}})
    await here[LEAD].locator("#ballot fieldset label").first.click()
    await expect(here["control"].locator("#region-turnout")).to_contain_text("5 of 29")
    await days.close_round(meeting, round_id)
    await expect(here[LEAD].locator("#region-delphi")).to_contain_text("At most 2 rounds.")


async def observers_are_sent_out_and_let_in(here: Bangkok) -> None:
    """Day 2, 15:15. Discussed behind closed doors; the rest of the day moves by 20 minutes."""
    meeting, control, outside = here.meeting, here["control"], here[moments.OBSERVER]
    path = f"{meeting.path}/agenda/{meeting.items[9]}"
    item = await meeting.run.get(path)
    await meeting.run.patch(path, {"closed_to_observers": True}, item["version"])
    await press(control, "Go on →")
    await expect(outside.locator("h1")).to_contain_text("Closed to observers.")
    await press(control, "Move the day…")
    await control.get_by_label("Minutes later").fill("20")
    await press(control, "Move the day")
    await expect(control.locator(".agenda > li").last).to_contain_text("16:35")
    await press(control, "Go on →")
    await outside.reload()
    await expect(outside.locator("h1")).to_contain_text("Which areas come first")


async def one_leaves_and_names_a_proxy(here: Bangkok) -> None:
    """Day 3, 09:00. From the leaver's own seat; the proxy votes for both from now on."""
    leaver = await here.enter(moments.LEAVER, here.meeting.entries[moments.LEAVER], "mine/seat")
    choice = leaver.get_by_label("Who votes for you, in rounds that open from now on")
    await choice.select_option(label=here.label(moments.PROXY))
    await press(leaver, "I am leaving the meeting")
    await expect(leaver.locator("#leaving")).to_contain_text("votes for you.")


async def three_rows_are_flagged(here: Bangkok) -> None:
    """Day 3, 14:00. A reservation, an objection that is withdrawn, a position reserved."""
    meeting = here.meeting
    rows = here.rows = await rows_for_four_responses(here)
    await days.go_to(meeting, 14)
    await press(here["control"], "Open the draft for reading Space")
    await flag(here[LEAD], rows["R01"], "Reservation", "Under national law.")
    await flag(here[AUTHOR], rows["R02"], "Objection", "No cases are named.")
    await flag(
        here[moments.LATE], rows["R03"], "Position reserved pending instructions", "Tomorrow."
    )
    await expect(here["control"].locator("#region-agreement")).to_contain_text("3 flagged")
    await press(here[AUTHOR], "Withdraw it")
    await expect(here["control"].locator("#region-agreement")).to_contain_text("2 flagged")
    await press(here["control"], "Go to the chair’s rulings Space")


async def two_components_are_reworded(here: Bangkok) -> None:
    """Day 3, 15:00. The rapporteur words two of three anew, before the room."""
    desk = await here.enter("desk", here.meeting.entries["R1"], "desk/framework")
    for one, text in COMPONENTS.items():
        await reword_component(desk, here.meeting.components[one], text)
        await expect(here[LEAD].locator("#exercise")).to_contain_text(text)


async def the_chair_rules(here: Bangkok) -> None:
    """Day 3, 15:30. What nobody flagged together, all components together, the flagged by one."""
    chair = await here.enter("chair", here.meeting.entries["O2"], "control")
    await press(chair, "Adopt 2 unflagged rows together by consensus")
    await press(chair, "Adopt 3 unflagged components and conclusions together by consensus")
    for no, ruling in (("R01", "With reservations"), ("R03", "No objection")):
        await chair.locator(f"#chair-{here.rows[no]}").get_by_role("button", name=ruling).click()
        await expect(chair.locator(f"#chair-{here.rows[no]}")).to_have_count(0)
    await expect(here[LEAD].locator("#region-agreement")).to_contain_text("4 of 4 rows settled")
    found = await here.meeting.run.get(f"{here.meeting.path}/matrix")
    stand = {
        cell["response_no"]: cell["state"] for area in found["areas"] for cell in area["cells"]
    }
    assert stand == {
        "R01": "with_reservations",
        "R02": "consensus",
        "R03": "no_objection",
        "R04": "consensus",
    }
    assert [one["state"] for one in found["components"]] == ["consensus"] * 3
