"""What the Bangkok scenario leaves out: every other command once, in a small meeting."""

from typing import Any

from app.live.hub import Hub
from tests.live.watching import WatchedHouse
from tests.support.presence import connected

FILES = {
    "people": b"label,roles,capacity\nGuest A,participant,expert\nGuest B,participant,expert\n",
    "agenda": b"day,start,end,kind,title\n2,09:00,10:00,vote,Second day\n",
    "evidence": b"title,kind\nA claim from a file,theory\n",
    "components": b"title\nA component from a file\n",
    "proposals": b"kind,text\npriority_area,An area from a file\n",
}


class Elsewhere:
    """A small workshop, and its people's ways into it."""

    def __init__(self, owner: WatchedHouse, made: dict[str, Any], hub: Hub) -> None:
        self.hub = hub
        self.owner, self.code = owner, made["code"]
        self.at = f"workshops/{made['id']}"
        self.run = owner.as_(made["tokens"]["facilitator"])
        self.people: list[dict[str, Any]] = []
        self.voters: list[WatchedHouse] = []
        self.item = ""

    async def activity(self, type_: str, title: str, **more: Any) -> Any:
        """One more activity of the day."""
        body = {"type": type_, "title": title, "agenda_item": self.item, **more}
        return await self.owner.post(f"{self.at}/activities", body)

    async def opened(self, activity: Any) -> str:
        """The path of its first round, which is open."""
        made = await self.owner.post(f"activities/{activity['id']}/rounds")
        path = f"rounds/{made['id']}"
        await self.run.post(f"{path}/open")
        return path


async def everything_else(owner: WatchedHouse, hub: Hub) -> None:
    """A day on which everything happens."""
    made = await owner.post("workshops", {"title": "Another meeting", "kind": "rehearsal"})
    await owner.watcher.begin(made["id"])
    here = Elsewhere(owner, made, hub)
    await _files(here)
    await _people(here)
    await _agenda(here)
    await _evidence_and_drafts(here)
    await _proposals(here)
    await _reactions(here)
    await _ratings(here)
    await _in_groups(here)
    await _present_as_it_is(here)
    await _a_secret_round(here)
    await _the_matrix(here)
    person = f"{here.at}/participants/{here.people[5]['id']}"
    await here.owner.delete(f"{person}/particulars", (await here.owner.get(person))["version"])
    now = await here.owner.get(here.at)
    await here.owner.patch(here.at, {"place": "Another hall"}, now["version"])
    await here.owner.post(f"{here.at}/end")


async def _files(here: Elsewhere) -> None:
    for noun, content in FILES.items():
        await here.owner.upload(f"{here.at}/import/{noun}", f"{noun}.csv", content)


async def _people(here: Elsewhere) -> None:
    """Some are added, one is changed, one leaves; one comes by link, one knocks; a link is lost."""
    listed = [{"label": f"Voter {n}", "roles": ["participant"]} for n in range(6)]
    people = here.people = await here.owner.post(f"{here.at}/participants", listed)
    here.voters = [here.owner.as_(person["token"]) for person in people]
    await here.owner.patch(f"{here.at}/participants/{people[0]['id']}", {"region": ["North"]}, 1)
    [gone] = await here.owner.post(f"{here.at}/participants", [{"label": "Nobody’s seat"}])
    await here.owner.delete(f"{here.at}/participants/{gone['id']}")
    await _arrives(here, people[1]["token"])
    asked = await here.owner.post(f"{here.at}/join", {"code": here.code, "label": "Guest C"})
    path = f"{here.at}/admissions/{asked['admission']}"
    await here.run.post(path, {"admit": True})
    lost = await here.owner.post(f"{here.at}/tokens", {"role": "screen"})
    await here.owner.delete(f"tokens/{lost['id']}")


async def _arrives(here: Elsewhere, token: str) -> None:
    """The personal link is opened on a laptop."""
    watcher = here.owner.watcher
    async with watcher.one_at_a_time:
        answer = await here.owner.client.get(f"http://consilience/enter/{token}")
        assert answer.status_code in (302, 303), answer.text
        here.owner.client.cookies.clear()
        await watcher.look()


async def _agenda(here: Elsewhere) -> None:
    item = {"day": 1, "start": "09:00", "end": "10:00", "kind": "vote", "title": "All day"}
    first = await here.owner.post(f"{here.at}/agenda", item)
    later = await here.owner.post(f"{here.at}/agenda", {**item, "title": "Not at all"})
    await here.owner.patch(f"{here.at}/agenda/{first['id']}", {"title": "The whole day"}, 1)
    await here.owner.delete(f"{here.at}/agenda/{later['id']}")
    here.item = first["id"]
    dropped = await here.activity("rate", "Dropped")
    await here.owner.patch(f"activities/{dropped['id']}", {"title": "Given up"}, 1)
    await here.owner.delete(f"activities/{dropped['id']}", 2)
    await here.run.post(f"{here.at}/agenda/{first['id']}/start")
    await here.run.put(f"{here.at}/timer", {"seconds": 60})
    await _floor(here)
    await here.run.post(f"{here.at}/day/move", {"minutes": 10, "shorten": False})
    await here.run.post(f"{here.at}/day/move/undo")


async def _floor(here: Elsewhere) -> None:
    """Three ask for the floor, one speaks, one takes it back; a matter is parked and settled."""
    floor = f"{here.at}/floor"
    asked = [await voter.post(floor) for voter in here.voters[:3]]
    await here.run.put(f"{here.at}/screen", {"show": "floor"})
    await here.run.post(f"{floor}/{asked[2]['id']}/place", {"by": -1})
    await here.run.put(floor, {"seconds": 90, "one_each": True})
    await here.run.post(f"{floor}/{asked[0]['id']}/give")
    await here.voters[1].post(f"{floor}/{asked[1]['id']}/withdrawal")
    await here.run.post(f"{floor}/{asked[0]['id']}/stop")
    matter = await here.run.post(f"{here.at}/parking", {"text": "Who pays?"})
    await here.run.patch(f"{here.at}/parking/{matter['id']}", {"status": "resolved"}, 1)


async def _evidence_and_drafts(here: Elsewhere) -> None:
    """Evidence items, components, conclusions, groups, notes: made, changed, dropped."""
    for noun, first, then in (
        ("evidence", {"title": "A claim"}, {"title": "Another claim"}),
        ("components", {"text": "A pillar", "gist": "Short"}, {"text": "A column"}),
        ("conclusions", {"text": "We end here."}, {"text": "We end there."}),
    ):
        made = await here.owner.post(f"{here.at}/{noun}", first)
        await here.owner.patch(f"{here.at}/{noun}/{made['id']}", then, made["version"])
        await here.owner.delete(f"{here.at}/{noun}/{made['id']}")
    for noun, change in (("components", {"gist": "Shorter"}), ("conclusions", {"position": 2})):
        made = await here.owner.post(f"{here.at}/{noun}", {"text": f"One of {noun}"})
        await here.owner.patch(f"{here.at}/{noun}/{made['id']}", change, made["version"])
    group = await here.owner.post(f"{here.at}/groups", {"name": "Group A"})
    await here.owner.patch(f"{here.at}/groups/{group['id']}", {"name": "Group B"}, 1)
    await _note(here)
    await _lesson(here)


async def _note(here: Elsewhere) -> None:
    """Written on, released, shown to the hall, corrected there, and taken back."""
    body = {"text": "A note", "item": here.item}
    note = await here.owner.post(f"{here.at}/notes", body)
    path = f"{here.at}/notes/{note['id']}"
    changes = ({"text": "More"}, {"text": "Said", "released": True}, {"text": "Said so"})
    for version, change in enumerate(changes, 1):
        await here.owner.patch(path, change, version)
    await here.run.put(f"{here.at}/screen", {"show": "note", "note": note["id"]})
    await here.owner.patch(path, {"released": False}, 4)


async def _lesson(here: Elsewhere) -> None:
    """Told, reworded, released, shown to the hall, taken back, taken out."""
    lesson = await here.voters[0].post(f"{here.at}/lessons", {"tried": "A walk", "result": "Calm"})
    path = f"{here.at}/lessons/{lesson['id']}"
    for version, change in enumerate(({"context": "By night"}, {"released": True}), 1):
        await here.run.patch(path, change, version)
    await here.run.put(f"{here.at}/screen", {"show": "lesson", "lesson": lesson["id"]})
    await here.run.patch(path, {"released": False}, 3)
    await here.run.delete(path)


async def _proposals(here: Elsewhere) -> None:
    """Written, held back, sent back, worded anew, placed; merged, and the merge undone."""
    writing = await here.activity("propose", "Which areas?", settings={"kind": "priority_area"})
    await here.run.post(f"activities/{writing['id']}/stage", {"stage": "writing"})
    mine = [
        await voter.post(
            f"{here.at}/proposals",
            {"activity": writing["id"], "kind": "priority_area", "text": f"Area of voter {n}"},
        )
        for n, voter in enumerate(here.voters[:3])
    ]
    await here.run.post(f"activities/{writing['id']}/stage", {"stage": "revealed"})
    await _round_robin(here, f"activities/{writing['id']}/turns")
    first, second, third = (f"{here.at}/proposals/{one['id']}" for one in mine)
    await here.voters[0].post(f"{first}/hold-back")
    await here.run.post(f"{second}/moderation", {"decision": "return", "reason": "Which one?"})
    await here.voters[1].patch(second, {"text": "This one"}, 2)
    components = await here.owner.get(f"{here.at}/components")
    place = {"decision": "place", "component": components["items"][0]["id"]}
    await here.run.post(f"{third}/moderation", place)
    body = {"proposals": [mine[1]["id"], mine[2]["id"]], "text": "Both in one"}
    merged = await here.run.post(f"{here.at}/proposals/merge", body)
    await here.voters[2].post(f"{third}/not-meant", {"text": "Mine was about nights"})
    answer = {"decision": "answer", "reason": "The second row says so"}
    await here.run.post(f"{here.at}/proposals/{merged['id']}/moderation", answer)
    await here.run.post(
        f"{here.at}/proposals/{merged['id']}/moderation", {"decision": "undo_merge"}
    )
    parts = {"decision": "split", "texts": ["This", "One"]}
    halved = await here.run.post(f"{second}/moderation", parts)
    undo = f"{here.at}/proposals/{halved['parts'][0]}/moderation"
    await here.run.post(undo, {"decision": "undo_merge"})


async def _round_robin(here: Elsewhere, turns: str) -> None:
    """Two more arrive. Begun; one reads out, one passes, one passes on their own page; ended."""
    for person in here.people[2:4]:
        await _arrives(here, person["token"])
    await here.run.post(turns)
    await here.run.post(f"{turns}/next", {"turn": 1})
    left = (await here.run.post(f"{turns}/pass", {"turn": 2}))["waiting"]
    voters = {person["id"]: voter for person, voter in zip(here.people, here.voters, strict=True)}
    await voters[left[-1]["participant"]].post(f"{turns}/own-pass")
    await here.run.delete(turns)


async def _reactions(here: Elsewhere) -> None:
    """A statement and a voter join while the round is open."""
    react = await here.activity("react", "What do you say?", options=["It is so.", "It is not."])
    path = await here.opened(react)
    await here.run.post(f"{path}/statements", {"text": "It depends."})
    [late] = await here.owner.post(
        f"{here.at}/participants", [{"label": "Late", "roles": ["participant"]}]
    )
    await here.run.post(f"{path}/voters", {"participant": late["id"]})
    option = react["options"][0]["id"]
    for voter in here.voters:
        await voter.post(f"{path}/ballots", {"body": {"react": {option: "agree"}}, "revision": 1})
    await here.run.post(f"{path}/deadline", {"seconds": 300})
    await here.run.post(f"{path}/close")


async def _ratings(here: Elsewhere) -> None:
    """Reasons come with a ballot, are held back, are late; the first is sent on."""
    rate = await here.activity("rate", "How important?", options=["This", "That"])
    path, option = await here.opened(rate), rate["options"][0]["id"]
    for n, voter in enumerate(here.voters):
        ballot = {"body": {"rating": {option: 9 - n}}, "revision": 1, "reasons": {option: "So"}}
        await voter.post(f"{path}/ballots", ballot)
    await _holds_back(here)
    await here.voters[0].post(f"{path}/finished", {"finished": True})
    await here.run.post(f"{path}/close")
    await here.voters[1].post(f"{path}/reasons", {"option": option, "words": "Too late"})
    await here.run.post(f"{path}/publish", {"to": ["participants", "screen"]})
    onward = await here.activity("rank", "Then rank")
    await here.run.post(f"{path}/send-on", {"activity": onward["id"], "top": 1})


async def _present_as_it_is(here: Elsewhere) -> None:
    """A ballot is entered; one leaves, a proxy casts, and they are back; a link on two devices."""
    now = await here.owner.get(here.at)
    await here.owner.patch(here.at, {"proxies": "any"}, now["version"])
    people = [one["id"] for one in here.people]
    leaver = f"{here.at}/participants/{people[1]}"
    await here.voters[1].post(f"{leaver}/leave", {"proxy": people[2]})
    rate = await here.activity("rate", "As it is", options=["This", "That"])
    path, option = await here.opened(rate), rate["options"][0]["id"]
    ballot = {"body": {"rating": {option: 4}}, "revision": 1}
    await here.run.post(f"{path}/ballots", {**ballot, "on_behalf_of": people[0]})
    await here.voters[2].post(f"{path}/ballots", {**ballot, "on_behalf_of": people[1]})
    await here.voters[1].post(f"{leaver}/return")
    await here.run.post(f"{path}/close")
    connected(here.hub, here.at.removeprefix("workshops/"), people[1])
    await _arrives(here, here.people[1]["token"])
    asked = (await here.owner.all(f"{here.at}/admissions"))[-1]
    await here.run.post(f"{here.at}/admissions/{asked['id']}", {"admit": True})


async def _in_groups(here: Elsewhere) -> None:
    """Everybody in one group: it works apart, shows its result, and is called back."""
    groups = f"{here.at}/groups"
    group = await here.owner.post(groups, {"name": "Group C"})
    await here.run.post(f"{groups}/seating", {"everybody": True})
    seated = await here.owner.all(f"{here.at}/participants")
    lead = next(one for one in seated if one["group"] == "Group C")
    await here.run.patch(f"{groups}/{group['id']}", {"lead": lead["id"]}, group["version"])
    await here.owner.watcher.join_group(group["id"])
    rate = await here.activity("rate", "In your group?", options=["This", "That"])
    given = await here.run.post(f"activities/{rate['id']}/groups")
    own = next(one for one in given if one["group"] == group["id"])
    opened = await here.run.post(f"activities/{own['id']}/open")
    path = f"rounds/{opened['id']}"
    members = {one["id"] for one in seated if one["group"] == "Group C"}
    ballot = {"body": {"rating": {own["options"][0]["id"]: 8}}, "revision": 1}
    for person, voter in zip(here.people, here.voters, strict=True):
        if person["id"] in members:
            await voter.post(f"{path}/ballots", ballot)
    await here.run.post(f"{path}/close")
    await here.run.post(f"{path}/publish", {"to": ["participants", "screen"]})
    await here.run.post(f"{groups}/call-back")
    await here.owner.watcher.leave_group()


async def _holds_back(here: Elsewhere) -> None:
    page = await here.owner.client.get(
        f"http://consilience/w/{here.at.partition('/')[2]}/mine/exercise",
        headers=here.voters[0].headers,
    )
    reason = page.text.partition('data-hold="')[2].partition('"')[0]
    await here.voters[0].post(f"reasons/{reason}/hold", {"held_back": True})


async def _a_secret_round(here: Elsewhere) -> None:
    terms = {"secrecy": "secret"}
    rate = await here.activity("rate", "In secret", options=["This", "That"], settings=terms)
    path, option = await here.opened(rate), rate["options"][0]["id"]
    for n, voter in enumerate(here.voters):
        await voter.post(f"{path}/ballots", {"body": {"rating": {option: n + 1}}, "revision": 1})
    await here.run.post(f"{path}/close")
    await here.run.post(f"{path}/publish", {"to": ["participants", "screen"]})


async def _the_matrix(here: Elsewhere) -> None:
    """A row is flagged, worded as asked for, and one is taken out."""
    ids = {}
    for kind in ("priority_area", "response"):
        made = await here.owner.post(f"{here.at}/proposals", {"kind": kind, "text": f"One {kind}"})
        await here.run.post(f"{here.at}/proposals/{made['id']}/moderation", {"decision": "accept"})
        ids[kind] = made["id"]
    path = f"{here.at}/matrix/{ids['priority_area']}/{ids['response']}"
    row = await here.owner.put(path, {"notes": "A row"}, new=True)
    agree = await here.activity("agree", "Agree")
    await here.run.post(f"activities/{agree['id']}/stage", {"stage": "reading"})
    flags = f"{here.at}/flags"
    wish = {"row": row["id"], "flag": "another_wording", "text": "Other words", "named": True}
    asked = await here.voters[0].post(flags, wish)
    await here.voters[0].patch(f"{flags}/{asked['id']}", {"text": "Quite other words"}, 1)
    await here.owner.put(path, {"text": "One response, quite other"}, version=row["version"])
    await here.run.post(f"{flags}/{asked['id']}/take-up")
    wish |= {"wording": "One response, as amended", "passage": "One"}
    amended = await here.voters[1].post(flags, wish)
    await here.run.post(f"{flags}/{amended['id']}/set-aside", {"reason": "Too long"})
    await here.run.post(f"{flags}/{amended['id']}/take-up")
    await here.owner.delete(path, 3)
