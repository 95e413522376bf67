"""The server as a process: ready, killed, started again, seen by a browser under a plain name."""

import signal

from playwright.async_api import Page

from tests.support.servers import Server


def test_a_killed_server_comes_back_and_ends_when_asked(server: Server) -> None:
    server.kill()
    server.start()
    server.stop()
    assert server.process is not None
    # uvicorn finishes its requests and then ends by the very signal that asked it to.
    assert server.process.returncode == -signal.SIGTERM


async def test_a_browser_opens_it_as_a_plain_http_page(server: Server, page: Page) -> None:
    await page.goto(server.named_url)
    assert await page.evaluate("window.isSecureContext") is False
