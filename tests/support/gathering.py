"""One workshop on a running server, its people, and the way into its pages."""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import httpx
from playwright.async_api import Browser, Page, expect

from app.scenario.house import House
from tests.support.browsers import let_in
from tests.support.servers import Server

OPTIONS = ("Porous borders", "Corruption and impunity", "Unclear definitions", "Little trust")
AT_ONCE = 250  # people in one request: a hall of thousands in one would outlast its client


@dataclass
class Gathering:
    """A workshop with its facilitator and some participants; `run` speaks as the facilitator."""

    server: Server
    owner: House
    run: House
    workshop: dict[str, Any]
    entries: list[str]
    made: dict[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return str(self.workshop["id"])

    @property
    def at(self) -> str:
        return f"workshops/{self.id}"

    def token(self, who: str) -> str:
        """A token for the owner, a role, or the first participant ("voter")."""
        own = {"owner": self.server.owner_token, "voter": self.entries[0]}
        return str({**self.workshop["tokens"], **own}[who])

    async def activity(self, type_: str, title: str, options: Any = (), **settings: Any) -> str:
        body = {"type": type_, "title": title, "options": list(options), "settings": settings}
        return str((await self.run.post(f"{self.at}/activities", body))["id"])

    async def open(self, activity: str) -> dict[str, Any]:
        return dict(await self.run.post(f"activities/{activity}/open"))

    async def stage(self, activity: str, *stages: str) -> None:
        for stage in stages:
            await self.run.post(f"activities/{activity}/stage", {"stage": stage})

    async def voting(self, type_: str, options: Any = OPTIONS, **settings: Any) -> dict[str, Any]:
        """An activity with an open round; returns the round."""
        return await self.open(await self.activity(type_, "What do you say?", options, **settings))

    async def enter(self, browser: Browser, token: str, page: str, **context: Any) -> Page:
        """A person of their own at a page of the workshop, connected."""
        opened = await (await browser.new_context(**context)).new_page()
        await opened.goto(f"{self.server.named_url}/enter/{token}")
        await let_in(opened, self.run, self.id)
        await opened.goto(f"{self.server.named_url}/w/{self.id}/{page}")
        await expect(opened.locator("#connection")).to_contain_text("Live")
        return opened


@contextlib.asynccontextmanager
async def gathering(server: Server, people: int = 12, **about: Any) -> AsyncIterator[Gathering]:
    """A new workshop with so many experts, spoken to until the block ends."""
    async with httpx.AsyncClient(base_url=f"{server.url}/api/v1", timeout=30) as client:
        owner = House(client, server.owner_token)
        made = await owner.post("workshops", {"title": "A meeting", "kind": "rehearsal", **about})
        experts = [
            {"label": f"Expert {n:02}", "roles": ["participant"], "capacity": "expert"}
            for n in range(people)
        ]
        added: list[dict[str, Any]] = []
        for at in range(0, people, AT_ONCE):
            some = experts[at : at + AT_ONCE]
            added += await owner.post(f"workshops/{made['id']}/participants", some)
        run = owner.as_(made["tokens"]["facilitator"])
        yield Gathering(server, owner, run, made, [one["token"] for one in added])


async def furnish(here: Gathering) -> None:
    """What a meeting has by its second day: an agenda, evidence, a component, a conclusion,
    proposals in every state, and a matrix of two rows."""
    run, at = here.owner, here.at
    item = {"title": "Priorities", "day": 1, "start": "09:00", "end": "10:30"}
    here.made["item"] = await run.post(f"{at}/agenda", {**item, "kind": "vote"})
    planned = {"type": "react", "title": "What do you say?", "options": list(OPTIONS)}
    await run.post(f"{at}/activities", {**planned, "agenda_item": here.made["item"]["id"]})
    evidence = {"title": "Legalising trade lowers prices", "gist": "Two cases.", "source": "2019"}
    here.made["evidence"] = await run.post(f"{at}/evidence", evidence)
    here.made["component"] = await run.post(f"{at}/components", {"text": "Evidence base"})
    await run.post(f"{at}/conclusions", {"text": "The posts are seen again in a year."})
    here.made["areas"] = [await accepted(here, "priority_area", text) for text in OPTIONS[:2]]
    area = here.made["areas"][0]
    here.made["responses"] = [
        await accepted(here, "response", text, area=area["id"], level="national")
        for text in ("Train border posts together", "Share case files")
    ]
    for response in here.made["responses"]:
        path = f"{at}/matrix/{area['id']}/{response['id']}"
        cell = await run.put(path, {"lead_actor": "Ministries of interior"}, new=True)
        here.made.setdefault("cells", []).append(cell)
    for text in ("Corrupt officials", "Officials are corrupt", "No lamps", "No radio at night"):
        await run.post(f"{at}/proposals", {"kind": "priority_area", "text": text})
    chair = {"label": "The chair", "roles": ["chair"]}
    here.made["chair"] = await run.post(f"{at}/participants", chair)


async def accepted(here: Gathering, kind: str, text: str, **more: Any) -> Any:
    """A proposal that everybody sees."""
    made = await here.owner.post(f"{here.at}/proposals", {"kind": kind, "text": text, **more})
    path = f"{here.at}/proposals/{made['id']}/moderation"
    return await here.owner.post(path, {"decision": "accept"})
