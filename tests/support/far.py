"""A house on a server process: its callers speak to it over the network."""

from dataclasses import dataclass

import httpx
from fastapi import FastAPI

from tests.support.house import Caller, House, housed
from tests.support.servers import Server


@dataclass
class Far(Caller):
    """Somebody who calls a server process."""

    server: Server | None = None

    def client(self) -> httpx.AsyncClient:
        assert self.server
        sent = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return httpx.AsyncClient(base_url=self.server.url, headers=sent, timeout=60)


async def far_house(server: Server) -> House:
    """A new workshop on this server, with one person of each role."""
    return await housed(Far(FastAPI(), server.owner_token, server=server))
