"""A delegate on a phone tells a lesson, takes the draft home in the evening, and finds next morning
what is new, what waits for them, and only what changed."""

import sqlite3
from contextlib import closing
from pathlib import Path

from playwright.async_api import Browser, Page, expect

from tests.support.gathering import Gathering, furnish, gathering
from tests.support.servers import Server

PHONE = {"width": 375, "height": 812}
TRIED = "Mixed patrols of police and health staff"


async def test_from_the_evening_to_the_next_morning(
    server: Server, browser: Browser, tmp_path: Path
) -> None:
    async with gathering(server, people=1) as here:
        await furnish(here)
        phone = await here.enter(browser, await delegate(here), "room", viewport=PHONE)
        await tells_a_lesson(here, phone)
        desk = await here.enter(browser, here.token("facilitator"), "desk/lessons")
        await releases_it(desk)
        await phone.goto(f"{server.named_url}/w/{here.id}/capital")
        await takes_it_home(phone, tmp_path)
        await expect(phone.locator("#capital-last")).to_be_visible()
        await in_the_evening(here)

        row = phone.locator("#capital-changes li")
        await expect(row).to_have_count(2)  # it follows by itself
        await expect(row.first).to_contain_text("Reworded · line")
        await phone.get_by_role("link", name="Back to the room").press("Enter")
        await expect(phone.locator("#morning-news")).to_have_count(0)
        a_night_passes(server)
        await phone.reload()
        news = phone.locator("#morning-news")
        await news.locator("summary").press("Enter")
        await expect(news).to_contain_text("Adopted by consensus: “Share case files”")
        await expect(news).to_contain_text("Lessons released: 1")
        await expect(news).to_contain_text("The row was reworded since it was flagged")
        await news.get_by_role("link", name="That day on one page").press("Enter")
        await expect(phone.locator("#tonight-decided")).to_contain_text("Share case files")
        await expect(phone.locator("#tonight-own")).to_contain_text("reworded since it was flagged")
        await desk.goto(f"{server.named_url}/w/{here.id}/tonight")
        await expect(desk.locator("#tonight-all")).to_contain_text("Moderators")


async def delegate(here: Gathering) -> str:
    """A State representative's way in."""
    person = {"label": "Delegate", "roles": ["participant"], "delegation": "State 07",
              "capacity": "state_representative", "region": ["East Asia"]}  # fmt: skip
    made = await here.owner.post(f"{here.at}/participants", person)
    flag = {"row": here.made["cells"][0]["id"], "flag": "pending", "text": "We must ask"}
    await here.owner.as_(made["token"]).post(f"{here.at}/flags", flag)
    return str(made["token"])


async def tells_a_lesson(here: Gathering, page: Page) -> None:
    await page.get_by_role("link", name="Lessons learned").press("Enter")
    await page.get_by_label("What was tried").fill(TRIED)
    await page.get_by_label("What came of it").fill("Fewer complaints")
    await page.locator("summary", has_text="Evidence it rests on").click()
    await page.get_by_label("Legalising trade lowers prices").check()
    await page.get_by_role("button", name="Tell it").press("Enter")
    await expect(page.locator(".lesson")).to_contain_text("Waits to be released")


async def releases_it(desk: Page) -> None:
    lesson = desk.locator("#region-lessons .lesson")
    await lesson.get_by_role("button", name="Reword…").click()
    dialog = desk.locator("#dialog-lesson")
    await dialog.get_by_label("What came of it").fill("Far fewer complaints")
    await dialog.get_by_role("button", name="Save").click()
    await expect(lesson).to_contain_text("Far fewer complaints")
    await expect(lesson).to_contain_text("Legalising trade lowers prices")
    await lesson.get_by_role("button", name="Release").click()
    await expect(lesson.get_by_role("button", name="Take back")).to_be_visible()


async def takes_it_home(page: Page, folder: Path) -> None:
    async with page.expect_download() as waiting:
        await page.get_by_role("link", name="Take it as one page (HTML)").press("Enter")
    file = folder / "capital.html"
    await (await waiting.value).save_as(file)
    assert "We must ask" in file.read_text()
    await page.reload()


async def in_the_evening(here: Gathering) -> None:
    """One row is reworded, the other adopted."""
    first, second = here.made["cells"]
    rows = (await here.owner.get(f"{here.at}/matrix"))["areas"][0]["cells"]
    path = f"{here.at}/matrix/{here.made['areas'][0]['id']}/{here.made['responses'][0]['id']}"
    await here.owner.put(path, {"text": "Train border posts by night"}, version=first["version"])
    ruling = {"rows": [second["id"]], "wording_versions": [rows[1]["wording_version"]],
              "ruling": "consensus", "ruled_by": here.made["chair"]["id"]}  # fmt: skip
    await here.run.post(f"{here.at}/decisions", ruling)


def a_night_passes(server: Server) -> None:
    """As if every device had been seen last, and all been decided, on the day before."""
    with closing(sqlite3.connect(server.home / "consilience.db", timeout=5)) as database:
        database.execute("UPDATE token SET seen_at = datetime(seen_at, '-1 day')")
        database.execute("UPDATE decision SET at = datetime(at, '-1 day')")
        database.commit()
