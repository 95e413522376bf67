"""What a real meeting has beside its exercises: a late plane, a dead laptop, somebody who leaves,
an observer at the door, an author who was misread, a day that runs late."""

from collections.abc import Mapping
from typing import Any

from app.scenario import days, files
from app.scenario.house import House, ScenarioError
from app.scenario.meeting import Meeting
from app.scenario.voices import Voice

LATE = "S15"
DEAD_LAPTOP = "S09"
LEAVER = "E13"
PROXY = "E14"
OBSERVER = "B1"
MISREAD = {
    "author": "E05",
    "text": "more research!",
    "area": "PA01",
    "meant": "I asked for studies where none were made, not for more of the same.",
    "context": "Whole regions have not been studied at all.",
    "answer": "The area’s regional context now says so; its wording stands.",
}
MINUTES_LATE = 20


async def arrive_late(meeting: Meeting, round_id: str) -> None:
    """A State whose plane was late is put on the list, and into the register of the round that is
    open."""
    row = next(row for row in files.rows("participants") if row["id"] == LATE)
    person = {
        "own_key": LATE,
        "label": row["label"],
        "roles": [row["role"]],
        "region": row["region"],
        "institution_type": row["institution_type"],
    }
    added = await meeting.run.post(f"{meeting.path}/participants", person)
    meeting.people[LATE], meeting.entries[LATE] = added["id"], added["token"]
    await meeting.run.post(f"rounds/{round_id}/voters", {"participant": added["id"]})
    meeting.minute(
        f"Day 1: {LATE} lands late and is admitted to the open round, which isn't secret."
    )


class SentFor:
    """The voice of somebody whose ballot another sends: the facilitator, or a proxy."""

    def __init__(self, meeting: Meeting, by: House, who: str) -> None:
        self.meeting, self.by, self.who = meeting, by, who

    async def cast(self, round_id: str, body: dict[str, Any], revision: int = 1) -> dict[str, Any]:
        said = {"body": body, "revision": revision, "on_behalf_of": self.meeting.people[self.who]}
        return dict(await self.by.post(f"rounds/{round_id}/ballots", said))

    async def propose(self, activity: str, kind: str, text: str) -> dict[str, Any]:
        said = {"kind": kind, "text": text, "activity": activity}
        return dict(await self.by.post(f"{self.meeting.path}/proposals", said))


def with_dead_laptop(meeting: Meeting, voices: Mapping[str, Voice]) -> dict[str, Voice]:
    """The same voices, but for one whose device failed: the facilitator enters what they say."""
    meeting.minute(
        f"Day 2: the laptop of {DEAD_LAPTOP} is dead; the facilitator enters the ballot."
    )
    return {**voices, DEAD_LAPTOP: SentFor(meeting, meeting.run, DEAD_LAPTOP)}


async def leave(meeting: Meeting, voices: Mapping[str, Voice]) -> dict[str, Voice]:
    """Somebody has to go and names a proxy, who votes for them from now on; the links of whoever
    left are signed out."""
    proxy = {"proxy": meeting.people[PROXY]}
    await meeting.run.post(f"{meeting.path}/participants/{meeting.people[LEAVER]}/leave", proxy)
    for link in await meeting.run.all(f"{meeting.path}/tokens"):
        if link["participant_id"] == meeting.people[LEAVER]:
            await meeting.run.delete(f"tokens/{link['id']}")
    meeting.minute(f"Day 3: {LEAVER} has to leave; {PROXY} votes for both from now on.")
    holder = meeting.owner.as_(meeting.entries[PROXY])
    return {**voices, LEAVER: SentFor(meeting, holder, LEAVER)}


async def not_what_i_meant(meeting: Meeting) -> None:
    """An author gives a merged wording back to the moderators, who add to it and answer."""
    author = meeting.owner.as_(meeting.entries[MISREAD["author"]])
    listed = await meeting.run.all(f"{meeting.path}/proposals")
    own = next(one for one in listed if one["text"] == MISREAD["text"])
    area = next(one for one in listed if one["own_key"] == MISREAD["area"])
    path = f"{meeting.path}/proposals"
    await author.post(f"{path}/{own['id']}/not-meant", {"text": MISREAD["meant"]})
    context = {"regional_context": MISREAD["context"]}
    await meeting.run.patch(f"{path}/{area['id']}", context, area["version"])
    answer = {"decision": "answer", "reason": MISREAD["answer"]}
    await meeting.run.post(f"{path}/{area['id']}/moderation", answer)
    meeting.minute(
        f"Day 2: {MISREAD['author']} says of {MISREAD['area']} “this is not what I meant”; the "
        "moderators add to it and answer."
    )


async def discuss_behind_closed_doors(meeting: Meeting) -> None:
    """Day 2: the widest spreads are discussed without observers; who observes is sent out, is told
    no more than when to return, and is let in again when the item is over."""
    path = f"{meeting.path}/agenda/{meeting.items[9]}"
    item = await meeting.run.get(path)
    await meeting.run.patch(path, {"closed_to_observers": True}, item["version"])
    await days.discuss(meeting)
    observer = meeting.owner.as_(meeting.entries[OBSERVER])
    if await _sees_the_agenda(meeting, observer):
        raise ScenarioError("An observer reads on behind closed doors.")
    await meeting.run.post(f"{path}/finish")
    if not await _sees_the_agenda(meeting, observer):
        raise ScenarioError("The observer was not let in again.")
    meeting.minute(f"Day 2: {OBSERVER} is sent out for the discussion, and let in again after it.")


async def _sees_the_agenda(meeting: Meeting, observer: House) -> bool:
    try:
        await observer.get(f"{meeting.path}/agenda")
    except ScenarioError:
        return False
    return True


async def run_late(meeting: Meeting) -> None:
    """The rest of the day is moved in one act."""
    await meeting.run.post(f"{meeting.path}/day/move", {"minutes": MINUTES_LATE})
    meeting.minute(f"Day 2: the rest of the day is moved by {MINUTES_LATE} minutes.")
