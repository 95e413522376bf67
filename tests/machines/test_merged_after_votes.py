"""What was voted on is merged, split, reworded, taken apart and voted on again, rounds are
reopened, in any order: no ballot is lost, no voter counts twice, closed outcomes keep every byte,
and each voter is shown their own earlier answers to confirm, or is asked where they differ."""

import asyncio
import secrets
import time
from typing import Any

import pytest
import rfc8785
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule
from sqlalchemy import Connection
from sqlmodel import col, select

from app.models import Ballot, Outcome, RegisterEntry, Round
from tests.machines.driven import Driven, element, play, refusal
from tests.machines.sheets import Answers, Before, Sheets, Topic
from tests.support.house import Caller
from tests.support.soaking import Saw

VOTERS = ("Expert A", "Expert B", "Expert C")
FIRST = ["Porous borders", "Little trust", "No lamps", "Few radios"]
TEXTS = st.sampled_from(("Borders and lamps", "Trust at the border", "Lamps, radios", "Posts"))
WHO = st.sampled_from(VOTERS)
ANY = st.integers(0, 10**6)  # one of them, however many there are by then
VALUES = st.one_of(st.none(), st.integers(1, 9))
HOW = {
    "reworded": "Reworded since the round before:",
    "merged": "Merged since the round before, from:",
    "split": "Split since the round before, from:",
}
ASKED = "You answered differently to what it was made of."
PATIENCE = 30  # seconds that a count may take on a laden machine


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What a merge does to rounds does not depend on the database."""
    return sqlite_url


class MergedAfterVotes(Driven):
    """Three voters rate four proposals, in as many rounds as there come to be."""

    def __init__(self, owner: Caller, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(owner, loop)
        self.run, self.model = owner, Sheets(FIRST)
        self.moderator = self.house.by("rapporteur")
        people = [
            {"label": name, "roles": ["participant"], "capacity": "expert"} for name in VOTERS
        ]
        seats = self.post(owner, f"{self.at}/participants", people).json()
        self.voters = {seat["label"]: owner.as_(seat["token"]) for seat in seats}
        self.seats = {seat["id"]: seat["label"] for seat in seats}
        self.ids = [self.proposed(text) for text in FIRST]
        body = {
            "type": "rate", "title": "How important?",
            "options": [{"proposal": id_} for id_ in self.ids],
        }  # fmt: skip
        self.activity = self.post(owner, f"{self.at}/activities", body).json()["id"]
        self.round_ids: list[str] = []
        self.bytes: dict[str, bytes] = {}

    def proposed(self, text: str) -> str:
        made = self.post(self.run, f"{self.at}/proposals", {"kind": "priority_area", "text": text})
        id_ = str(made.json()["id"])
        self.post(self.run, f"{self.at}/proposals/{id_}/moderation", {"decision": "accept"})
        return id_

    def here(self) -> str:
        """The round that is open."""
        assert self.model.running is not None
        return self.round_ids[self.model.rounds.index(self.model.running)]

    def moderate(self, topic: Topic, **body: Any) -> Any:
        path = f"{self.at}/proposals/{self.ids[topic.place]}/moderation"
        return self.post(self.moderator, path, body)

    def is_open(self) -> bool:
        return self.model.running is not None

    # -- what may happen ------------------------------------------------------------------------

    @initialize(answers=st.lists(st.lists(VALUES, min_size=2, max_size=4), min_size=3, max_size=3))
    def a_first_round(self, answers: list[list[int | None]]) -> None:
        """Everybody votes; what they voted on is changed in every way, and put to them again."""
        self.open()
        for who, values in zip(VOTERS, answers, strict=True):
            self.vote(who, values)
        self.close()
        self.merge([0, 1], "Posts")
        self.split(0, ["Lamps by night", "Lamps by day"])
        self.reword(0, "Many radios")
        self.open()

    @precondition(lambda self: not self.is_open())
    @rule()
    def open(self) -> None:
        made = self.post(self.run, f"/activities/{self.activity}/open").json()
        self.round_ids.append(made["id"])
        self.model.open()

    @precondition(is_open)
    @rule(who=WHO, values=st.lists(VALUES, min_size=1, max_size=6))
    def vote(self, who: str, values: list[int | None]) -> None:
        asked = [place for place, _ in self.model.running.asked]  # type: ignore[union-attr]
        self.cast(who, dict(zip(asked, values, strict=False)))

    @precondition(is_open)
    @rule(who=WHO)
    def confirm(self, who: str) -> None:
        """Take over whatever stands to be confirmed, on top of what one answered in this round."""
        before = self.model.before(who)
        said = {place: one.answers[0] for place, one in before.items() if len(one.answers) == 1}
        now = self.model.running.live().get(who, {})  # type: ignore[union-attr]
        self.cast(who, {**said, **now})

    def cast(self, who: str, answers: Answers) -> None:
        self.model.cast(who, answers)
        body = {
            "body": {"rating": {self.ids[place]: value for place, value in answers.items()}},
            "revision": self.model.running.revisions(who),  # type: ignore[union-attr]
        }
        path = f"/rounds/{self.here()}/ballots"
        answer = self.do(self.voters[who].post(path, body, key=secrets.token_hex(8)))
        assert refusal(answer) == ""

    @precondition(is_open)
    @rule()
    def close(self) -> None:
        round_id = self.here()
        self.post(self.run, f"/rounds/{round_id}/close")
        self.model.close()
        until = time.monotonic() + PATIENCE
        while len(self.outcomes(round_id)) < self.sheet(round_id).outcomes:
            assert time.monotonic() < until, "not counted"
            time.sleep(0.01)

    @precondition(lambda self: self.round_ids and not self.is_open())
    @rule(pick=ANY)
    def reopen(self, pick: int) -> None:
        """The same round goes on with its ballots and its wordings, whatever became of them."""
        place = pick % len(self.round_ids)
        body = {"reason": "Somebody was cut off"}
        answer = self.post(self.run, f"/rounds/{self.round_ids[place]}/reopen", body)
        assert refusal(answer) == ""
        self.model.rounds[place].open = True

    @rule(picks=st.lists(ANY, min_size=2, max_size=3), text=TEXTS)
    def merge(self, picks: list[int], text: str) -> None:
        standing = self.model.standing()
        chosen = list(dict.fromkeys(standing[pick % len(standing)] for pick in picks))
        body = {"proposals": [self.ids[one.place] for one in chosen], "text": text}
        made = self.post(self.moderator, f"{self.at}/proposals/merge", body)
        assert refusal(made) == self.model.make(chosen, [text])
        if made.status_code == 201:
            self.ids.append(made.json()["id"])

    @rule(pick=ANY, texts=st.lists(TEXTS, min_size=2, max_size=3, unique=True))
    def split(self, pick: int, texts: list[str]) -> None:
        standing = self.model.standing()
        topic = standing[pick % len(standing)]
        answer = self.moderate(topic, decision="split", texts=texts)
        assert refusal(answer) == self.model.make([topic], texts)
        if not refusal(answer):
            said = {one["id"]: one["text"] for one in self.listed()}
            self.ids += sorted(answer.json()["parts"], key=lambda one: texts.index(said[one]))

    @precondition(lambda self: any(topic.act for topic in self.model.topics))
    @rule(pick=ANY)
    def undo(self, pick: int) -> None:
        made = [topic for topic in self.model.topics if topic.act]
        topic = made[pick % len(made)]
        answer = self.moderate(topic, decision="undo_merge")
        assert refusal(answer) == self.model.undo(topic)

    @rule(pick=ANY, text=TEXTS)
    def reword(self, pick: int, text: str) -> None:
        """While a round is open too: it asks what it asked, the next one asks the new wording."""
        standing = self.model.standing()
        topic = standing[pick % len(standing)]
        path = f"{self.at}/proposals/{self.ids[topic.place]}"
        version = next(o["version"] for o in self.listed() if o["id"] == self.ids[topic.place])
        assert refusal(self.do(self.moderator.patch(path, {"text": text}, version))) == ""
        self.model.reword(topic, text)

    # -- what must hold after each step ---------------------------------------------------------

    def listed(self) -> list[dict[str, Any]]:
        return list(self.data(f"{self.at}/proposals?limit=200", "rapporteur")["items"])

    def sheet(self, round_id: str) -> Any:
        return self.model.rounds[self.round_ids.index(round_id)]

    def outcomes(self, round_id: str) -> list[Any]:
        found = self.do(self.house.app.state.db.read(_outcomes, self.house.id))
        return [one for one in found if one.round_id == round_id]

    @invariant()
    def no_ballot_is_lost(self) -> None:
        rows = self.do(self.house.app.state.db.read(_ballots, self.house.id))
        found: dict[str, list[Any]] = {round_id: [] for round_id in self.round_ids}
        for row in rows:
            said = {self.ids.index(id_): value for id_, value in row.body["rating"].items()}
            found[row.round_id].append((self.seats[row.participant_id], said))
        assert found == {
            round_id: sheet.cast
            for round_id, sheet in zip(self.round_ids, self.model.rounds, strict=True)
        }
        live = [(row.round_id, row.participant_id) for row in rows if row.superseded_by is None]
        assert len(live) == len(set(live)) == sum(len(one.live()) for one in self.model.rounds)

    @invariant()
    def closed_outcomes_keep_every_byte(self) -> None:
        """A reopened round has a further one beside them, counted from one ballot a voter."""
        for round_id, sheet in zip(self.round_ids, self.model.rounds, strict=True):
            recorded = self.outcomes(round_id)
            assert [one.n for one in recorded] == list(range(1, sheet.outcomes + 1))
            for one in recorded:
                said = rfc8785.dumps([one.method_version, one.input_digest, one.result, one.number])
                assert self.bytes.setdefault(one.id, said) == said
            if recorded and not sheet.open:
                result = recorded[-1].result
                assert result["turnout"]["cast"] == len(sheet.live())
                figures = result["diagnostics"]["options"]
                assert sheet.medians() == {
                    self.ids.index(id_): (one["n"], one["median"]) for id_, one in figures.items()
                }

    @invariant()
    def rounds_ask_what_they_asked(self) -> None:
        for round_id, sheet in zip(self.round_ids, self.model.rounds, strict=True):
            told = self.data(f"/rounds/{round_id}")["options"]
            assert [(self.ids.index(one["id"]), one["text"]) for one in told] == sheet.asked

    @invariant()
    def the_next_round_would_carry_what_stands(self) -> None:
        told = self.data(f"/activities/{self.activity}")["options"]
        assert [self.ids.index(one["id"]) for one in told] == self.model.options

    @precondition(is_open)
    @invariant()
    def each_is_shown_their_own_answers(self) -> None:
        for who, voter in self.voters.items():
            page, before = self.page("mine/exercise", voter), self.model.before(who)
            for place, _ in self.model.running.asked:  # type: ignore[union-attr]
                self.told(element(page, f"before-{self.ids[place]}"), before.get(place), who, place)

    def told(self, shown: str, before: Before | None, who: str, place: int) -> None:
        """What stands beside one option in one voter's form."""
        if before is None:
            assert shown == ""
            return
        assert shown.startswith(HOW[before.how])
        if before.how != "reworded":
            for text, given, answer in before.parts:
                said = "No opinion" if answer is None else answer
                assert (f"{text} · your answer: {said}" if given else text) in shown
        answered = place in self.model.running.live().get(who, {})  # type: ignore[union-attr]
        assert (ASKED in shown) == (len(before.answers) > 1)
        assert ("Confirm:" in shown) == (len(before.answers) == 1 and not answered)


def _ballots(conn: Connection, workshop_id: str) -> list[Any]:
    """Every ballot of the meeting in the order in which it came, with whose it is."""
    return list(
        conn.execute(
            select(Ballot, col(RegisterEntry.participant_id))
            .join(RegisterEntry, col(RegisterEntry.id) == col(Ballot.entry_id))
            .join(Round, col(Round.id) == col(Ballot.round_id))
            .where(Round.workshop_id == workshop_id)
            .order_by(col(Ballot.number))
        )
    )


def _outcomes(conn: Connection, workshop_id: str) -> list[Any]:
    return list(
        conn.execute(
            select(Outcome).where(Outcome.workshop_id == workshop_id).order_by(col(Outcome.n))
        )
    )


@pytest.mark.parametrize(
    ("meetings", "steps"), [(3, 6), pytest.param(150, 40, marks=pytest.mark.soak)]
)
async def test_no_ballot_is_lost_and_nobody_counts_twice(
    owner: Caller, saw: Saw, meetings: int, steps: int
) -> None:
    await play(MergedAfterVotes, owner, meetings, steps)
    saw(meetings, f"up to {steps} steps each: no ballot lost, no voter twice, outcomes unchanged")
