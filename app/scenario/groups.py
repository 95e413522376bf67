"""Day 1, afternoon: four breakout groups in parallel on one exercise, and what they bring back."""

import asyncio
import csv
import io
from collections.abc import Mapping
from typing import Any

from app.scenario import days, files
from app.scenario.house import House
from app.scenario.meeting import Meeting
from app.scenario.voices import Voice

QUESTION = "Which theory explains best what you see in your region?"
# Each is led by one of its members, who keeps the vote.
LEADS = {
    "Africa": "E01",
    "Asia and the Pacific": "S07",
    "Europe and the Americas": "E12",
    "Middle East and North Africa": "S10",
}
NOTE = "The groups agree that no theory holds everywhere; each names cases against it."


async def seat(meeting: Meeting) -> None:
    """Make the four groups, put everybody who votes into one, and name the leads."""
    groups = await meeting.run.post(f"{meeting.path}/groups", [{"name": name} for name in LEADS])
    await meeting.run.upload(f"{meeting.path}/import/people", "groups.csv", _list(meeting))
    for group in groups:
        lead = {"lead": meeting.people[LEADS[group["name"]]]}
        path = f"{meeting.path}/groups/{group['id']}"
        await meeting.run.patch(path, lead, group["version"])


def _list(meeting: Meeting) -> bytes:
    """The list of people once more, with nothing but their groups."""
    labels = {row["id"]: row["label"] for row in files.rows("participants")}
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("id", "label", "group"))
    for row in files.rows("breakout_groups"):
        if (who := row["participant_id"]) in meeting.people:
            writer.writerow((who, labels[who], row["group"]))
    return text.getvalue().encode()


async def work(meeting: Meeting, voices: Mapping[str, Voice]) -> list[dict[str, Any]]:
    """The theories against experience: each group ranks them under its own lead, all at once."""
    await days.go_to(meeting, 3)
    theories = [row["id"] for row in files.rows("evidence") if row["kind"] == "theory"]
    exercise = {
        "type": "rank",
        "title": QUESTION,
        "settings": {"secrecy": "confidential"},
        "agenda_item": meeting.items[3],
        "options": [{"evidence": meeting.evidence[one]} for one in theories],
    }
    plenary = await meeting.run.post(f"{meeting.path}/activities", exercise)
    meeting.activities["theories"] = plenary["id"]
    given = await meeting.run.post(f"activities/{plenary['id']}/groups", {"areas": {}})
    members = _members()
    names = {one["id"]: one["name"] for one in await meeting.run.all(f"{meeting.path}/groups")}
    outcomes = await asyncio.gather(
        *(
            _one_group(meeting, voices, own["id"], names[own["group"]], members, theories)
            for own in given
        )
    )
    return list(outcomes)


async def _one_group(
    meeting: Meeting,
    voices: Mapping[str, Voice],
    activity: str,
    name: str,
    members: Mapping[str, list[str]],
    theories: list[str],
) -> dict[str, Any]:
    """Its lead opens, the members answer, the lead closes and publishes to the group."""
    lead: House = meeting.owner.as_(meeting.entries[LEADS[name]])
    made = await lead.post(f"activities/{activity}/open")
    await asyncio.gather(
        *(
            voices[who].cast(made["id"], {"ranking": _ranking(meeting, who, theories)})
            for who in members[name]
        )
    )
    return await days.close_round(meeting, made["id"], by=lead)


def _members() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in files.rows("breakout_groups"):
        found.setdefault(row["group"], []).append(row["participant_id"])
    return found


def _ranking(meeting: Meeting, who: str, theories: list[str]) -> list[list[str]]:
    """Somebody's ranking of the theories: those first that they judged to hold."""
    judged = files.judgements()[who]
    tiers = [
        [meeting.evidence[one] for one in theories if judged[one]["holds"] == answer]
        for answer in ("yes", "partly", "no", "cannot_say")
    ]
    return [tier for tier in tiers if tier]


async def report_back(meeting: Meeting) -> None:
    """Back in plenary: the groups side by side on the big screen, and the rapporteur's note."""
    await meeting.run.post(f"{meeting.path}/groups/call-back")
    await days.go_to(meeting, 4)
    side_by_side = {"show": "groups", "activity": meeting.activities["theories"]}
    await meeting.run.put(f"{meeting.path}/screen", side_by_side)
    rapporteur = meeting.owner.as_(meeting.entries["R2"])
    note = {"text": NOTE, "item": meeting.items[4], "released": True}
    await rapporteur.post(f"{meeting.path}/notes", note)
    meeting.minute(
        f"Day 1: {len(LEADS)} groups rank the theories in parallel, led by "
        f"{', '.join(LEADS.values())}; they report back side by side."
    )
