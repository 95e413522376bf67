"""The organiser erases who somebody was, on the people's page of the desk."""

from typing import Any

import httpx
import pytest
from playwright.async_api import Browser, Page, expect

from app.scenario.house import House
from tests.support.browsers import watch
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.server]

ERASE = "Erase who this person was"
NOBODY = "—"


async def test_who_somebody_was_is_erased_in_two_steps(server: Server, browser: Browser) -> None:
    async with httpx.AsyncClient(base_url=f"{server.url}/api/v1", timeout=60) as client:
        owner = House(client, server.owner_token)
        made = await owner.post("workshops", {"title": "A meeting", "kind": "rehearsal"})
        at = f"workshops/{made['id']}"
        people = [{"label": label, "roles": ["participant"]} for label in ("Expert 1", "Expert 2")]
        first, second = await owner.post(f"{at}/participants", people)

        page = await (await browser.new_context()).new_page()
        complaints = watch(page)
        await _opens(page, server, made, "organiser", first["id"])
        await expect(page.get_by_role("button", name="Erase for good")).to_be_hidden()
        await page.get_by_text(ERASE).click()
        await page.get_by_role("button", name="Erase for good").click()

        row = page.locator(f"#person-{first['id']}").get_by_role("rowheader")
        await expect(row).to_have_text(NOBODY)
        listed = (await owner.get(f"{at}/participants"))["items"]
        assert {one["id"]: one["label"] for one in listed} == {
            first["id"]: NOBODY,
            second["id"]: "Expert 2",
        }
        assert complaints == []


async def _opens(page: Page, server: Server, made: dict[str, Any], role: str, person: str) -> None:
    await page.goto(f"{server.named_url}/enter/{made['tokens'][role]}")
    await page.goto(f"{server.named_url}/w/{made['id']}/desk/people")
    await page.locator(f"#person-{person}").get_by_role("button").first.click()
    await expect(page.locator("dialog[open]")).to_be_visible()
