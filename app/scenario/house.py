"""The scenario's own client of the public API: every command with a key, every refusal an error."""

import asyncio
import secrets
from typing import Any

import httpx

TRIES = 20  # of a command that the server could not take just then
PAUSE = 0.5  # seconds between them


class ScenarioError(RuntimeError):
    """The server refused something that the scenario needs."""


class House:
    """One person's or role's way into the API. `client` is bound to /api/v1."""

    def __init__(self, client: httpx.AsyncClient, token: str | None = None) -> None:
        self.client = client
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def as_(self, token: str) -> "House":
        """The same server, seen by somebody else."""
        return House(self.client, token)

    def move(self, address: str) -> str:
        """Speak to the server at another address from now on, everybody who shares the client."""
        self.client.base_url = f"{address}/api/v1"
        return address

    async def get(self, path: str, **params: Any) -> Any:
        return _read(await self.client.get(path, params=params, headers=self.headers))

    async def post(self, path: str, body: Any = None) -> Any:
        return await self._command("POST", path, json=body or {})

    async def upload(self, path: str, name: str, content: bytes) -> Any:
        return await self._command("POST", path, files={"file": (name, content, "text/csv")})

    async def put(self, path: str, body: Any, *, new: bool = False, version: int = 0) -> Any:
        guard = {"If-None-Match": "*"} if new else {"If-Match": str(version)} if version else {}
        return await self._command("PUT", path, json=body, headers=guard)

    async def patch(self, path: str, body: Any, version: int) -> Any:
        return await self._command("PATCH", path, json=body, headers={"If-Match": str(version)})

    async def delete(self, path: str) -> Any:
        return await self._command("DELETE", path)

    async def _command(
        self, verb: str, path: str, headers: dict[str, str] | None = None, **sent: Any
    ) -> Any:
        """Send a command until the server could take it: always under the same key, so that one
        whose commit was in doubt is done once."""
        key = {"Idempotency-Key": secrets.token_hex(16)}
        for _ in range(TRIES):
            answer = await self.client.request(
                verb, path, headers={**self.headers, **key, **(headers or {})}, **sent
            )
            if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                break
            await asyncio.sleep(PAUSE)
        return _read(answer)

    async def all(self, path: str) -> list[Any]:
        """Every item of a list, page after page."""
        found: list[Any] = []
        after: dict[str, Any] = {}
        while True:
            page = await self.get(path, limit=200, **after)
            found += page["items"]
            if page["next"] is None:
                return found
            after = {"after": page["next"]}


def _read(answer: httpx.Response) -> Any:
    if answer.status_code >= 400:
        said = answer.json().get("error", {}) if answer.content else {}
        request = f"{answer.request.method} {answer.request.url.path}"
        raise ScenarioError(f"{request}: {answer.status_code} {said.get('message', answer.text)}")
    if answer.headers.get("content-type", "").startswith("application/json"):
        return answer.json()
    return answer.content
