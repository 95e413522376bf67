"""A meeting of fifteen delegations, three of them with several members, and five experts, told as
its minutes: after each step the register, the turnout and both tallies are exactly these."""

import secrets
from collections import Counter
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import Connection
from sqlmodel import col, select

from app.methods import count
from app.models import Delegation, Participant, RegisterEntry, Round
from app.queries.polls import poll_of
from app.queries.results import distribution
from tests.support.house import Caller, House
from tests.support.table import code

STATES = [f"State {n:02}" for n in range(1, 16)]
EXPERTS = [f"Expert {letter}" for letter in "ABCDE"]
MEMBERS = {"State 01": 3, "State 02": 2, "State 03": 2}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """A voice is a voice on either database."""
    return sqlite_url


def member(state: str, n: int) -> dict[str, Any]:
    """One of a State's delegation."""
    kind = "state_representative"
    return {"label": f"{state}, member {n}", "capacity": kind, "delegation": state}


def expert(label: str) -> dict[str, Any]:
    return {"label": label, "capacity": "expert"}


class Hall:
    """The people by name, the round that runs, and what can be read of it."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.ids: dict[str, str] = {}
        self.by: dict[str, Caller] = {}
        self.activity = self.round = ""
        self.options: list[str] = []
        self.revision = Counter[str]()

    async def come(self, *people: dict[str, Any]) -> None:
        made = await self.house.owner.post(f"{self.house.at}/participants", list(people))
        for one in made.json():
            self.ids[one["label"]] = one["id"]
            self.by[one["label"]] = self.house.owner.as_(one["token"])

    async def opens(self, **terms: Any) -> None:
        made = await self.house.owner.post(
            f"/activities/{self.activity}/rounds", {"apart": True, **terms}
        )
        self.round = made.json()["id"]
        opened = await self.house.owner.post(f"/rounds/{self.round}/open", {})
        self.options = [one["id"] for one in opened.json()["options"]]
        self.revision.clear()

    async def votes(self, who: str, value: int, revision: int = 1, **more: Any) -> Any:
        body = {"body": {"rating": {self.options[0]: value}}, "revision": revision, **more}
        by = self.by.get(who, self.house.owner)
        return await by.post(f"/rounds/{self.round}/ballots", body, key=secrets.token_hex(8))

    async def enters_late(self, who: str) -> Any:
        voter = {"participant": self.ids[who]}
        return await self.house.owner.post(f"/rounds/{self.round}/voters", voter)

    async def leaves(self, who: str, proxy: str = "") -> Any:
        body = {"proxy": self.ids[proxy]} if proxy else {}
        return await self.by[who].post(f"{self.house.at}/participants/{self.ids[who]}/leave", body)

    async def minutes(self) -> tuple[Any, ...]:
        """The register; eligible, cast; States and experts that voted, of how many; how many gave
        which value among States and among experts; whether half of the voices have spoken."""
        voices, tallies, half = await self.house.app.state.db.read(_read, self.round)
        said = (await self.house.owner.get(f"/rounds/{self.round}/turnout")).json()
        assert said["not_seen"] + said["not_answered"] + said["cast"] == said["eligible"]
        apart = {kind: tuple(said["apart"][kind].values()) for kind in ("States", "experts")}
        return voices, (said["eligible"], said["cast"]), apart, tallies, half


def _read(conn: Connection, round_id: str) -> tuple[list[str], dict[str, Any], bool]:
    entries = conn.execute(
        select(RegisterEntry, col(Participant.label), col(Delegation.name))
        .join(Participant, col(Participant.id) == RegisterEntry.participant_id, isouter=True)
        .join(Delegation, col(Delegation.id) == RegisterEntry.delegation_id, isouter=True)
        .where(RegisterEntry.round_id == round_id)
    )
    round_ = conn.execute(select(Round).where(Round.id == round_id)).one()
    tallies = list(distribution(conn, round_).values())
    poll = poll_of(conn, round_id).model_copy(update={"quorum": Fraction(1, 2)})
    half = count(poll).diagnostics["quorum_met"]
    return sorted(one.name or one.label for one in entries), *(tallies or [{}]), half


@pytest.fixture
async def hall(owner: Caller) -> Hall:
    body = {"title": "Fifteen delegations"}
    house = House(owner.app, owner, (await owner.post("/workshops", body)).json())
    now = (await owner.get(house.at)).json()["version"]
    await owner.patch(house.at, {"proxies": "any"}, now)
    made = Hall(house)
    members = [(state, n) for state in STATES for n in range(1, MEMBERS.get(state, 1) + 1)]
    await made.come(*(member(*one) for one in members), *map(expert, EXPERTS))
    exercise = {"type": "rate", "title": "How important?", "options": ["Porous borders"]}
    made.activity = (await owner.post(f"{house.at}/activities", exercise)).json()["id"]
    return made


async def test_the_minutes_of_fifteen_delegations(hall: Hall) -> None:
    voices = sorted([*STATES, *EXPERTS])
    await hall.opens()  # twenty-four persons sit, twenty voices are asked
    assert await hall.minutes() == (
        voices, (20, 0), {"States": (0, 15), "experts": (0, 5)}, {}, False,
    )  # fmt: skip

    # A State has one voice: what its second member sends takes the place of the first one's.
    assert (await hall.votes("State 01, member 1", 7)).status_code == 200
    assert (await hall.votes("State 01, member 2", 8, revision=2)).status_code == 200
    assert code(await hall.votes("State 01, member 3", 9, revision=2)) == (409, "stale_revision")
    assert await hall.minutes() == (
        voices, (20, 1), {"States": (1, 15), "experts": (0, 5)}, {"States": {"8": 1}}, False,
    )  # fmt: skip

    for who, value in (("Expert A", 5), ("Expert B", 5), ("State 02, member 2", 8)):
        assert (await hall.votes(who, value)).status_code == 200
    assert await hall.minutes() == (
        voices, (20, 4), {"States": (2, 15), "experts": (2, 5)},
        {"States": {"8": 2}, "experts": {"5": 2}}, False,
    )  # fmt: skip

    # A late expert has no voice until entered; a late member of a State speaks with its voice.
    await hall.come(expert("Expert F"), member("State 04", 2))
    await hall.come({"label": "Onlooker", "roles": ["observer"]})
    assert code(await hall.votes("Expert F", 9)) == (403, "not_entitled")
    assert code(await hall.enters_late("State 04, member 2")) == (409, "in_register")
    assert code(await hall.enters_late("Onlooker")) == (422, "not_asked")
    assert (await hall.enters_late("Expert F")).status_code < 300
    assert code(await hall.enters_late("Expert F")) == (409, "in_register")
    assert (await hall.votes("Expert F", 9)).status_code == 200
    assert (await hall.votes("State 04, member 2", 3)).status_code == 200
    voices = sorted([*voices, "Expert F"])
    assert await hall.minutes() == (
        voices, (21, 6), {"States": (3, 15), "experts": (3, 6)},
        {"States": {"3": 1, "8": 2}, "experts": {"5": 2, "9": 1}}, False,
    )  # fmt: skip

    # A device died: the facilitator enters the ballot of State 05.
    done = await hall.votes("", 8, on_behalf_of=hall.ids["State 05, member 1"])
    assert done.status_code == 200
    # State 06 lost its right to vote: its voice stays in the frozen register, and is not heard.
    path = f"{hall.house.at}/participants/{hall.ids['State 06, member 1']}"
    now = (await hall.house.owner.get(path)).json()["version"]
    await hall.house.owner.patch(path, {"roles": ["observer"]}, now)
    assert code(await hall.votes("State 06, member 1", 9)) == (403, "not_entitled")
    # Expert A leaves: what they said stays.
    assert (await hall.leaves("Expert A")).status_code == 200
    # State 07 leaves and names State 08: in this round it still had a voice of its own.
    assert (await hall.leaves("State 07, member 1", "State 08, member 1")).status_code == 200
    proxy: dict[str, Any] = {"on_behalf_of": hall.ids["State 07, member 1"]}
    assert (await hall.votes("State 08, member 1", 1, **proxy)).status_code == 403
    for n, value in ((8, 7), (9, 7), (10, 7)):
        assert (await hall.votes(f"State {n:02}, member 1", value)).status_code == 200
    assert await hall.minutes() == (
        voices, (21, 10), {"States": (7, 15), "experts": (3, 6)},
        {"States": {"3": 1, "7": 3, "8": 3}, "experts": {"5": 2, "9": 1}}, False,
    )  # fmt: skip

    # The eleventh of twenty-one makes half; then the round is closed and nothing counts any more.
    assert (await hall.votes("Expert C", 5)).status_code == 200
    assert (await hall.house.owner.post(f"/rounds/{hall.round}/close", {})).status_code == 200
    assert code(await hall.votes("Expert D", 1)) == (409, "poll_closed")
    first = hall.round
    assert await hall.minutes() == (
        voices, (21, 11), {"States": (7, 15), "experts": (4, 6)},
        {"States": {"3": 1, "7": 3, "8": 3}, "experts": {"5": 3, "9": 1}}, True,
    )  # fmt: skip

    # The next round is without Expert A and State 06; State 07 is in it, and State 08 votes for it.
    await hall.opens()
    voices = sorted({*voices} - {"Expert A", "State 06"})
    assert code(await hall.votes("State 07, member 1", 9)) == (403, "not_entitled")
    assert (await hall.votes("State 08, member 1", 2)).status_code == 200
    assert (await hall.votes("State 08, member 1", 4, **proxy)).status_code == 200
    assert await hall.minutes() == (
        voices, (19, 2), {"States": (2, 14), "experts": (0, 5)},
        {"States": {"2": 1, "4": 1}}, False,
    )  # fmt: skip
    back = f"{hall.house.at}/participants/{hall.ids['State 07, member 1']}/return"
    await hall.by["State 07, member 1"].post(back)
    assert (await hall.votes("State 07, member 1", 9, revision=2)).status_code == 200
    assert await hall.minutes() == (
        voices, (19, 2), {"States": (2, 14), "experts": (0, 5)},
        {"States": {"2": 1, "9": 1}}, False,
    )  # fmt: skip

    # Among States alone no expert is asked; and by persons, all three of State 01 are.
    await hall.opens(electorate="states")
    assert code(await hall.votes("Expert B", 5)) == (403, "not_entitled")
    assert code(await hall.enters_late("Expert B")) == (422, "not_asked")
    assert await hall.minutes() == (
        sorted({*STATES} - {"State 06"}), (14, 0), {"States": (0, 14), "experts": (0, 0)}, {},
        False,
    )  # fmt: skip
    await hall.opens(electorate="states", unit="person")
    for n, value in ((1, 1), (2, 2), (3, 3)):
        assert (await hall.votes(f"State 01, member {n}", value)).status_code == 200
    _, *rest = await hall.minutes()
    assert rest == [
        (19, 3), {"States": (3, 19), "experts": (0, 0)}, {"States": {"1": 1, "2": 1, "3": 1}},
        False,
    ]  # fmt: skip

    # What was closed on the first day reads as it was closed.
    hall.round = first
    _, turnout, apart, tallies, half = await hall.minutes()
    assert (turnout, apart) == ((21, 11), {"States": (7, 15), "experts": (4, 6)})
    assert (tallies["experts"], half) == ({"5": 3, "9": 1}, True)
