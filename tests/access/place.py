"""A workshop that has one of everything, so that every address leads somewhere."""

import secrets
from dataclasses import dataclass, field
from typing import Any

from tests.support.house import Caller, House

MISSING = "aaaaaaaaaaaaaaaaaaaa"


@dataclass
class Place:
    """A house and the ids by which paths and bodies name what is in it."""

    house: House
    ids: dict[str, str] = field(default_factory=dict)

    async def made(self, name: str, path: str, body: Any, by: Caller | None = None) -> Any:
        caller = by or self.house.owner
        answer = await caller.post(path, body, key=secrets.token_hex(8))
        assert answer.status_code in (200, 201, 202), (path, answer.text)
        self.ids[name] = answer.json().get("id") or answer.json().get("admission")
        return answer.json()

    async def fill(self) -> None:
        at, owner = self.house.at, self.house.owner
        drafting = {"label": "Drafting", "roles": ["participant", "drafting"]}
        self.house.people["drafting"] = await self.made("drafting", f"{at}/participants", drafting)
        self.ids |= {
            "workshop_id": self.house.id,
            "code": self.house.workshop["code"],
            "id_or_code": self.house.id,
            "noun": "people",
            "participant_id": str(self.house.people["participant"]["id"]),
            "chair": str(self.house.people["chair"]["id"]),
        }
        item = {"day": 1, "start": "09:00", "end": "10:00", "title": "All day"}
        await self.made("item_id", f"{at}/agenda", item)
        await self.made("evidence_id", f"{at}/evidence", {"title": "A claim"})
        await self.made("group_id", f"{at}/groups", {"name": "Group A"})
        await self.made("component_id", f"{at}/components", {"text": "A component"})
        await self.made("conclusion_id", f"{at}/conclusions", {"text": "A conclusion"})
        await self.made("note_id", f"{at}/notes", {"text": "A note", "released": True})
        for name, kind in (("area_id", "priority_area"), ("response_id", "response")):
            made = await self.made(name, f"{at}/proposals", {"kind": kind, "text": name})
            path = f"{at}/proposals/{made['id']}/moderation"
            await owner.post(path, {"decision": "accept"})
        self.ids["proposal_id"] = self.ids["area_id"]
        put = await owner.send(
            "PUT", f"{at}/matrix/{self.ids['area_id']}/{self.ids['response_id']}",
            json={"notes": "A row"}, headers={"If-None-Match": "*"},
        )  # fmt: skip
        self.ids |= {"row_id": put.json()["id"], "wording": put.json()["wording_version"]}
        await self._rounds(at, owner)
        await self._agree(at, owner)
        delphi = {"type": "rate", "title": "A Delphi", "settings": {"delphi": {"kind": "rounds"}}}
        await self.made("delphi_id", f"{at}/activities", delphi)
        token = await owner.post(f"{at}/tokens", {"role": "screen"})
        self.ids["token_id"] = token.json()["id"]
        await self.made("export_id", f"{at}/exports", {"format": "csv"})
        await self.made("parked_id", f"{at}/parking", {"text": "For later"})
        lesson = {"tried": "A walk", "result": "Calm", "released": True}
        await self.made("lesson_id", f"{at}/lessons", lesson)
        await self.made("speaker_id", f"{at}/floor", {}, self.house.by("participant"))
        knock = {"code": self.ids["code"], "label": "Somebody"}
        await self.made("admission_id", f"{at}/join", knock, self.house.by("nobody"))

    async def bring_to(self, stage: str) -> None:
        """What is tried on is not open yet, closed, or in a meeting that has ended."""
        if stage == "before":
            path = f"/activities/{self.ids['activity_id']}/rounds"
            await self.made("round_id", path, {})
        if stage == "closed":
            await self.house.owner.post(f"/rounds/{self.ids['round_id']}/close", {})
        if stage == "ended":
            await self.house.owner.post(f"{self.house.at}/end", {})

    async def _rounds(self, at: str, owner: Caller) -> None:
        """One round that is planned, one open with a reason, one closed."""
        body = {"type": "rate", "title": "How important?", "options": ["This", "That"]}
        activity = await self.made("activity_id", f"{at}/activities", body)
        option = self.ids["option"] = activity["options"][0]["id"]
        voter = self.house.by("participant")
        for name in ("closed", "round_id"):
            await self.made(name, f"/activities/{activity['id']}/rounds", {})
            await owner.post(f"/rounds/{self.ids[name]}/open", {})
            ballot = {"body": {"rating": {option: 7}}, "revision": 1, "reasons": {option: "So"}}
            path = f"/rounds/{self.ids[name]}/ballots"
            cast = await voter.post(path, ballot, key=secrets.token_hex(8))
            assert cast.status_code == 200, cast.text
            if name == "closed":
                await owner.post(f"/rounds/{self.ids[name]}/close", {})
        page = await voter.get(f"/w/{self.house.id}/mine/exercise")
        self.ids["reason_id"] = page.text.partition('data-hold="')[2].partition('"')[0]

    async def _agree(self, at: str, owner: Caller) -> None:
        agree = await self.made("agree", f"{at}/activities", {"type": "agree", "title": "Agree"})
        await owner.post(f"/activities/{agree['id']}/stage", {"stage": "reading"})
        flag = {"row": self.ids["row_id"], "flag": "reservation", "text": "But", "named": False}
        await self.made("flag_id", f"{at}/flags", flag, self.house.by("participant"))
