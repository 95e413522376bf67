"""A panel's rounds through a running server: a websocket for each expert, the groups in between."""

import asyncio
from collections.abc import Mapping
from typing import Any

import httpx

from app.scenario.house import House, ScenarioError
from app.scenario.panels.answers import Answers, Rows
from app.scenario.panels.kind import Kind, Played
from app.scenario.voices import Spoken

WORKSHOP = {"title": "Replayed panel", "kind": "rehearsal", "attribution": "none"}


async def play(url: str, owner_token: str, answers: Answers, kind: Kind) -> dict[str, Any]:
    """Play all rounds; after each but the last its result is published and talked over in the
    groups, which see their own figures. Raises ScenarioError where the server refuses something."""
    async with httpx.AsyncClient(base_url=f"{url}/api/v1", timeout=120) as client:
        panel = Panel(House(client, owner_token), answers, kind)
        await panel.lay_out(url.replace("http", "ws", 1))
        try:
            rounds = []
            for place, name in enumerate(answers.rounds, start=1):
                rounds.append(await panel.round(place, name))
                if place < len(answers.rounds):
                    rounds[-1]["groups"] = await panel.in_groups(name)
            return {"rounds": rounds, **await kind.afterwards(panel.played)}
        finally:
            await asyncio.gather(*(voice.leave() for voice in panel.voices.values()))


class Panel:
    """The meeting on the server: its people in their groups, and the one exercise."""

    def __init__(self, owner: House, answers: Answers, kind: Kind) -> None:
        self.owner, self.answers, self.kind = owner, answers, kind
        self.run, self.path, self.activity = owner, "", ""
        self.options: dict[str, str] = {}
        self.entries: dict[str, str] = {}
        self.voices: dict[str, Spoken] = {}
        self.leads: dict[str, str] = {}
        self.rounds: list[str] = []

    @property
    def played(self) -> Played:
        return Played(self.run, self.activity, self.options, tuple(self.rounds), self.answers)

    async def lay_out(self, sockets: str) -> None:
        """The workshop, its experts in their groups, the exercise with every item; all come in."""
        workshop = await self.owner.post("workshops", WORKSHOP)
        self.path = f"workshops/{workshop['id']}"
        self.run = self.owner.as_(workshop["tokens"]["facilitator"])
        names = sorted({group for group in self.answers.groups.values() if group})
        groups = await self.run.post(f"{self.path}/groups", [{"name": name} for name in names])
        await self._people(groups)
        body = {**self.kind.activity, "options": [f"Claim {one}" for one in self.answers.items]}
        made = await self.run.post(f"{self.path}/activities", body)
        self.activity = made["id"]
        ids = [option["id"] for option in made["options"]]
        self.options = dict(zip(self.answers.items, ids, strict=True))
        address = f"{sockets}/ws/{self.path}"
        self.voices = {who: Spoken(address, token) for who, token in self.entries.items()}
        await asyncio.gather(*(voice.arrive() for voice in self.voices.values()))

    async def _people(self, groups: list[Any]) -> None:
        people = [
            {"label": f"Expert {who}", "own_key": who, "capacity": "expert", "group": group}
            for who, group in self.answers.groups.items()
        ]
        made = await self.run.post(f"{self.path}/participants", people)
        self.entries = {one["own_key"]: one["token"] for one in made}
        for group in groups:
            first = next(one for one in made if one["group"] == group["name"])
            self.leads[group["id"]] = first["own_key"]
            path = f"{self.path}/groups/{group['id']}"
            await self.run.patch(path, {"lead": first["id"]}, group["version"])

    async def round(self, place: int, name: str) -> dict[str, Any]:
        """One round of the whole panel, with the reasons given in it."""
        round_id = await self._open(self.run, self.activity)
        self.rounds.append(round_id)
        await self._cast(round_id, self.answers.rounds[name], name)
        outcome = await self._close(self.run, round_id)
        return {"n": place, "items": self._by_item(outcome)}

    async def in_groups(self, name: str) -> dict[str, Any]:
        """Between two rounds: every group puts its own answers side by side under its lead, sees
        its figures, and all groups' stand on the big screen; then all come back."""
        await self.run.post(f"activities/{self.activity}/stage", {"stage": "discussing"})
        given = await self.run.post(f"activities/{self.activity}/groups", {"areas": {}})
        names = {one["id"]: one["name"] for one in await self.run.all(f"{self.path}/groups")}
        found = await asyncio.gather(*(self._group(one, names, name) for one in given))
        side_by_side = {"show": "groups", "activity": self.activity}
        await self.run.put(f"{self.path}/screen", side_by_side)
        await self.run.post(f"{self.path}/groups/call-back")
        return dict(found)

    async def _group(self, own: Any, names: Mapping[str, str], name: str) -> tuple[str, Any]:
        lead = self.owner.as_(self.entries[self.leads[own["group"]]])
        group = names[own["group"]]
        answers = self.answers.rounds[name]
        members = {who: answers[who] for who in answers if self.answers.groups[who] == group}
        round_id = await self._open(lead, own["id"])
        await self._cast(round_id, members)
        return group, self._by_item(await self._close(lead, round_id))

    async def _open(self, by: House, activity: str) -> str:
        return str((await by.post(f"activities/{activity}/open"))["id"])

    async def _cast(self, round_id: str, rows: Rows, name: str = "") -> None:
        await asyncio.gather(
            *(
                self.voices[who].cast(
                    round_id,
                    self.kind.body({self.options[item]: given[item] for item in given}),
                    reasons={
                        self.options[item]: words
                        for item, words in self.answers.said(name, who).items()
                    },
                )
                for who, given in rows.items()
            )
        )

    async def _close(self, by: House, round_id: str) -> dict[str, Any]:
        """Close, wait for the count, publish; the outcome."""
        await by.post(f"rounds/{round_id}/close", {"countdown": 0})
        for _ in range(600):
            outcome = await self.run.get(f"rounds/{round_id}/outcome")
            if outcome.get("status") != "counting":
                await by.post(f"rounds/{round_id}/publish", {"to": ["participants", "screen"]})
                return dict(outcome)
            await asyncio.sleep(0.1)
        raise ScenarioError("The outcome was not counted within a minute.")

    def _by_item(self, outcome: dict[str, Any]) -> dict[str, Any]:
        figures = self.kind.figures(outcome)
        return {item: figures[option] for item, option in self.options.items()}
