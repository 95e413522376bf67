"""Static files stay with the browser for good, under an address that changes with them."""

import re

import httpx
from fastapi import FastAPI


async def test_every_file_of_a_page_is_kept_for_good(app: FastAPI) -> None:
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://hall.test") as client:
        page = (await client.get("/styleguide")).text
        files = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
        kept = {file: (await client.get(file)).headers["cache-control"] for file in files}
        plain = await client.get("/static/css/base.css")
    assert len(files) > 10
    assert kept == dict.fromkeys(files, "public, max-age=31536000, immutable")
    assert plain.headers["cache-control"] == "no-cache"
