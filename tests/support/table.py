"""A workshop with accepted areas and responses, spoken to over the API by each role."""

from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from tests.support.house import Caller, House


@dataclass
class Drafting:
    """A house with a matrix in the making: areas A and B, responses X and Y."""

    house: House
    areas: list[str] = field(default_factory=list)
    responses: list[str] = field(default_factory=list)

    @property
    def at(self) -> str:
        return self.house.at

    @property
    def chair(self) -> str:
        return str(self.house.people["chair"]["id"])

    def by(self, role: str) -> Caller:
        return self.house.owner if role == "owner" else self.house.by(role)

    async def propose(self, kind: str, text: str, role: str = "owner", **more: Any) -> Any:
        """A proposal entered and accepted; returns its data."""
        made = await self.by(role).post(
            f"{self.at}/proposals", {"kind": kind, "text": text, **more}
        )
        assert made.status_code == 201, made.text
        path = f"{self.at}/proposals/{made.json()['id']}/moderation"
        return (await self.house.owner.post(path, {"decision": "accept"})).json()

    async def put(
        self,
        area: str,
        response: str,
        body: dict[str, Any],
        *,
        version: int | None = None,
        role: str = "rapporteur",
    ) -> httpx.Response:
        """Write a cell: a new one without a version, else the one that was edited."""
        headers = {"If-None-Match": "*"} if version is None else {"If-Match": str(version)}
        path = f"{self.at}/matrix/{area}/{response}"
        return await self.by(role).send("PUT", path, json=body, headers=headers)

    async def cell(self, area: int = 0, response: int = 0, **body: Any) -> dict[str, Any]:
        """A new cell of the matrix."""
        made = await self.put(self.areas[area], self.responses[response], body)
        assert made.status_code == 201, made.text
        return dict(made.json())

    async def row(self, row_id: str, role: str = "owner") -> dict[str, Any]:
        """One row as this role reads it."""
        whole = (await self.by(role).get(f"{self.at}/matrix")).json()
        rows = [cell for area in whole["areas"] for cell in area["cells"]]
        return next(row for row in [*rows, *whole["components"]] if row["id"] == row_id)

    async def flag(self, row: str, flag: str, role: str = "participant", **more: Any) -> Any:
        """A flag on a row; returns its data."""
        body = {"row": row, "flag": flag, **more}
        made = await self.by(role).post(f"{self.at}/flags", body)
        assert made.status_code == 201, made.text
        return made.json()

    async def decide(
        self, ruling: str, *rows: dict[str, Any], role: str = "facilitator", **more: Any
    ) -> httpx.Response:
        """The chair's ruling on rows as they were read."""
        body = {
            "rows": [row["id"] for row in rows],
            "wording_versions": [row["wording_version"] for row in rows],
            "ruling": ruling,
            "ruled_by": self.chair,
            **more,
        }
        return await self.by(role).post(f"{self.at}/decisions", body)


@pytest.fixture
async def drafting(house: House) -> Drafting:
    """Two areas and two responses, accepted; no cell yet."""
    made = Drafting(house)
    made.areas = [
        (await made.propose("priority_area", text))["id"]
        for text in ("Porous borders", "Little trust")
    ]
    made.responses = [
        (await made.propose("response", text, area=made.areas[0], level="national"))["id"]
        for text in ("Train border posts together", "Share case files")
    ]
    return made


def code(answer: httpx.Response) -> tuple[int, str]:
    """Status and error code of a refusal."""
    return answer.status_code, answer.json()["error"]["code"]
