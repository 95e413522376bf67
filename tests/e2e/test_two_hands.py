"""Two people change the same thing: the second is shown what the first wrote, and loses nothing."""

import httpx
import pytest
from playwright.async_api import Browser, expect

from app.scenario.house import House
from tests.support.browsers import watch
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.server]


async def test_what_another_hand_wrote_stands_beside_ones_own(
    server: Server, browser: Browser
) -> None:
    async with httpx.AsyncClient(base_url=f"{server.url}/api/v1", timeout=60) as client:
        owner = House(client, server.owner_token)
        made = await owner.post("workshops", {"title": "A meeting", "kind": "rehearsal"})
        at = f"workshops/{made['id']}"
        [person] = await owner.post(
            f"{at}/participants", [{"label": "Expert 1", "roles": ["participant"]}]
        )
        page = await (await browser.new_context()).new_page()
        complaints = watch(page)
        await page.goto(f"{server.named_url}/enter/{made['tokens']['organiser']}")
        await page.goto(f"{server.named_url}/w/{made['id']}/desk/people")
        await page.locator(f"#person-{person['id']}").get_by_role("button").first.click()
        dialog = page.locator("dialog[open]")
        label = dialog.locator("[name=label]")
        await label.fill("Expert one")

        theirs = {"label": "Expert from the north", "roles": ["participant", "rapporteur"]}
        await owner.patch(f"{at}/participants/{person['id']}", theirs, 1)
        await dialog.get_by_role("button", name="Save").click()
        meanwhile = dialog.locator("[data-theirs]")
        await expect(meanwhile.locator("dd")).to_have_text(
            ["Expert from the north", "Rapporteur, Participant"]
        )
        await expect(label).to_have_value("Expert one")
        await expect(dialog.get_by_label("Rapporteur")).to_be_checked()

        await dialog.get_by_role("button", name="Save").click()
        await expect(page.locator(f"#person-{person['id']}")).to_contain_text("Expert one")
        [kept] = (await owner.get(f"{at}/participants"))["items"]
        assert sorted(kept["roles"]) == ["participant", "rapporteur"]
        # The browser itself notes the refusal; nothing else may be amiss.
        assert [said for said in complaints if "409" not in said and "412" not in said] == []
