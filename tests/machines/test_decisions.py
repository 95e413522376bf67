"""Rows are flagged, worded anew, ruled on and changed after they were adopted, in any order:
decided texts never change, versions are ordered, a flag is settled once, and every state stands on
the screens of the room, of control and of the desk."""

import asyncio
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from app.render.terms import TERMS
from tests.machines.driven import Driven, element, play, refusal
from tests.machines.rows import Flag, Row, Rows, Wording
from tests.support.house import Caller
from tests.support.soaking import Saw
from tests.support.table import Drafting

VOTERS = ("Expert A", "Expert B")
KINDS = ("reservation", "stand_aside", "objection", "another_wording", "pending")
RULINGS = ("consensus", "no_objection", "with_reservations", "not_agreed")
TEXTS = st.sampled_from(("Train together", "Train border posts", "Share case files"))
WHO = st.sampled_from(VOTERS)
ANY = st.integers(0, 10**6)  # one of them, however many there are by then


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """How a row stands does not depend on the database."""
    return sqlite_url


class Decisions(Driven):
    """Two areas, two responses in three rows, one component; the draft is open for reading."""

    def __init__(self, owner: Caller, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(owner, loop)
        self.ids, self.paths, self.subjects = self.do(self.laid())
        one, other, pillar = (Wording([text]) for text in ("Train", "Share", "Evidence base"))
        self.model = Rows([Row(one), Row(one), Row(other), Row(pillar)])
        self.flag_ids: dict[int, str] = {}
        self.seen: dict[str, int] = {}
        people = [{"label": name, "roles": ["participant"]} for name in VOTERS]
        seats = self.post(owner, f"{self.at}/participants", people).json()
        self.voters = {seat["label"]: owner.as_(seat["token"]) for seat in seats}
        body = {"type": "agree", "title": "Is this the text?"}
        made = self.post(owner, f"{self.at}/activities", body).json()["id"]
        for stage in ("reading", "deciding"):
            self.post(owner, f"/activities/{made}/stage", {"stage": stage})

    async def laid(self) -> tuple[list[str], list[str], list[str]]:
        """The rows: their ids, where they are edited, and whose wording they carry."""
        table = Drafting(self.house)
        areas = [(await table.propose("priority_area", text))["id"] for text in ("A", "B")]
        train, share = [(await table.propose("response", t))["id"] for t in ("Train", "Share")]
        ids, paths = [], []
        for area, response in ((areas[0], train), (areas[1], train), (areas[0], share)):
            ids.append((await table.put(area, response, {})).json()["id"])
            paths.append(f"{self.at}/matrix/{area}/{response}")
        body = {"text": "Evidence base"}
        made = (await self.house.owner.post(f"{self.at}/components", body)).json()["id"]
        return [*ids, made], [*paths, f"{self.at}/components/{made}"], [train, train, share, made]

    def rows(self) -> list[dict[str, Any]]:
        whole = self.data(f"{self.at}/matrix")
        found = [cell for area in whole["areas"] for cell in area["cells"]] + whole["components"]
        return sorted(found, key=lambda row: self.ids.index(row["id"]))

    def flags(self) -> list[tuple[Row, Flag]]:
        return [(row, flag) for row in self.model.all for flag in row.flags]

    # -- what may happen ------------------------------------------------------------------------

    @rule(who=WHO, place=st.integers(0, 3), kind=st.sampled_from(KINDS))
    def flag(self, who: str, place: int, kind: str) -> None:
        body = {"row": self.ids[place], "flag": kind, "text": f"{kind} of {who}"}
        made = self.post(self.voters[who], f"{self.at}/flags", body)
        row = self.model.all[place]
        assert refusal(made) == self.model.flag(who, row, kind)
        self.flag_ids[id(row.flags[-1])] = made.json()["id"]

    @precondition(lambda self: self.flags())
    @rule(who=st.sampled_from(("", *VOTERS)), pick=ANY, kind=st.sampled_from(("", *KINDS)))
    def turn(self, who: str, pick: int, kind: str) -> None:
        """Into another flag, or withdrawn; mostly by its author, sometimes by another."""
        row, flag = self.flags()[pick % len(self.flags())]
        by = who or flag.who
        path = f"{self.at}/flags/{self.flag_ids[id(flag)]}"
        body = {"flag": kind} if kind else {"withdrawn": True}
        answer = self.do(self.voters[by].patch(path, body, self.version_of(flag)))
        assert refusal(answer) == self.model.turn(by, row, flag, kind)

    def version_of(self, flag: Flag) -> int:
        """As its author's page knew it last; ending it was one more change."""
        return self.seen[self.flag_ids[id(flag)]] + flag.ended

    @precondition(lambda self: self.flags())
    @rule(pick=ANY)
    def take_up(self, pick: int) -> None:
        row, flag = self.flags()[pick % len(self.flags())]
        path = f"{self.at}/flags/{self.flag_ids[id(flag)]}/take-up"
        answer = self.post(self.house.by("chair"), path)
        assert refusal(answer) == self.model.take_up(row, flag)

    @rule(place=st.integers(0, 3), text=TEXTS)
    def reword(self, place: int, text: str) -> None:
        """Before it was adopted, or after: then a new draft stands beside the agreed text."""
        row, by = self.rows()[place], self.house.by("rapporteur")
        verb = "PATCH" if place == 3 else "PUT"
        headers = {"If-Match": str(row["version"])}
        answer = self.do(by.send(verb, self.paths[place], json={"text": text}, headers=headers))
        assert refusal(answer) == self.model.reword(self.model.all[place], text)

    @rule(place=st.integers(0, 3), ruling=st.sampled_from(RULINGS))
    def rule_on_one(self, place: int, ruling: str) -> None:
        self.decide([place], ruling)

    @rule(
        places=st.lists(st.integers(0, 3), min_size=2, max_size=4, unique=True),
        ruling=st.sampled_from(RULINGS),
    )
    def rule_on_many(self, places: list[int], ruling: str) -> None:
        self.decide(places, ruling)

    @precondition(lambda self: any(row.wording.n > 1 for row in self.model.all))
    @rule(ruling=st.sampled_from(RULINGS))
    def rule_on_an_earlier_wording(self, ruling: str) -> None:
        place = next(n for n, row in enumerate(self.model.all) if row.wording.n > 1)
        self.decide([place], ruling, stale=True)

    def decide(self, places: list[int], ruling: str, stale: bool = False) -> None:
        read = self.rows()
        versions = [read[place]["wording_version"] for place in places]
        if stale:
            versions = [self.first_version(place) for place in places]
        body = {
            "rows": [self.ids[place] for place in places], "wording_versions": versions,
            "ruling": ruling, "ruled_by": self.house.people["chair"]["id"],
        }  # fmt: skip
        answer = self.post(self.house.by("facilitator"), f"{self.at}/decisions", body)
        rows = [self.model.all[place] for place in places]
        assert refusal(answer) == self.model.decide(rows, ruling, stale)

    def first_version(self, place: int) -> str:
        return self.version_ids()[self.subjects[place]][0]

    # -- what must hold after each step ---------------------------------------------------------

    @invariant()
    def what_was_decided_stays(self) -> None:
        items = self.data(f"{self.at}/decisions?limit=200")["items"]
        told = sorted(items, key=lambda one: one["number"])
        assert [(one["ruling"], one["rows"], one["texts"]) for one in told] == [
            (ruling, [self.ids[place] for place in places], texts)
            for ruling, places, texts in self.model.decisions
        ]

    @invariant()
    def rows_stand_as_the_model_says(self) -> None:
        rows = self.rows()
        for row in rows:
            self.seen |= {one["id"]: one["version"] for one in row["flags"]}
        assert [
            (
                row["text"], row["wording_n"], row["state"], row["settled"], row["agreed_text"],
                row["changed_since"],
                sorted((one["flag"], one["asked_again"], one["taken_up"]) for one in row["flags"]),
            )
            for row in rows
        ] == [
            (
                row.wording.texts[-1], row.wording.n, row.state, row.settled, row.agreed_text,
                row.changed,
                sorted((one.kind, one.asked_again, one.taken_up) for one in row.standing),
            )
            for row in self.model.all
        ]  # fmt: skip

    @invariant()
    def no_wording_was_lost_or_changed(self) -> None:
        kept = {
            subject: row.wording.texts
            for subject, row in zip(self.subjects, self.model.all, strict=True)
        }
        found = self.wordings()
        assert {subject: found[subject] for subject in kept} == kept

    @invariant()
    def the_desk_shows_it(self) -> None:
        matrix, framework = self.page("desk/matrix"), self.page("desk/framework")
        for place, row in enumerate(self.model.all):
            word = TERMS["agreement"][row.state]
            if place == 3:
                assert word in element(framework, f"frame-{self.ids[place]}")
                continue
            cell = element(matrix, f"cell-{self.ids[place]}")
            assert cell.startswith(f"{row.agreed_text or row.wording.texts[-1]} {word}")
            assert ("a newer draft stands beside the agreed text" in cell) == row.changed

    @invariant()
    def the_chair_has_before_them_what_is_open(self) -> None:
        control = self.page("control")
        for id_, row in zip(self.ids, self.model.all, strict=True):
            assert bool(element(control, f"chair-{id_}")) == bool(row.standing and not row.settled)
            assert element(control, f"agree-{id_}").startswith(row.wording.texts[-1])
            assert f'<li id="agree-{id_}" class="cellrow {row.state.replace("_", "-")}' in control

    @invariant()
    def the_room_reads_it(self) -> None:
        """Each finds their own flag, or a way to flag what is not settled."""
        for name, voter in self.voters.items():
            page = self.page("mine/exercise", voter)
            for id_, row in zip(self.ids, self.model.all, strict=True):
                read = element(page, f"read-row-{id_}")
                assert read.startswith(f"{row.wording.texts[-1]} {TERMS['agreement'][row.state]}")
                own = [one for one in row.standing if one.who == name]
                said = [f"Your flag: {TERMS['flag'][one.kind]}" in read for one in own]
                assert said == [True] * len(own)
                assert (f'id="flag-{id_}"' in page) == (not own and not row.settled)


@pytest.mark.parametrize(
    ("meetings", "steps"), [(3, 8), pytest.param(150, 40, marks=pytest.mark.soak)]
)
async def test_decided_texts_never_change(
    owner: Caller, saw: Saw, meetings: int, steps: int
) -> None:
    await play(Decisions, owner, meetings, steps)
    saw(meetings, f"up to {steps} steps each: decided texts unchanged, every flag settled once")
