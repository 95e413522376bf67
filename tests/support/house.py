"""The application in this process, spoken to over HTTP without a network."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.cli.client import owner_token
from app.main import create_app
from app.settings import Settings

ADDRESS = "http://hall.test:8000"


@dataclass
class Caller:
    """Somebody with a token (or a cookie, or neither) who calls the API."""

    app: FastAPI
    token: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def client(self) -> httpx.AsyncClient:
        sent = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app),
            base_url=ADDRESS,
            headers={**sent, **self.headers},
        )

    async def send(self, method: str, path: str, **options: Any) -> httpx.Response:
        at = path if path.startswith(("/w/", "/enter", "/api", "/healthz")) else f"/api/v1{path}"
        async with self.client() as client:
            return await client.request(method, at, **options)

    async def get(self, path: str, **options: Any) -> httpx.Response:
        return await self.send("GET", path, **options)

    async def post(self, path: str, body: Any = None, *, key: str = "") -> httpx.Response:
        headers = {"Idempotency-Key": key} if key else {}
        return await self.send("POST", path, json=body, headers=headers)

    async def patch(self, path: str, body: Any, version: int | str | None = None) -> httpx.Response:
        headers = {} if version is None else {"If-Match": str(version)}
        return await self.send("PATCH", path, json=body, headers=headers)

    async def outcome(self, at: str) -> dict[str, Any]:
        """The outcome of a round that was closed, once it is counted, however long that takes: the
        first of its kind may have to load what computes it."""
        while (found := await self.get(f"{at}/outcome")).status_code == 202:
            continue
        assert found.status_code == 200, found.text
        return dict(found.json())

    def as_(self, token: str) -> "Caller":
        return replace(self, token=token)


@dataclass
class House:
    """A server with one workshop and a caller for each role."""

    app: FastAPI
    owner: Caller
    workshop: dict[str, Any]
    people: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return str(self.workshop["id"])

    @property
    def at(self) -> str:
        return f"/workshops/{self.id}"

    def by(self, role: str) -> Caller:
        """A caller with this role; "nobody" has no token."""
        if role == "nobody":
            return self.owner.as_("")
        tokens = {name: person["token"] for name, person in self.people.items()}
        return self.owner.as_({**self.workshop["tokens"], **tokens}[role])


ROLES = ("chair", "rapporteur", "participant", "observer", "interpreter")


@pytest.fixture
async def app(database_url: str, home: object) -> AsyncIterator[FastAPI]:
    """The application on an empty database, started."""
    made = create_app(Settings(database_url=database_url))
    async with made.router.lifespan_context(made):
        yield made


@pytest.fixture
async def owner(app: FastAPI) -> Caller:
    """The server's owner."""
    token, _ = await owner_token(app.state.db)
    return Caller(app, token)


@pytest.fixture
async def house(owner: Caller) -> House:
    """A workshop with one person of each role."""
    return await housed(owner)


async def housed(owner: Caller) -> House:
    """A new workshop with one person of each role."""
    made = await owner.post(
        "/workshops", {"title": "Regional meeting", "time_zone": "Asia/Bangkok"}
    )
    assert made.status_code == 201, made.text
    found = House(owner.app, owner, made.json())
    people = [{"label": role.title(), "roles": [role]} for role in ROLES]
    added = await owner.post(f"{found.at}/participants", people)
    assert added.status_code == 201, added.text
    found.people = {person["roles"][0]: person for person in added.json()}
    return found
