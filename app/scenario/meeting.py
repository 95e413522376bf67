"""Laying out the Bangkok meeting: workshop, people, agenda, evidence, components, activities."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from app.scenario import files
from app.scenario.house import House

WORKSHOP = {
    "title": "Expert meeting on the organized crime and terrorism nexus",
    "starts_on": "2016-05-11",
    "ends_on": "2016-05-13",
    "place": "Bangkok",
    "time_zone": "Asia/Bangkok",
    "languages": ["en"],
    "attribution": "none",
    "kind": "demonstration",
}
DRAFTERS = ("S01", "S05")
CHAIR = "O2"

# When an area is settled (as expected.json has it), and when no further round is opened: two votes
# on all the areas, as the agenda has them.
CONSENSUS = {"agree_from": 7, "disagree_to": 3, "iqr_max": 3}
STOPPING = {"kind": "rounds", "most_rounds": 2, "settled": "stay"}

# (name, place in the agenda, type, question, settings)
ACTIVITIES: tuple[tuple[str, int, str, str, dict[str, Any]], ...] = (
    ("evidence", 2, "evidence", "Does it hold in your region, and how strong is the evidence?",
     {"secrecy": "confidential"}),
    ("propose", 6, "propose", "Which priority areas of concern do you see?",
     {"kind": "priority_area", "shown": "anonymous"}),
    ("cluster", 7, "cluster", "Merge duplicates, agree wording", {}),
    ("rate", 8, "rate", "How important is it that this meeting’s programme answers each area?",
     {"secrecy": "confidential", "apart": True, "params": CONSENSUS, "delphi": STOPPING}),
    ("rank", 10, "rank", "Which areas come first, if the programme must start small?",
     {"secrecy": "confidential"}),
    ("respond", 11, "propose", "Which responses should the programme offer?",
     {"kind": "response", "shown": "anonymous"}),
    ("choose", 12, "choose", "Which responses should be kept for each area?",
     {"secrecy": "confidential", "threshold": "1/3"}),
    ("matrix", 13, "matrix", "Write the matrix rows", {}),
    ("agree", 14, "agree", "Read the draft matrix row by row", {}),
)  # fmt: skip


@dataclass
class Meeting:
    """The meeting as it stands on the server: ids by the scenario's own keys."""

    owner: House
    id: str = ""
    code: str = ""
    tokens: dict[str, str] = field(default_factory=dict)
    facilitator: House | None = None
    people: dict[str, str] = field(default_factory=dict)
    entries: dict[str, str] = field(default_factory=dict)
    items: list[str] = field(default_factory=list)
    evidence: dict[str, str] = field(default_factory=dict)
    components: dict[str, str] = field(default_factory=dict)
    activities: dict[str, str] = field(default_factory=dict)
    areas: dict[str, str] = field(default_factory=dict)
    responses: dict[str, str] = field(default_factory=dict)
    minutes: list[str] = field(default_factory=list)

    @property
    def run(self) -> House:
        """The facilitator's own way in."""
        assert self.facilitator is not None
        return self.facilitator

    @property
    def path(self) -> str:
        return f"workshops/{self.id}"

    def minute(self, sentence: str) -> None:
        """Put down what the played meeting just went through."""
        self.minutes.append(sentence)


async def lay_out(owner: House, late: Collection[str] = ()) -> Meeting:
    """Create the workshop and everything that is there before the first morning; who comes `late`
    is not on the list yet."""
    meeting = Meeting(owner)
    made = await owner.post("workshops", WORKSHOP)
    meeting.id, meeting.code, meeting.tokens = made["id"], made["code"], made["tokens"]
    meeting.facilitator = owner.as_(made["tokens"]["facilitator"])
    await meeting.run.patch(meeting.path, {"proxies": "any"}, made["version"])
    await _people(meeting, late)
    await _agenda_and_evidence(meeting)
    for row in files.rows("components"):
        wording = {"text": row["title"], "gist": row["gist"], "source": row["source"]}
        component = await meeting.run.post(f"{meeting.path}/components", wording)
        meeting.components[row["id"]] = component["id"]
    for name, item, kind, question, settings in ACTIVITIES:
        body: dict[str, Any] = {
            "type": kind,
            "title": question,
            "settings": settings,
            "agenda_item": meeting.items[item],
        }
        if kind == "evidence":
            body["options"] = [{"evidence": one} for one in meeting.evidence.values()]
        activity = await meeting.run.post(f"{meeting.path}/activities", body)
        meeting.activities[name] = activity["id"]
    return meeting


async def _people(meeting: Meeting, late: Collection[str]) -> None:
    """The 36 people from the organiser's own file; then who chairs and who drafts."""
    run = meeting.run
    listed_people = files.data("participants", without=late)
    await run.upload(f"{meeting.path}/import/people", "participants.csv", listed_people)
    listed = {one["own_key"]: one for one in await run.all(f"{meeting.path}/participants")}
    meeting.people = {own_key: one["id"] for own_key, one in listed.items()}
    for who, more in ((CHAIR, "chair"), *((one, "drafting") for one in DRAFTERS)):
        roles = [*listed[who]["roles"], more]
        path = f"{meeting.path}/participants/{meeting.people[who]}"
        await run.patch(path, {"roles": roles}, listed[who]["version"])
    links = await run.post(
        f"{meeting.path}/tokens", [{"participant": one} for one in meeting.people.values()]
    )
    by_id = {link["participant_id"]: link["token"] for link in links}
    meeting.entries = {who: by_id[one] for who, one in meeting.people.items()}


async def _agenda_and_evidence(meeting: Meeting) -> None:
    run = meeting.run
    for noun in ("agenda", "evidence"):
        await run.upload(f"{meeting.path}/import/{noun}", f"{noun}.csv", files.data(noun))
    items = await run.all(f"{meeting.path}/agenda")
    items.sort(key=lambda item: (item["day"], item["start"]))
    meeting.items = [item["id"] for item in items]
    evidence = await run.all(f"{meeting.path}/evidence")
    meeting.evidence = {item["own_key"]: item["id"] for item in evidence}
