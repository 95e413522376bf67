"""`make pictures`: the README's pictures, taken from the demonstration as it stands."""

import asyncio
import json
import os
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from tests.support import chromium
from tests.support.browsers import launch_options
from tests.support.databases import ROOT
from tests.support.postgresql import free_port
from tests.support.servers import PROGRAM, Server

FOLDER = ROOT / "docs" / "pictures"


@dataclass(frozen=True)
class Shot:
    """One picture: whose link, how large a window, which part of the same place."""

    name: str
    role: str
    width: int
    height: int
    dark: bool = False


SHOTS = (
    Shot("control", "facilitator", 1440, 900),
    Shot("room", "participant", 1280, 860),
    Shot("room-phone", "participant", 390, 844),
    Shot("screen", "screen", 1600, 900, dark=True),
    Shot("desk", "organiser", 1440, 900),
    Shot("join", "join", 390, 844),
)


async def main() -> None:
    """Start the demonstration, open each link, take its picture."""
    if not chromium.path():
        raise SystemExit(f"No pictures taken: {chromium.MISSING}")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder), free_port(), arguments=["--demo"])
        server.start()
        try:
            await asyncio.to_thread(server.wait_for_output, "/join/")
            links = printed_links(Path(folder))
            async with async_playwright() as playwright:
                browser = await playwright.chromium.launch(**launch_options())
                for shot in SHOTS:
                    await take(browser, shot, links[shot.role])
                    print(f"docs/pictures/{shot.name}.png", flush=True)
                await browser.close()
        finally:
            server.stop()


async def take(browser: Browser, shot: Shot, link: str) -> None:
    """One picture, once the page has heard from its socket."""
    context = await browser.new_context(
        viewport={"width": shot.width, "height": shot.height},
        color_scheme="dark" if shot.dark else "light",
        reduced_motion="reduce",
    )
    page = await context.new_page()
    await page.goto(link, wait_until="load")
    if await page.locator("#connection").count():
        await page.locator("#connection[data-state=live]").wait_for(state="attached")
    await page.evaluate("document.fonts.ready")
    await page.screenshot(path=FOLDER / f"{shot.name}.png")
    await context.close()


def printed_links(home: Path) -> dict[str, str]:
    """A link for each role; of the participants, the first one's."""
    roles = ["organiser", "facilitator", "screen", "join", "participants"]
    wanted = [word for role in roles for word in ("--role", role)]
    printed = subprocess.run(
        [PROGRAM, "links", "--json", *wanted],
        env={**os.environ, "CONSILIENCE_HOME": str(home)},
        check=True,
        capture_output=True,
    )
    links: dict[str, str] = {}
    for link in json.loads(printed.stdout):
        links.setdefault(link["role"], link["url"])
    return links


if __name__ == "__main__":
    asyncio.run(main())
