"""The three days, exercise by exercise: what the facilitator does and what the voters answer."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from app.scenario import files
from app.scenario.house import House, ScenarioError
from app.scenario.meeting import CHAIR, Meeting
from app.scenario.voices import Voice

Voices = Mapping[str, Voice]


async def go_to(meeting: Meeting, item: int) -> None:
    """Begin an agenda item, which finishes the one before."""
    await meeting.run.post(f"{meeting.path}/agenda/{meeting.items[item]}/start")


async def stage(meeting: Meeting, activity: str, to: str) -> None:
    await meeting.run.post(f"activities/{meeting.activities[activity]}/stage", {"stage": to})


async def give(meeting: Meeting, activity: str, options: list[dict[str, str]]) -> None:
    """Put options up in an activity."""
    path = f"activities/{meeting.activities[activity]}"
    now = await meeting.run.get(path)
    await meeting.run.patch(path, {"options": options}, now["version"])


async def open_round(meeting: Meeting, activity: str) -> str:
    made = await meeting.run.post(f"activities/{meeting.activities[activity]}/open")
    return str(made["id"])


async def close_round(meeting: Meeting, round_id: str, by: House | None = None) -> dict[str, Any]:
    """Close, wait for the outcome, publish it; returns the outcome. `by` a group's lead, or the
    facilitator."""
    run = by or meeting.run
    await run.post(f"rounds/{round_id}/close", {"countdown": 0})
    for _ in range(200):
        outcome = await meeting.run.get(f"rounds/{round_id}/outcome")
        if outcome.get("status") != "counting":
            await run.post(
                f"rounds/{round_id}/publish", {"to": ["participants", "screen", "certainty"]}
            )
            return dict(outcome)
        await asyncio.sleep(0.05)
    raise ScenarioError("The outcome was not counted within ten seconds.")


async def ballots(
    meeting: Meeting, voices: Voices, activity: str, bodies: Mapping[str, dict[str, Any]]
) -> dict[str, Any]:
    """One whole round: open, everyone's ballot at once, close."""
    round_id = await open_round(meeting, activity)
    await asyncio.gather(*(voices[who].cast(round_id, body) for who, body in bodies.items()))
    return await close_round(meeting, round_id)


async def review_evidence(
    meeting: Meeting, voices: Voices, meanwhile: Callable[[str], Awaitable[None]] | None = None
) -> dict[str, Any]:
    """Day 1: each voter judges each evidence item, one ballot an item. `meanwhile` is what happens
    once the round is open, before the first answer."""
    await go_to(meeting, 2)
    round_id = await open_round(meeting, "evidence")
    if meanwhile:
        await meanwhile(round_id)

    async def judge(who: str, answers: dict[str, dict[str, Any]]) -> None:
        for item, judgement in answers.items():
            body = {"judgement": {meeting.evidence[item]: judgement}}
            await voices[who].cast(round_id, body)

    given = files.judgements()
    await asyncio.gather(*(judge(who, answers) for who, answers in given.items()))
    return await close_round(meeting, round_id)


async def propose(meeting: Meeting, voices: Voices) -> None:
    """Day 2: the 36 raw proposals by their authors, written alone, then revealed."""
    await go_to(meeting, 6)
    await stage(meeting, "propose", "writing")
    activity = meeting.activities["propose"]

    async def write(row: dict[str, str]) -> None:
        await voices[row["author_id"]].propose(activity, "priority_area", row["text"])

    by_author: dict[str, list[dict[str, str]]] = {}
    for row in files.rows("proposals"):
        by_author.setdefault(row["author_id"], []).append(row)

    async def write_all(rows: list[dict[str, str]]) -> None:
        for row in rows:
            await write(row)

    await asyncio.gather(*(write_all(rows) for rows in by_author.values()))
    await stage(meeting, "propose", "revealed")


async def cluster(meeting: Meeting) -> None:
    """Day 2: the moderators merge the raw proposals into the 14 areas, placed under components."""
    await go_to(meeting, 7)
    await stage(meeting, "cluster", "running")
    raw = {one["text"]: one["id"] for one in await meeting.run.all(f"{meeting.path}/proposals")}
    for place, area in enumerate(files.rows("priority_areas"), 1):
        merged = [
            raw[row["text"]]
            for row in files.rows("proposals")
            if row["reference_cluster"] == area["id"]
        ]
        body = {
            "text": area["title"],
            "component": meeting.components[area["component_id"]],
            "own_key": area["id"],
            "position": place,
            "level": area["level"],
            "source": area["source"],
        }
        path = f"{meeting.path}/proposals"
        if merged:
            made = await meeting.run.post(f"{path}/merge", {**body, "proposals": merged})
        else:
            body.pop("position")
            made = await meeting.run.post(path, {**body, "kind": "priority_area"})
            await meeting.run.post(f"{path}/{made['id']}/moderation", {"decision": "accept"})
        meeting.areas[area["id"]] = made["id"]
    await stage(meeting, "cluster", "done")
    areas = [{"proposal": one} for one in meeting.areas.values()]
    for activity in ("rate", "rank"):
        await give(meeting, activity, areas)


async def rate(meeting: Meeting, voices: Voices, number: int) -> dict[str, Any]:
    """Day 2: one of the two rounds of the Delphi."""
    await go_to(meeting, 8 if number == 1 else 10)
    bodies = {
        who: {"rating": {meeting.areas[area]: value for area, value in given.items()}}
        for who, given in files.ratings(number).items()
    }
    return await ballots(meeting, voices, "rate", bodies)


async def discuss(meeting: Meeting) -> None:
    """Day 2: the widest spreads, discussed in an item of their own before they are rated again."""
    await stage(meeting, "rate", "discussing")
    await go_to(meeting, 9)


def ranking_bodies(meeting: Meeting) -> dict[str, dict[str, Any]]:
    """Who ranks the areas how."""
    return {
        who: {"ranking": [[meeting.areas[area] for area in tier] for tier in tiers]}
        for who, tiers in files.rankings().items()
    }


async def rank(meeting: Meeting, voices: Voices) -> dict[str, Any]:
    """Day 2: full and partial rankings of the areas."""
    return await ballots(meeting, voices, "rank", ranking_bodies(meeting))


async def respond(meeting: Meeting) -> None:
    """Day 3: the 27 responses, put forward for their areas and accepted."""
    await go_to(meeting, 11)
    await stage(meeting, "respond", "writing")
    for row in files.rows("responses"):
        body = {
            "kind": "response",
            "text": row["response"],
            "own_key": row["id"],
            "activity": meeting.activities["respond"],
            "area": meeting.areas[row["priority_area_id"]],
            "level": row["level"],
            "lead_actor": row["lead_actor"],
            "partners": row["partner"],
            "time_frame": row["timeframe"],
            "evidence_status": row["evidence_status"],
            "source": row["source"],
        }
        path = f"{meeting.path}/proposals"
        made = await meeting.run.post(path, body)
        await meeting.run.post(f"{path}/{made['id']}/moderation", {"decision": "accept"})
        meeting.responses[row["id"]] = made["id"]
    await stage(meeting, "respond", "done")
    options = [{"proposal": one} for one in meeting.responses.values()]
    await give(meeting, "choose", options)


async def choose(meeting: Meeting, voices: Voices) -> dict[str, Any]:
    """Day 3: approvals of responses, kept from a third on."""
    await go_to(meeting, 12)
    bodies = {
        who: {"approval": [meeting.responses[one] for one in given]}
        for who, given in files.approvals().items()
    }
    return await ballots(meeting, voices, "choose", bodies)


async def write_matrix(meeting: Meeting, outcome: dict[str, Any]) -> int:
    """Day 3: a drafting member writes a row for each kept response; returns how many."""
    await go_to(meeting, 13)
    await stage(meeting, "matrix", "running")
    drafter = meeting.owner.as_(meeting.entries["S01"])
    kept = set(outcome["winners"])
    count = 0
    for row in files.rows("responses"):
        response = meeting.responses[row["id"]]
        if response not in kept:
            continue
        area = meeting.areas[row["priority_area_id"]]
        path = f"{meeting.path}/matrix/{area}/{response}"
        await drafter.put(path, {"notes": f"Approved, see {row['id']}."}, new=True)
        count += 1
    await stage(meeting, "matrix", "done")
    return count


async def agree(meeting: Meeting) -> dict[str, int]:
    """Day 3: the draft is read and flagged, one row reworded, and the chair rules on every row."""
    await go_to(meeting, 14)
    await stage(meeting, "agree", "reading")
    cells = await _cells(meeting)
    raised = {}
    for row in files.rows("synthetic_flags"):
        house = meeting.owner.as_(meeting.entries[row["participant_id"]])
        cell = cells[row["response_id"]]
        body = {"row": cell["id"], "flag": row["flag"], "text": row["text"]}
        flag = await house.post(f"{meeting.path}/flags", body)
        raised[row["participant_id"], row["response_id"]] = (house, flag, row["becomes"])
    flags = sorted({row["flag"].replace("_", " ") for row in files.rows("synthetic_flags")})
    meeting.minute(
        f"Day 3: {len(raised)} flags on {len({row for _, row in raised})} rows "
        f"({', '.join(flags)}); an objection is withdrawn, a wording taken up."
    )
    await stage(meeting, "agree", "deciding")
    await _reword(meeting, cells)
    await _reword_components(meeting)
    for house, flag, becomes in raised.values():
        if becomes:
            path = f"{meeting.path}/flags/{flag['id']}"
            await house.patch(path, {"withdrawn": True}, flag["version"])
    return await _rule(meeting)


async def _cells(meeting: Meeting) -> dict[str, Any]:
    """The matrix's cells by the scenario's own key of their response."""
    found = await meeting.run.get(f"{meeting.path}/matrix")
    return {cell["response_no"]: cell for area in found["areas"] for cell in area["cells"]}


async def _reword(meeting: Meeting, cells: dict[str, Any]) -> None:
    for row in files.rows("synthetic_rewordings"):
        cell = cells[row["response_id"]]
        await meeting.run.post(f"activities/{meeting.activities['agree']}/put", {"row": cell["id"]})
        path = f"{meeting.path}/matrix/{cell['area']}/{cell['response']}"
        await meeting.run.put(path, {"text": row["text"]}, version=cell["version"])


async def _reword_components(meeting: Meeting) -> None:
    listed = await meeting.run.all(f"{meeting.path}/components")
    versions = {one["id"]: one["version"] for one in listed}
    for row in files.rows("synthetic_component_rewordings"):
        component = meeting.components[row["component_id"]]
        path = f"{meeting.path}/components/{component}"
        await meeting.run.patch(path, {"text": row["text"]}, versions[component])
    reworded = len(files.rows("synthetic_component_rewordings"))
    meeting.minute(f"Day 3: {reworded} framework components are reworded, all three adopted.")


async def _rule(meeting: Meeting) -> dict[str, int]:
    """Rows with nothing against them together, the flagged ones one by one."""
    rulings = {row["response_id"]: row["ruling"] for row in files.rows("synthetic_rulings")}
    cells = await _cells(meeting)
    together = [cell for no, cell in cells.items() if rulings[no] == "consensus"]
    apart = [cell for no, cell in cells.items() if rulings[no] != "consensus"]
    await _decide(meeting, together, "consensus")
    for cell in apart:
        await _decide(meeting, [cell], rulings[cell["response_no"]])
    components = (await meeting.run.get(f"{meeting.path}/matrix"))["components"]
    await _decide(meeting, components, "consensus")
    await stage(meeting, "agree", "done")
    counts: dict[str, int] = {}
    for cell in (await _cells(meeting)).values():
        counts[cell["state"]] = counts.get(cell["state"], 0) + 1
    return counts


async def _decide(meeting: Meeting, rows: list[Any], ruling: str) -> None:
    body = {
        "rows": [row["id"] for row in rows],
        "wording_versions": [row["wording_version"] for row in rows],
        "ruling": ruling,
        "ruled_by": meeting.people[CHAIR],
    }
    await meeting.run.post(f"{meeting.path}/decisions", body)
