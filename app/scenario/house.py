"""The scenario's own client of the public API: every command with a key, every refusal an error."""

import secrets
from typing import Any

import httpx


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

    async def get(self, path: str, **params: Any) -> Any:
        return _read(await self.client.get(path, params=params, headers=self.headers))

    async def post(self, path: str, body: Any = None) -> Any:
        headers = {**self.headers, "Idempotency-Key": secrets.token_hex(16)}
        return _read(await self.client.post(path, json=body or {}, headers=headers))

    async def upload(self, path: str, name: str, content: bytes) -> Any:
        headers = {**self.headers, "Idempotency-Key": secrets.token_hex(16)}
        files = {"file": (name, content, "text/csv")}
        return _read(await self.client.post(path, files=files, headers=headers))

    async def put(self, path: str, body: Any, *, new: bool = False, version: int = 0) -> Any:
        guard = {"If-None-Match": "*"} if new else {"If-Match": str(version)} if version else {}
        headers = {**self.headers, "Idempotency-Key": secrets.token_hex(16), **guard}
        return _read(await self.client.put(path, json=body, headers=headers))

    async def patch(self, path: str, body: Any, version: int) -> Any:
        headers = {**self.headers, "If-Match": str(version)}
        return _read(await self.client.patch(path, json=body, headers=headers))

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
