"""Options merged and split after a vote, in real browsers: the next round shows each voter what
became of them, one tap confirms an earlier answer, and where two differ one is asked."""

import pytest
from playwright.async_api import Browser, Page, expect

from tests.support.browsers import watch
from tests.support.gathering import Gathering, furnish, gathering
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.server]

PHONE = {"width": 375, "height": 812}
TEXTS = ("Dark posts", "Posts without lamps", "No radios and no trust")


async def test_the_next_round_asks_only_what_is_open(server: Server, browser: Browser) -> None:
    async with gathering(server, people=2) as here:
        await furnish(here)
        ids = [await accepted(here, text) for text in TEXTS]
        rate = await here.activity("rate", "How important?", [{"proposal": one} for one in ids])
        first = await here.open(rate)
        for token, values in zip(here.entries, ((7, 7, 4), (7, 2, 5)), strict=True):
            body = {"body": {"rating": dict(zip(ids, values, strict=True))}, "revision": 1}
            await here.owner.as_(token).post(f"rounds/{first['id']}/ballots", body)
        await here.run.post(f"rounds/{first['id']}/close")

        desk = await here.enter(browser, here.token("facilitator"), "desk/proposals")
        complaints = watch(desk)
        merged = await merges_two(desk)
        await splits_one(desk)
        await here.open(rate)

        phone = await here.enter(browser, here.entries[0], "room", viewport=PHONE)
        keys = await here.enter(browser, here.entries[1], "room")
        complaints += watch(phone) + watch(keys)
        await confirms(phone, merged)
        part = keys.locator("fieldset.rating", has_text="Split since the round before")
        await expect(part).to_have_count(2)
        await part.first.get_by_role("button", name="Confirm: 5").press("Enter")
        await expect(part.first.get_by_role("radio", name="5")).to_be_checked()
        asked = keys.locator(f"#rate-{merged}")
        await expect(asked).to_contain_text("Which answer holds now?")
        await expect(asked.get_by_role("button", name="Confirm:")).to_have_count(0)
        await asked.get_by_role("radio", name="5").focus()
        await keys.keyboard.press("Space")
        await expect(keys.locator("#receipt")).to_contain_text("Recorded")
        assert not await phone.evaluate("document.body.scrollWidth > innerWidth")
        assert complaints == []


async def accepted(here: Gathering, text: str) -> str:
    body = {"kind": "priority_area", "text": text}
    made = await here.owner.post(f"{here.at}/proposals", body)
    path = f"{here.at}/proposals/{made['id']}/moderation"
    await here.owner.post(path, {"decision": "accept"})
    return str(made["id"])


async def merges_two(desk: Page) -> str:
    row = desk.locator("#region-wordings tr", has_text="Dark posts")
    await row.get_by_role("button", name="Merge…").click()
    dialog = desk.locator("#dialog-merge")
    await dialog.get_by_role("checkbox", name="Posts without lamps").check(force=True)
    await dialog.get_by_label("Wording").fill("Posts without light")
    await dialog.get_by_role("button", name="Merge").click()
    merged = desk.locator("#region-wordings tr", has_text="merged from 2")
    await expect(merged).to_contain_text("Posts without light")
    return str(await merged.get_attribute("id")).removeprefix("proposal-")


async def splits_one(desk: Page) -> None:
    row = desk.locator("#region-wordings tr", has_text="No radios and no trust")
    await row.get_by_role("button", name="Split…").press("Enter")
    dialog = desk.locator("#dialog-split")
    await dialog.get_by_label("The new wordings").fill("No radios, few lamps\nNo trust")
    await dialog.get_by_role("button", name="Split").press("Enter")
    await expect(row).to_contain_text("split into 2")
    await expect(desk.locator("#region-wordings tr", has_text="split off")).to_have_count(2)


async def confirms(page: Page, merged: str) -> None:
    """Both parts had a 7: one tap says that it holds for the merged one."""
    option = page.locator(f"#rate-{merged}")
    await expect(option).to_contain_text("Merged since the round before, from:")
    await option.get_by_role("button", name="Confirm: 7").click()
    await expect(option.get_by_role("radio", name="7")).to_be_checked()
    await expect(page.locator("#receipt")).to_contain_text("Recorded")
