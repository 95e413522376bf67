"""What shuts people out of a page: found by axe, by a look at its controls, and by the Tab key."""

from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import Page

SCRIPT = Path(__file__).with_suffix(".js")
AXE = "(how) => axe.run(document.querySelector('dialog[open]') || document, how)"
TABS = 10  # pressed in a row; the page itself notes where each leads
SMALLEST = 24  # px, WCAG 2.2, target size (minimum)


async def violations(page: Page, *only: str) -> list[str]:
    """What axe finds: all its rules, target size too, or only some. With an open dialog it looks
    at that: what lies behind is out of reach, and the same as before it opened."""
    options: dict[str, Any] = {"resultTypes": ["violations"], "preload": False}
    if only:
        options["runOnly"] = {"type": "rule", "values": list(only)}
    else:
        options["rules"] = {"target-size": {"enabled": True}}
    found = (await page.evaluate(AXE, options))["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


async def look(page: Page) -> None:
    """Put the questions into the page; once for each page."""
    await page.evaluate(AXE_SCRIPT)
    await page.evaluate(SCRIPT.read_text(encoding="utf-8"))


async def too_small(page: Page) -> list[str]:
    """Controls that a finger misses."""
    found = await page.evaluate("(least) => access.small(least)", SMALLEST)
    return [f"small: {one}" for one in found]


async def too_wide(page: Page) -> list[str]:
    """What makes the page scroll sideways."""
    return [f"wider than the screen: {one}" for one in await page.evaluate("access.wide()")]


async def only_by_hue(page: Page) -> list[str]:
    """States without a shape or without a word."""
    return [f"told by colour alone: {one}" for one in await page.evaluate("access.onlyHue()")]


async def moving(page: Page) -> list[str]:
    """What still moves for those who asked for stillness."""
    return [f"moves: {one}" for one in await page.evaluate("access.moving()")]


async def out_of_reach(page: Page) -> list[str]:
    """Controls that the Tab key does not come to, and places where its focus cannot be seen."""
    left, unseen = await page.evaluate("access.begin()"), []
    for _ in range(2 * left // TABS + 3):  # a field for a date has several places of its own
        for _ in range(TABS):
            await page.keyboard.press("Tab")
        left, unseen = await page.evaluate("access.passed()")
        if not left:
            break
    missed = await page.evaluate("access.left()")
    return [f"focus not seen: {one}" for one in unseen] + [f"not reached: {one}" for one in missed]
