"""Ten minutes of a discussion in real browsers: one tap asks for the floor, one key gives it, the
big screen counts, a matter is parked, the day is moved, an observer is sent out and let in."""

import re

import httpx
import pytest
from playwright.async_api import Browser, Page, expect

from app.scenario.house import House
from tests.support.browsers import watch
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.server]


async def test_a_discussion(server: Server, browser: Browser) -> None:
    async with httpx.AsyncClient(base_url=f"{server.url}/api/v1", timeout=60) as client:
        owner = House(client, server.owner_token)
        made = await owner.post("workshops", {"title": "A meeting", "kind": "rehearsal"})
        at, links = f"workshops/{made['id']}", made["tokens"]
        people = [
            {"label": "State 01", "roles": ["participant"], "capacity": "state_representative"},
            {"label": "Observer", "roles": ["observer"]},
        ]
        state, observer = await owner.post(f"{at}/participants", people)
        items = [
            {"day": 1, "start": f"{hour:02}:00", "end": f"{hour + 1:02}:00", "title": title}
            for hour, title in ((9, "Discussion"), (10, "In private"), (11, "In public"))
        ]
        items[1]["closed_to_observers"] = True
        laid = await owner.post(f"{at}/agenda", items)
        await owner.post(f"{at}/agenda/{laid[0]['id']}/start")
        opened = {
            who: await enter(browser, server, token, made["id"], page)
            for who, token, page in (
                ("control", links["facilitator"], "control"),
                ("screen", links["screen"], "screen"),
                ("room", state["token"], "room"),
                ("observer", observer["token"], "room"),
            )
        }
        control, screen, room, outside = opened.values()
        complaints = [watch(page) for page in (control, screen, room)]

        await room.get_by_role("button", name="Ask for the floor").click()
        await expect(room.locator("#own-floor")).to_contain_text("You are number 1 on the list.")
        waiting = control.locator(".speakers > li")
        await expect(waiting).to_have_count(1)
        await control.get_by_role("button", name="Speaker", exact=True).click()
        await expect(screen.locator("main")).to_contain_text("1 waiting to speak.")
        await control.locator("body").press("n")
        await expect(waiting).to_have_count(0)
        await expect(room.locator("#own-floor")).to_contain_text("You have the floor.")
        await expect(screen.locator("h1")).to_have_text("State 01")
        await expect(screen.locator("#speech-taken")).to_have_text(re.compile("0:0[2-9]"))

        await control.locator("body").press("p")
        await control.get_by_label("In a sentence").fill("Who keeps the data?")
        await control.get_by_role("button", name="Park it", exact=True).click()
        await expect(control.locator(".parked > li")).to_contain_text("Who keeps the data?")

        await control.get_by_role("button", name="Move the day…").click()
        await control.get_by_label("Minutes later").fill("20")
        times = control.locator("[data-times] tbody tr")
        await expect(times.nth(1)).to_contain_text("10:20–11:20")
        await control.get_by_role("button", name="Move the day", exact=True).click()
        await expect(control.locator(".agenda > li").nth(1)).to_contain_text("10:20")
        await control.get_by_role("button", name="Take the move back").click()
        await expect(control.locator(".agenda > li").nth(1)).to_contain_text("10:00")

        await control.get_by_role("button", name="Go on").click()
        await expect(outside.locator("h1")).to_contain_text("Closed to observers.")
        await expect(control.locator(".agenda > li.now")).to_contain_text("In private")
        await control.get_by_role("button", name="Go on").click()
        await expect(control.locator(".agenda > li.now")).to_contain_text("In public")
        await outside.reload()
        await expect(outside.locator("h1")).to_have_text("In public")
        assert complaints == [[], [], []]


async def enter(browser: Browser, server: Server, token: str, workshop: str, page: str) -> Page:
    """Somebody's page, connected."""
    found = await (await browser.new_context()).new_page()
    await found.goto(f"{server.named_url}/enter/{token}")
    await found.goto(f"{server.named_url}/w/{workshop}/{page}")
    await found.locator("#connection[data-state=live]").wait_for(state="attached")
    return found
