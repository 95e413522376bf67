"""The organiser gives somebody a new link and signs a device out, on the people's page."""

import httpx
import pytest
from playwright.async_api import Browser, expect

from app.scenario.house import House
from tests.support.browsers import watch
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.server]


async def test_a_new_link_takes_the_place_of_the_old_one(server: Server, browser: Browser) -> None:
    async with httpx.AsyncClient(base_url=f"{server.url}/api/v1", timeout=60) as client:
        owner = House(client, server.owner_token)
        made = await owner.post("workshops", {"title": "A meeting", "kind": "rehearsal"})
        people = [{"label": "Expert 1", "roles": ["participant"]}]
        (person,) = await owner.post(f"workshops/{made['id']}/participants", people)

        expert = await (await browser.new_context()).new_page()
        await expert.goto(f"{server.named_url}/enter/{person['token']}")
        page = await (await browser.new_context()).new_page()
        complaints = watch(page)
        await page.goto(f"{server.named_url}/enter/{made['tokens']['organiser']}")
        await page.goto(f"{server.named_url}/w/{made['id']}/desk/people")
        doors = page.locator(f"#doors-{person['id']}")
        await doors.locator("summary").press("Enter")  # by keyboard alone
        await expect(doors.get_by_text("Device, opened on")).to_be_visible()
        await doors.get_by_role("button", name="New link").press("Enter")
        await expect(doors.locator("output")).to_contain_text("/enter/")
        link = await doors.locator("output").inner_text()

        await expect(expert.locator("#connection")).to_contain_text("Not signed in any more")
        old = await expert.goto(f"{server.named_url}/enter/{person['token']}")
        assert old is not None
        assert old.status == 404
        await expert.goto(link)
        await expect(expert).to_have_url(f"{server.named_url}/w/{made['id']}/room")

        await page.reload()
        await doors.locator("summary").click()
        device = doors.get_by_role("listitem").filter(has_text="Device")
        await device.get_by_role("button", name="Sign out").click()
        await expect(expert.locator("#connection")).to_contain_text("Not signed in any more")
        assert complaints == []
