"""Rows of the matrix sifted in a real browser: at once, in the address, and after every push."""

import httpx
import pytest
from playwright.async_api import Browser, Page, expect

from app.scenario.house import House
from tests.support.browsers import watch
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.server]

RESPONSES = {"Share case files": "local", "Map routes": "local", "Train border posts": "national"}


async def test_a_choice_sifts_at_once_and_outlives_pushes_and_reloads(
    server: Server, browser: Browser
) -> None:
    async with httpx.AsyncClient(base_url=f"{server.url}/api/v1", timeout=60) as client:
        owner = House(client, server.owner_token)
        made = await owner.post("workshops", {"title": "A meeting", "kind": "rehearsal"})
        at = f"workshops/{made['id']}"
        area = await propose(owner, at, "priority_area", "Porous borders")
        for text, level in RESPONSES.items():
            response = await propose(owner, at, "response", text, area=area)
            await owner.put(f"{at}/matrix/{area}/{response}", {"level": level}, new=True)
        page = await (await browser.new_context()).new_page()
        complaints = watch(page)
        await page.goto(f"{server.named_url}/enter/{made['tokens']['organiser']}")
        await page.goto(f"{server.named_url}/w/{made['id']}/desk/matrix")
        await expect(page.locator("#connection")).to_contain_text("Live")
        await stands(page, *RESPONSES)

        await page.locator(".sifting [name=level]").select_option("local")
        await stands(page, "Share case files", "Map routes")
        await expect(page.locator("[data-shown]")).to_have_text("2 of 3 rows shown")
        assert page.url.endswith("?view=grid&level=local")

        added = await propose(owner, at, "response", "Count the vessels", area=area)
        await owner.put(f"{at}/matrix/{area}/{added}", {"level": "local"}, new=True)
        await stands(page, "Share case files", "Map routes", "Count the vessels")
        await page.get_by_label("Find words").fill("nothing like it")
        await stands(page)
        await page.get_by_label("Find words").fill("borders")
        await stands(page, "Share case files", "Map routes", "Count the vessels")

        await page.reload()
        await stands(page, "Share case files", "Map routes", "Count the vessels")
        await page.get_by_role("link", name="Long table").click()
        await expect(page.locator("#matrix-long tbody tr:visible")).to_have_count(3)
        await page.get_by_role("link", name="Show all rows").click()
        await expect(page.locator("#matrix-long tbody tr:visible")).to_have_count(4)
        assert complaints == []


async def propose(owner: House, at: str, kind: str, text: str, **more: str) -> str:
    """The id of an accepted proposal."""
    made = await owner.post(f"{at}/proposals", {"kind": kind, "text": text, **more})
    await owner.post(f"{at}/proposals/{made['id']}/moderation", {"decision": "accept"})
    return str(made["id"])


async def stands(page: Page, *texts: str) -> None:
    """These rows stand in the grid, and no others."""
    await expect(page.locator("#matrix-grid .cellrow button:visible")).to_have_text(list(texts))


async def test_the_draft_is_sifted_while_it_is_read(server: Server, browser: Browser) -> None:
    async with httpx.AsyncClient(base_url=f"{server.url}/api/v1", timeout=60) as client:
        owner = House(client, server.owner_token)
        made = await owner.post("workshops", {"title": "A meeting", "kind": "rehearsal"})
        at = f"workshops/{made['id']}"
        expert = await owner.post(f"{at}/participants", {"label": "Expert", "capacity": "expert"})
        area = await propose(owner, at, "priority_area", "Porous borders")
        for text, level in RESPONSES.items():
            response = await propose(owner, at, "response", text, area=area)
            await owner.put(f"{at}/matrix/{area}/{response}", {"level": level}, new=True)
        activity = await owner.post(f"{at}/activities", {"type": "agree", "title": "This text?"})
        await owner.post(f"activities/{activity['id']}/stage", {"stage": "reading"})
        page = await (await browser.new_context()).new_page()
        complaints = watch(page)
        await page.goto(f"{server.named_url}/enter/{expert['token']}")
        await expect(page.locator("#connection")).to_contain_text("Live")
        await page.locator(".sifting [name=level]").select_option("national")
        rows = page.locator("#ballot-agree li.reading:visible")
        await expect(rows).to_have_count(1)

        await rows.locator("summary").click()
        await rows.get_by_label("Reservation").check()
        await rows.get_by_role("button", name="Raise the flag").click()
        await expect(rows.locator(".quote")).to_contain_text("Reservation")
        await expect(rows).to_have_count(1)
        assert page.url.endswith("?level=national")
        assert complaints == []
