"""The demonstration that a first start shows: the afternoon of day 2, a ranking open."""

import asyncio

import httpx

from app.scenario import days, files
from app.scenario.house import House
from app.scenario.meeting import lay_out
from app.scenario.voices import Posted

STILL_OUT = 6


async def make(client: httpx.AsyncClient) -> str:
    """Play the meeting up to its second vote by POST and leave the ranking open; returns its id.

    `client` is bound to /api/v1 with the owner's rights.
    """
    owner = House(client)
    meeting = await lay_out(owner)
    voices = {who: Posted(owner.as_(meeting.entries[who]), meeting.id) for who in files.voters()}
    await days.propose(meeting, voices)
    await days.cluster(meeting)
    await days.rate(meeting, voices, 1)
    await days.go_to(meeting, 10)
    round_id = await days.open_round(meeting, "rank")
    bodies = list(days.ranking_bodies(meeting).items())[:-STILL_OUT]
    await asyncio.gather(*(voices[who].cast(round_id, body) for who, body in bodies))
    return meeting.id
