"""A vote by every rule there is: set up, answered, counted, shown, and counted again by others."""

import secrets
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from app.activities.vote import EXERCISE
from app.formats import verify
from app.methods import METHODS
from tests.support.house import Caller, House
from tests.support.table import code

OPTIONS = ["Night posts", "Radio sets", "Ranger schools", "Case files"]
NEEDS: dict[str, dict[str, Any]] = {
    "dot_vote": {"params": {"budget": 10, "spend_all": True}, "keep": 2},
    "quadratic": {"params": {"budget": 16, "negative": True}},
    "score": {"scale": {"min": 0, "max": 10}},
    "rating_consensus": {"scale": {"min": 1, "max": 9}},
    "equal_shares": {"params": {"budget": 10, "costs": ["4", "3", "5", "2.5"]}},
    "motion": {"params": {"quorum": "1/2", "basis": "members"}, "threshold": "1/2"},
} | {one: {"keep": 2} for one in ("stv", "seq_pav", "pav", "seq_phragmen", "plurality")}


@dataclass
class Hall:
    """Six voters of two regions who vote on four options."""

    house: House
    voters: list[Caller]
    ids: list[str] = field(default_factory=list)
    activity: str = ""

    async def opened(self, method: str, **settings: Any) -> str:
        """A vote before the room; the path of its round."""
        run = self.house.owner
        chosen = {"method": method, **settings}
        body = {"type": "vote", "title": f"By {method}", "settings": chosen, "options": OPTIONS}
        made = await run.post(f"{self.house.at}/activities", body)
        assert made.status_code == 201, made.text
        self.activity = made.json()["id"]
        self.ids = [one["id"] for one in made.json()["options"]]
        opened = await run.post(f"/activities/{self.activity}/open")
        assert opened.status_code == 201, opened.text
        return f"/rounds/{opened.json()['id']}"

    async def cast(self, at: str, bodies: list[Any]) -> None:
        for voter, body in zip(self.voters, bodies, strict=False):
            sent = {"body": body, "revision": 1}
            cast = await voter.post(f"{at}/ballots", sent, key=secrets.token_hex(8))
            assert cast.status_code == 200, cast.text

    async def closed(self, at: str) -> dict[str, Any]:
        """The outcome, published to everybody and on the big screen."""
        run = self.house.owner
        assert (await run.post(f"{at}/close")).status_code == 200
        while (counted := await run.get(f"{at}/outcome")).status_code == 202:
            continue
        await run.post(f"{at}/publish", {"to": ["participants", "screen"]})
        return dict(counted.json())

    async def page(self, name: str, by: Caller | None = None) -> str:
        shown = await (by or self.house.owner).get(f"/w/{self.house.id}/{name}")
        assert shown.status_code == 200, shown.text
        return shown.text

    def body(self, shape: str, n: int) -> Any:
        """A ballot of a shape, another one for each voter."""
        a, b, c, d = (self.ids[(n + k) % 4 if n > 3 else k] for k in range(4))
        return {
            "choice": {"choice": [a]},
            "approval": {"approval": [a, b] if n % 2 else [a, c]},
            "motion": {"motion": ("yes", "yes", "no", "abstain")[n % 4]},
            "allocation": {"allocation": {a: 3, b: 1} if n < 4 else {a: 2, c: 2}},
            "rating": {"rating": {a: 5, b: 4, c: n % 3 + 1, d: None}},
            "ranking": {"ranking": [[a], [b, c]] if n % 2 else [[b], [a], [d]]},
        }[shape]


@pytest.fixture
async def hall(house: House) -> Hall:
    people = [
        {"label": f"Expert {n}", "roles": ["participant"], "region": "West" if n < 5 else "East"}
        for n in range(6)
    ]
    added = (await house.owner.post(f"{house.at}/participants", people)).json()
    return Hall(house, [house.owner.as_(one["token"]) for one in added])


async def test_every_rule_is_held_shown_and_counted_again(hall: Hall, tmp_path: Path) -> None:
    for method in EXERCISE.methods:
        began = time.perf_counter()
        at = await hall.opened(method, **NEEDS.get(method, {}))
        form = await hall.page("mine/exercise", hall.voters[0])
        shape = METHODS[method].shape
        assert f'data-shape="{shape}"' in form
        bodies = [hall.body(shape, n) for n in range(6)]
        if method == "dot_vote":
            bodies = [{"allocation": {hall.ids[n % 4]: 10}} for n in range(6)]
        await hall.cast(at, bodies)
        outcome = await hall.closed(at)
        assert outcome["method"] == method
        for page in ("control", "room", "screen"):
            await hall.page(page)
        await hall.page("mine/exercise", hall.voters[0])
        print(method, outcome["decided"], outcome["winners"], time.perf_counter() - began)
    bundle = await hall.house.owner.get(f"{hall.house.at}/export?format=bundle")
    (tmp_path / "bundle.zip").write_bytes(bundle.content)
    faults, told = verify.verify(str(tmp_path / "bundle.zip"))
    assert faults == []
    print(told)
