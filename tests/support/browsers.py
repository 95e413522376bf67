"""A real Chromium. Every page watches itself: an error or a blocked script fails its test."""

import os
from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Browser, ConsoleMessage, Page, async_playwright

from tests.support import chromium

# Host names under .test lead to this machine, so that pages are seen as a plain-HTTP hall sees
# them: not a secure context.
ARGUMENTS = ["--host-resolver-rules=MAP *.test 127.0.0.1", "--disable-gpu"]
WATCHED = ("Content Security Policy", "Uncaught", "SyntaxError", "TypeError", "ReferenceError")


def launch_options() -> dict[str, Any]:
    """How the tests' Chromium is started."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {"executable_path": chromium.path(), "args": [*ARGUMENTS, *sandbox]}


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """One browser; `await browser.new_context()` makes a person of their own."""
    if not chromium.path():
        pytest.skip(chromium.MISSING)
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(**launch_options())
        yield opened
        await opened.close()


@pytest.fixture
async def page(browser: Browser) -> AsyncIterator[Page]:
    """A page in a fresh context; at the end nothing may have gone wrong in its scripts."""
    context = await browser.new_context()
    opened = await context.new_page()
    complaints = watch(opened)
    yield opened
    await context.close()
    assert complaints == []


def watch(page: Page) -> list[str]:
    """Collect what goes wrong in a page's scripts from now on, for a test to compare with []."""
    complaints: list[str] = []

    def said(message: ConsoleMessage) -> None:
        if message.type == "error" and any(word in message.text for word in WATCHED):
            complaints.append(message.text)

    page.on("console", said)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


async def let_in(page: Page, run: Any, workshop: str) -> None:
    """Where a page waits because its link is open on another device, the facilitator (`run`) lets
    it in."""
    if "/waiting/" in page.url:
        admission = page.url.rpartition("/")[2].partition("?")[0]
        await run.post(f"workshops/{workshop}/admissions/{admission}", {"admit": True})
        await page.goto(page.url)
