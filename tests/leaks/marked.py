"""A workshop in which every person, State and region bears a mark, and so does every contribution:
proposals, ballots, reasons, flags, edits. Whatever the server says can be searched for the two."""

import secrets
from dataclasses import dataclass, field
from typing import Any

from tests.support.house import Caller, House

PEOPLE = ("S1", "S2", "X1")
CROWD = ("V1", "V2")  # voters without a mark: a secret round needs five


def labels(who: str) -> dict[str, str]:
    """What one person can be told by: their own label, their State's, their region's."""
    return {
        "person": f"Zqperson-{who}",
        "delegation": f"Zqstate-{who}",
        "region": f"Zqregion-{who}",
    }


@dataclass
class Marked:
    """The workshop, its contributors, and the marks of what they contributed."""

    house: House
    rule: str
    tokens: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    contributions: set[str] = field(default_factory=set)
    unsigned: set[str] = field(default_factory=set)
    never: set[str] = field(default_factory=set)
    known: dict[str, list[str]] = field(default_factory=dict)

    @property
    def at(self) -> str:
        return self.house.at

    def by(self, who: str) -> Caller:
        return self.house.owner.as_(self.tokens[who])

    def mark(self, *, unsigned: bool = False) -> str:
        """A text nobody else writes. An unsigned one is never to stand beside any label, whatever
        the workshop's rule: a confidential round's reason, a flag not named."""
        text = f"Contribution-{secrets.token_hex(4)}"
        (self.unsigned if unsigned else self.contributions).add(text)
        return text

    async def post(self, who: Caller, path: str, body: Any, **headers: str) -> Any:
        async with who.client() as client:
            answer = await client.post(
                f"/api/v1{path}",
                json=body,
                headers={"Idempotency-Key": secrets.token_hex(8), **headers},
            )
        assert answer.status_code in (200, 201), (path, body, answer.text)
        return answer.json()

    def remember(self, name: str, object_id: str) -> str:
        """An id that paths ask for."""
        self.known.setdefault(name, []).append(object_id)
        return object_id

    # -- how the meeting goes ----------------------------------------------------------------------

    async def people(self) -> None:
        for who in PEOPLE:
            found = labels(who)
            state = who.startswith("S")
            body = {
                "label": found["person"],
                "capacity": "state_representative" if state else "expert",
                "roles": ["participant", "drafting"] if who == "S2" else ["participant"],
                "region": [found["region"]],
                **({"delegation": found["delegation"]} if state else {}),
            }
            made = await self.post(self.house.owner, f"{self.at}/participants", body)
            self.tokens[who], self.ids[who] = made["token"], made["id"]
        for who in CROWD:
            voter = {"label": who, "capacity": "expert", "roles": ["participant"]}
            made = await self.post(self.house.owner, f"{self.at}/participants", voter)
            self.tokens[who] = made["token"]

    async def activity(self, kind: str, **more: Any) -> str:
        body = {"type": kind, "title": f"To {kind}", **more}
        made = await self.post(self.house.owner, f"{self.at}/activities", body)
        return self.remember("activity_id", made["id"])

    async def stage(self, activity: str, stage: str) -> None:
        await self.post(self.house.owner, f"/activities/{activity}/stage", {"stage": stage})

    async def propose(self, who: str, kind: str, activity: str, **more: Any) -> str:
        text = self.mark()
        body = {"kind": kind, "text": text, "activity": activity, **more}
        made = await self.post(self.by(who), f"{self.at}/proposals", body)
        self.contributions.add(made["id"])
        return str(made["id"])

    async def accept(self, proposal: str) -> None:
        path = f"{self.at}/proposals/{proposal}/moderation"
        await self.post(self.house.owner, path, {"decision": "accept"})

    async def vote(self, kind: str, options: list[Any], bodies: Any, **settings: Any) -> str:
        """One round: opened, voted by everybody with a marked reason, closed and published."""
        activity = await self.activity(kind, options=options, settings=settings)
        made = await self.post(self.house.owner, f"/activities/{activity}/rounds", {})
        round_id = self.remember("round_id", made["id"])
        await self.post(self.house.owner, f"/rounds/{round_id}/open", {})
        listed = (await self.house.owner.get(f"/activities/{activity}")).json()["options"]
        ids = [option["id"] for option in listed]
        for who in PEOPLE:
            reason = self.mark(unsigned=True)
            body = {"body": bodies(ids), "revision": 1, "reasons": {ids[0]: reason}}
            await self.post(self.by(who), f"/rounds/{round_id}/ballots", body)
        await self.post(self.house.owner, f"/rounds/{round_id}/close", {})
        to = {"to": ["participants", "screen", "certainty"]}
        await self.post(self.house.owner, f"/rounds/{round_id}/publish", to)
        await self.stage(activity, "discussing" if kind != "agree" else "deciding")
        return activity

    async def vote_secretly(self, options: list[Any]) -> None:
        """A secret round. What the voters' browsers drew for it may stand nowhere at all."""
        settings = {"secrecy": "secret"}
        activity = await self.activity("rate", options=options, settings=settings)
        made = await self.post(self.house.owner, f"/activities/{activity}/rounds", {})
        round_id = self.remember("round_id", made["id"])
        opened = await self.post(self.house.owner, f"/rounds/{round_id}/open", {})
        ids = [option["id"] for option in opened["options"]]
        for n, who in enumerate((*PEOPLE, *CROWD)):
            key, own = secrets.token_hex(16), secrets.token_hex(16)
            self.never |= {key, own}
            body = {"body": {"rating": dict.fromkeys(ids, n + 1)}, "revision": 1}
            sent = {**body, "ballot_key": own}
            path = f"/rounds/{round_id}/ballots"
            said = await self.post(self.by(who), path, sent, **{"Idempotency-Key": key})
            assert (said["number"], said["revision"], said["recorded_at"]) == (None, None, None)
        await self.post(self.house.owner, f"/rounds/{round_id}/close", {})
        to = {"to": ["participants", "screen", "certainty"]}
        await self.post(self.house.owner, f"/rounds/{round_id}/publish", to)

    async def put(self, area: str, response: str, version: int | None, **body: str) -> Any:
        """An edit of the matrix by a State's drafting member."""
        headers = {"If-None-Match": "*"} if version is None else {"If-Match": str(version)}
        path = f"{self.at}/matrix/{area}/{response}"
        answer = await self.by("S2").send("PUT", path, json=body, headers=headers)
        assert answer.status_code in (200, 201), answer.text
        return answer.json()

    async def flag(self, who: str, row: str, flag: str) -> None:
        body = {"row": row, "flag": flag, "text": self.mark(unsigned=True)}
        if flag == "another_wording":
            body["wording"] = self.mark(unsigned=True)
        made = await self.post(self.by(who), f"{self.at}/flags", body)
        self.unsigned.add(made["id"])


async def meet(marked: Marked) -> None:
    """The whole meeting, once through every kind of contribution."""
    await marked.people()
    item = await marked.post(
        marked.house.owner,
        f"{marked.at}/agenda",
        {"day": 1, "start": "09:00", "end": "12:00", "title": "All day"},
    )
    marked.remember("item_id", item["id"])
    areas, responses = await _propose(marked)
    await _vote(marked, areas, responses)
    await _draft_and_agree(marked, areas, responses)


async def _propose(marked: Marked) -> tuple[list[str], list[str]]:
    writing = await marked.activity("propose", settings={"kind": "priority_area"})
    await marked.stage(writing, "writing")
    areas = [await marked.propose(who, "priority_area", writing) for who in PEOPLE]
    await marked.stage(writing, "revealed")
    reworded = await marked.by("S1").patch(
        f"{marked.at}/proposals/{areas[0]}", {"text": marked.mark()}, 1
    )
    assert reworded.status_code == 200, reworded.text
    back = f"{marked.at}/proposals/{areas[2]}/moderation"
    await marked.post(marked.house.owner, back, {"decision": "return", "reason": marked.mark()})
    for area in areas[:2]:
        await marked.accept(area)
    asking = await marked.activity("propose", settings={"kind": "response", "shown": "delegation"})
    await marked.stage(asking, "revealed")
    responses = [await marked.propose(who, "response", asking, area=areas[0]) for who in PEOPLE]
    merged = await marked.post(
        marked.house.owner,
        f"{marked.at}/proposals/merge",
        {"proposals": responses[1:], "text": marked.mark()},
    )
    misread = f"{marked.at}/proposals/{responses[1]}/not-meant"
    await marked.post(marked.by("S2"), misread, {"text": marked.mark()})
    await marked.accept(responses[0])
    await marked.stage(asking, "done")
    await marked.propose("X1", "response", asking)
    return areas[:2], [responses[0], merged["id"]]


async def _vote(marked: Marked, areas: list[str], responses: list[str]) -> None:
    item = await marked.post(marked.house.owner, f"{marked.at}/evidence", {"title": "A claim"})
    marked.remember("evidence_id", item["id"])
    up = [{"proposal": area} for area in areas]
    for secrecy in ("named", "delegation", "confidential"):
        await marked.vote(
            "rate", up, lambda ids: {"rating": dict.fromkeys(ids, 7)}, secrecy=secrecy
        )
    await marked.vote_secretly(up)
    rules = {"kind": "rounds", "most_rounds": 3, "stable_at": 15, "settled": "leave"}
    marked.remember(
        "delphi_id",
        await marked.vote(
            "rate", up, lambda ids: {"rating": dict.fromkeys(ids, 6)},
            secrecy="confidential", delphi=rules,
            params={"agree_from": 7, "disagree_to": 3, "iqr_max": 3},
        ),
    )  # fmt: skip
    await marked.vote(
        "evidence",
        [{"evidence": item["id"]}],
        lambda ids: {"judgement": {ids[0]: {"holds": "yes", "strength": "strong"}}},
    )
    await marked.vote("react", ["So it is"], lambda ids: {"react": {ids[0]: "agree"}})
    await marked.vote("rank", up, lambda ids: {"ranking": [[one] for one in ids]})
    chosen = [{"proposal": one} for one in responses]
    await marked.vote("choose", chosen, lambda ids: {"approval": ids})


async def _draft_and_agree(marked: Marked, areas: list[str], responses: list[str]) -> None:
    owner = marked.house.owner
    component = await marked.post(
        marked.by("S2"), f"{marked.at}/components", {"text": marked.mark()}
    )
    marked.remember("component_id", component["id"])
    conclusion = await marked.post(
        marked.by("S2"), f"{marked.at}/conclusions", {"text": marked.mark()}
    )
    marked.remember("conclusion_id", conclusion["id"])
    note = await marked.post(
        marked.by("S2"), f"{marked.at}/notes", {"text": marked.mark(), "released": True}
    )
    marked.remember("note_id", note["id"])
    lesson = await marked.post(
        marked.by("S1"), f"{marked.at}/lessons", {"tried": marked.mark(), "result": marked.mark()}
    )
    marked.remember("lesson_id", lesson["id"])
    released = f"{marked.at}/lessons/{lesson['id']}"
    await owner.patch(released, {"released": True}, lesson["version"])
    group = await marked.post(owner, f"{marked.at}/groups", {"name": "Group A"})
    marked.remember("group_id", group["id"])
    rows = [
        await marked.put(areas[0], one, None, notes=marked.mark(), resources=marked.mark())
        for one in responses
    ]
    rows[1] = await marked.put(areas[0], responses[1], rows[1]["version"], text=marked.mark())
    for row in rows:
        marked.remember("row_id", row["id"])
    marked.remember("area_id", areas[0])
    marked.remember("response_id", responses[0])
    agree = await marked.activity("agree")
    await marked.stage(agree, "reading")
    await marked.flag("S1", rows[0]["id"], "reservation")
    await marked.flag("X1", rows[0]["id"], "stand_aside")
    await marked.flag("S2", rows[1]["id"], "objection")
    await marked.flag("X1", rows[1]["id"], "another_wording")
    chair = marked.house.people["chair"]["id"]
    for row, ruling in zip(rows, ("with_reservations", "not_agreed"), strict=True):
        await marked.post(
            owner,
            f"{marked.at}/decisions",
            {
                "rows": [row["id"]],
                "wording_versions": [row["wording_version"]],
                "ruling": ruling,
                "ruled_by": chair,
            },
        )
    await marked.post(owner, f"/activities/{agree}/put", {"row": rows[1]["id"]})
