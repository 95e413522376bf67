"""Proposals are submitted, worded anew, merged, taken apart, sent back and questioned in any order:
nothing that was submitted is lost, no wording changes without a version, undo restores, and each
stands on the screens as it stands."""

import asyncio
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from tests.machines.driven import Driven, element, play, refusal
from tests.machines.papers import Paper, Papers
from tests.support.house import Caller
from tests.support.soaking import Saw

AUTHORS = ("Expert A", "Expert B", "Expert C")
TEXTS = st.sampled_from(
    ("Porous borders", "Borders are porous", "Little trust", "No lamps by night", "Lamps and trust")
)
WHO = st.sampled_from(AUTHORS)
ANY = st.integers(0, 10**6)  # one of them, however many there are by then
STANDS = {
    "waiting": ("waiting", "waiting for the moderators"),
    "accepted": ("accepted", "accepted"),
    "returned": ("sent back", "sent back to you"),
    "merged": ("merged", "merged with others"),
}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What becomes of a proposal does not depend on the database."""
    return sqlite_url


class Proposals(Driven):
    """A meeting that puts forward and moderates proposals."""

    def __init__(self, owner: Caller, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(owner, loop)
        self.model = Papers()
        self.ids: list[str] = []
        run = self.house.owner
        people = [
            {"label": name, "roles": ["participant"], "capacity": "expert"} for name in AUTHORS
        ]
        seats = self.post(run, f"{self.at}/participants", people).json()
        self.authors = {seat["label"]: run.as_(seat["token"]) for seat in seats}
        body = {"type": "propose", "title": "What matters?", "settings": {}}
        self.activity = self.post(run, f"{self.at}/activities", body).json()["id"]
        self.post(run, f"/activities/{self.activity}/stage", {"stage": "revealed"})
        self.moderator = self.house.by("rapporteur")

    def one(self, pick: int) -> Paper:
        return self.model.all[pick % len(self.model.all)]

    def moderate(self, paper: Paper, decision: str, **more: str) -> str:
        path = f"{self.at}/proposals/{self.ids[paper.place]}/moderation"
        return refusal(self.post(self.moderator, path, {"decision": decision, **more}))

    # -- what may happen ------------------------------------------------------------------------

    @initialize(author=WHO, text=TEXTS)
    def somebody_begins(self, author: str, text: str) -> None:
        self.submit(author, text)

    @rule(author=WHO, text=TEXTS)
    def submit(self, author: str, text: str) -> None:
        body = {"kind": "priority_area", "text": text, "activity": self.activity}
        made = self.post(self.authors[author], f"{self.at}/proposals", body)
        assert refusal(made) == self.model.submit(author, text)
        self.ids.append(made.json()["id"])

    @rule(who=st.sampled_from(("", *AUTHORS)), pick=ANY, text=TEXTS)
    def reword(self, who: str, pick: int, text: str) -> None:
        """By a moderator, or by an author whose own it may be."""
        paper = self.one(pick)
        path = f"{self.at}/proposals/{self.ids[paper.place]}"
        by = self.authors[who] if who else self.moderator
        edited = next(one["version"] for one in self.listed() if one["id"] == path[-20:])
        answer = self.do(by.patch(path, {"text": text}, edited))
        assert refusal(answer) == self.model.reword(who, paper, text)

    @rule(picks=st.lists(ANY, min_size=1, max_size=3), text=TEXTS)
    def merge(self, picks: list[int], text: str) -> None:
        chosen = [
            self.model.all[place] for place in dict.fromkeys(self.one(n).place for n in picks)
        ]
        body = {"proposals": [self.ids[one.place] for one in chosen], "text": text}
        made = self.post(self.moderator, f"{self.at}/proposals/merge", body)
        assert refusal(made) == self.model.merge(chosen, text)
        if made.status_code == 201:
            self.ids.append(made.json()["id"])

    @precondition(lambda self: any(one.originals for one in self.model.all))
    @rule(pick=ANY)
    def take_apart(self, pick: int) -> None:
        merged = [one for one in self.model.all if one.originals]
        paper = merged[pick % len(merged)]
        assert self.moderate(paper, "undo_merge") == self.model.undo(paper)

    @rule(pick=ANY)
    def take_apart_what_may_be_none(self, pick: int) -> None:
        assert self.moderate(self.one(pick), "undo_merge") == self.model.undo(self.one(pick))

    @rule(pick=ANY)
    def accept(self, pick: int) -> None:
        assert self.moderate(self.one(pick), "accept") == self.model.accept(self.one(pick))

    @rule(pick=ANY, reason=st.sampled_from(("Which one?", "Too wide")))
    def send_back(self, pick: int, reason: str) -> None:
        answer = self.moderate(self.one(pick), "return", reason=reason)
        assert answer == self.model.return_(self.one(pick), reason)

    @rule(who=WHO, pick=ANY)
    def hold_back(self, who: str, pick: int) -> None:
        path = f"{self.at}/proposals/{self.ids[self.one(pick).place]}/hold-back"
        answer = self.post(self.authors[who], path)
        assert refusal(answer) == self.model.hold_back(who, self.one(pick))

    @rule(pick=ANY, text=st.sampled_from(("", "Lamps, not staff")))
    def say_that_it_was_not_meant(self, pick: int, text: str) -> None:
        """By whoever wrote it, or of a merged one by somebody else."""
        paper = self.one(pick)
        who = paper.author or AUTHORS[pick % len(AUTHORS)]
        path = f"{self.at}/proposals/{self.ids[paper.place]}/not-meant"
        answer = self.post(self.authors[who], path, {"text": text})
        assert refusal(answer) == self.model.not_meant(who, paper, text)

    @rule(pick=ANY)
    def answer_an_author(self, pick: int) -> None:
        answer = self.moderate(self.one(pick), "answer", reason="The second one says so.")
        assert answer == self.model.answer(self.one(pick))

    # -- what must hold after each step ---------------------------------------------------------

    def listed(self) -> list[dict[str, Any]]:
        items = self.data(f"{self.at}/proposals?limit=200", "rapporteur")["items"]
        return sorted(items, key=lambda one: self.ids.index(one["id"]))

    @invariant()
    def all_stand_as_the_model_says(self) -> None:
        said = [
            (
                one["text"], one["wording_n"], one["status"], one["return_reason"],
                one["merged_into"], sorted(one["originals"]), one["author"]["text"],
            )
            for one in self.listed()
        ]  # fmt: skip
        assert said == [
            (
                one.texts[-1], len(one.texts), one.status, one.reason,
                None if one.into is None else self.ids[one.into],
                sorted(self.ids[place] for place in one.originals),
                "" if one.held else one.author,
            )
            for one in self.model.all
        ]  # fmt: skip

    @invariant()
    def no_wording_was_lost_or_changed(self) -> None:
        kept = {id_: one.texts for id_, one in zip(self.ids, self.model.all, strict=True)}
        assert self.wordings() == kept

    @invariant()
    def moderators_see_it(self) -> None:
        desk, control = self.page("desk/proposals"), self.page("control")
        for id_, one in zip(self.ids, self.model.all, strict=True):
            row = element(desk, f"proposal-{id_}")
            assert f"{one.texts[-1]} version {len(one.texts)}" in row
            assert f" {STANDS[one.status][0]} " in f"{row} "
            assert ("Not what its author meant." in row) == self.model.waits_for_an_answer(one)
            assert ("Undo the merge" in row) == (bool(one.originals) and one.status == "accepted")
            assert bool(element(control, f"waits-{id_}")) == (one.status == "waiting")
            assert bool(element(control, f"misread-{id_}")) == self.model.waits_for_an_answer(one)

    @invariant()
    def authors_find_their_own(self) -> None:
        """Their first wording, the present one, how it stands; nobody finds another's."""
        for name, author in self.authors.items():
            page = self.page("mine/proposals", author)
            for id_, one in zip(self.ids, self.model.all, strict=True):
                found = element(page, f"mine-{id_}")
                assert bool(found) == (one.author == name)
                if found:
                    stands = self.model.all[self.model.way_of(one)[-1]]
                    assert f"· {STANDS[one.status][1]}" in found
                    assert element(page, f"mine-title-{id_}") == stands.texts[-1]
                    assert self.first_wording(found) == (
                        "" if one.texts[0] == stands.texts[-1] else one.texts[0]
                    )

    def first_wording(self, section: str) -> str:
        """What the page says was written first."""
        _, _, rest = section.partition("As you first wrote it ")
        return " ".join(rest.partition(" As it stands now")[0].replace("removed:", "").split())

    def teardown(self) -> None:
        """The record tells of each one when it was put forward, and of every merge."""
        log = self.data(f"{self.at}/log?limit=200", "facilitator")["items"]
        made = [line for line in log if line["kind"] in ("proposal_made", "proposals_merged")]
        assert [line["ids"]["proposal"] for line in made] == self.ids
        words = {"proposal_made": "was proposed.", "proposals_merged": "into a new one."}
        page = self.page("desk/record")
        shown = [one for one in made if f'id="line-{one["number"]}"' in page]
        assert shown[-1:] == made[-1:]
        assert all(words[one["kind"]] in element(page, f"line-{one['number']}") for one in shown)


@pytest.mark.parametrize(
    ("meetings", "steps"), [(3, 10), pytest.param(150, 40, marks=pytest.mark.soak)]
)
async def test_nothing_submitted_is_lost(
    owner: Caller, saw: Saw, meetings: int, steps: int
) -> None:
    await play(Proposals, owner, meetings, steps)
    saw(meetings, f"up to {steps} steps each: nothing submitted lost, every wording kept")
