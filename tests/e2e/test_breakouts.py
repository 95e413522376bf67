"""Two groups at once in real browsers: sent apart, led by their own, brought back side by side."""

import pytest
from playwright.async_api import Browser, Page, expect

from tests.support.browsers import watch
from tests.support.gathering import OPTIONS, Gathering, gathering
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.server]


async def press(page: Page, name: str) -> None:
    await page.get_by_role("button", name=name).click()


async def two_groups(here: Gathering) -> str:
    """Two groups of two, the first led by the first expert; the exercise they will be given."""
    made = await here.run.post(f"{here.at}/groups", [{"name": "Blue"}, {"name": "Red"}])
    people = await here.run.all(f"{here.at}/participants")
    for n, person in enumerate(people):
        group = {"group": made[n // 2]["name"]}
        await here.run.patch(f"{here.at}/participants/{person['id']}", group, person["version"])
    lead = {"lead": people[0]["id"]}
    await here.run.patch(f"{here.at}/groups/{made[0]['id']}", lead, made[0]["version"])
    activity = await here.activity("choose", "What should be kept?", OPTIONS)
    await here.stage(activity, "running")
    return str(made[0]["id"])


async def test_groups_work_apart_and_report_back(server: Server, browser: Browser) -> None:
    async with gathering(server, people=4) as here:
        blue = await two_groups(here)
        control = await here.enter(browser, here.token("facilitator"), "control")
        lead, other = [await here.enter(browser, here.entries[n], "room") for n in (0, 2)]
        screen = await (await browser.new_context()).new_page()
        await screen.goto(f"{server.named_url}/enter/{here.token('screen')}")
        await screen.goto(f"{server.named_url}/w/{here.id}/screen?group={blue}")
        complaints = [said for page in (control, lead, other, screen) for said in [watch(page)]]

        await press(control, "Send this into groups")
        await expect(lead.get_by_text("You lead this group: Blue")).to_be_visible()
        await expect(other.locator("#region-now")).to_contain_text("In your group: Red")
        await expect(other.get_by_text("You lead this group")).to_have_count(0)

        await press(lead, "Open the round")
        await lead.get_by_role("checkbox", name=OPTIONS[1]).check(force=True)
        await expect(lead.locator("#region-lead")).to_contain_text("1 of 2 answers")
        await expect(control.locator(f"#group-{blue}")).to_contain_text("1 of 2 answers")
        await expect(screen.locator("#region-stage")).to_contain_text("Blue")
        await expect(other.get_by_role("checkbox")).to_have_count(0)

        await press(lead, "Close with countdown")
        await expect(lead.get_by_role("button", name="Show the group its result")).to_be_visible(
            timeout=20_000
        )
        await press(lead, "Show the group its result")
        await expect(screen.locator("#region-stage")).to_contain_text("kept")

        await press(control, "Call all groups back")
        await expect(control.get_by_text("All groups are in the plenary")).to_be_visible()
        await expect(control.locator("#region-groups .brought")).to_contain_text(OPTIONS[1])
        await expect(other.locator("#region-now")).not_to_contain_text("In your group")
        await expect(lead.get_by_text("You lead this group")).to_have_count(0)
        assert [said for each in complaints for said in each] == []
