"""A tie is settled by the step that the round named, as a second outcome beside the first."""

import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

import pytest

from tests.support.house import Caller, House
from tests.support.table import code


@dataclass
class Hall:
    """A meeting whose two voters approve of different options, so that every choice ties."""

    house: House
    options: list[dict[str, str]]
    voters: list[Caller]

    async def vote(self, tie: str, ballots: list[list[int]], options: Any = None) -> str:
        """A closed and counted round to choose one of the options; its id."""
        run = self.house.owner
        settings = {"tie": tie, "keep": 1, "threshold": None}
        asked = options or [{"proposal": one["id"]} for one in self.options]
        body = {"type": "choose", "title": f"By {tie}", "settings": settings, "options": asked}
        made = (await run.post(f"{self.house.at}/activities", body)).json()
        ids = [one["id"] for one in made["options"]]
        opened = (await run.post(f"/activities/{made['id']}/open")).json()
        at = f"/rounds/{opened['id']}"
        for voter, chosen in zip(self.voters, ballots, strict=True):
            ballot = {"body": {"approval": [ids[n] for n in chosen]}, "revision": 1}
            cast = await voter.post(f"{at}/ballots", ballot, key=secrets.token_hex(8))
            assert cast.status_code == 200, cast.text
        assert (await run.post(f"{at}/close")).status_code == 200
        await run.outcome(at)
        return at

    async def outcome(self, at: str) -> dict[str, Any]:
        return dict((await self.house.owner.get(f"{at}/outcome")).json())


@pytest.fixture
async def hall(house: House) -> Hall:
    options = []
    for text in ("Night posts", "Radio sets", "Ranger schools"):
        made = await house.owner.post(
            f"{house.at}/proposals", {"kind": "priority_area", "text": text}
        )
        path = f"{house.at}/proposals/{made.json()['id']}/moderation"
        assert (await house.owner.post(path, {"decision": "accept"})).status_code == 200
        options.append({"id": made.json()["id"], "text": text})
    people = [{"label": f"Expert {n}", "roles": ["participant"]} for n in (1, 2)]
    added = (await house.owner.post(f"{house.at}/participants", people)).json()
    return Hall(house, options, [house.owner.as_(one["token"]) for one in added])


async def test_the_chair_settles_it_and_the_first_outcome_stays(hall: Hall) -> None:
    at = await hall.vote("chair", [[0, 1], [0, 1]])
    first, second, _ = (one["id"] for one in hall.options)
    before = await hall.outcome(at)
    tied = sorted([first, second])
    assert (before["decided"], before["winners"]) == ("tie", tied)
    refused = await hall.house.owner.post(f"{at}/tie-break", {"chosen": [hall.options[2]["id"]]})
    assert code(refused) == (422, "not_tied")
    assert code(await hall.house.by("rapporteur").post(f"{at}/tie-break", {})) == (
        403,
        "not_allowed",
    )
    settled = await hall.house.by("chair").post(f"{at}/tie-break", {"chosen": [second]})
    assert settled.status_code == 200, settled.text
    after = await hall.outcome(at)
    assert (after["decided"], after["winners"], after["outcome"], after["tie_break_of"]) == (
        "yes", [second], 2, 1,
    )  # fmt: skip
    assert after["earlier"] == [
        {"outcome": 1, "number": before["number"], "winners": tied, "decided": "tie",
         "ties": [tied]}
    ]  # fmt: skip
    again = await hall.house.owner.post(f"{at}/tie-break", {"chosen": [first]})
    assert code(again) == (422, "no_tie")
    record = (await hall.house.owner.get(f"/w/{hall.house.id}/desk/record")).text
    assert "Outcome 2 of round 1 of By chair: the chair settled the tie." in record


async def test_the_lot_is_drawn_with_the_head_at_the_opening(hall: Hall) -> None:
    at = await hall.vote("lot", [[0, 1], [0, 1]])
    before = await hall.outcome(at)
    log = (await hall.house.owner.get(f"{hall.house.at}/log?limit=200")).json()["items"]
    seed = next(line["hash"] for line in log if line["kind"] == "round_opened")
    tickets = {
        option: hashlib.sha256(f"{seed}\n{before['input_digest']}\n{option}".encode()).hexdigest()
        for option in before["ties"][0]
    }
    page = await hall.house.owner.get(f"/w/{hall.house.id}/control")
    assert (await hall.house.owner.post(f"{at}/tie-break")).status_code == 200
    after = await hall.outcome(at)
    assert after["winners"] == [min(tickets, key=tickets.__getitem__)]
    assert after["diagnostics"]["tie_break"]["seed"] == seed
    assert page.status_code == 200


async def test_a_run_off_asks_about_the_tied_alone(hall: Hall) -> None:
    at = await hall.vote("runoff", [[0, 1], [0, 1]])
    assert code(await hall.house.owner.post(f"{at}/tie-break")) == (422, "none_decides")
    tied = [{"proposal": one["id"]} for one in hall.options[:2]]
    await hall.vote("stop", [[0, 1], [1, 2]])  # asks about more than the tied
    assert code(await hall.house.owner.post(f"{at}/tie-break")) == (422, "none_decides")
    second = await hall.vote("stop", [[1], []], tied)
    given = {"round": second.removeprefix("/rounds/")}
    assert (await hall.house.owner.post(f"{at}/tie-break", given)).status_code == 200
    assert (await hall.outcome(at))["winners"] == [hall.options[1]["id"]]


async def test_an_earlier_stage_decides_what_it_can(hall: Hall) -> None:
    earlier = await hall.vote("stop", [[1], [1, 2]])
    at = await hall.vote("earlier_stage", [[0, 1], [0, 1]])
    await hall.vote("stop", [[0], [0]])  # later, so it is no earlier stage
    other = await hall.house.owner.post(f"{at}/tie-break", {"round": at.removeprefix("/rounds/")})
    assert code(other) == (422, "none_decides")
    assert (await hall.house.owner.post(f"{at}/tie-break")).status_code == 200
    after = await hall.outcome(at)
    assert after["winners"] == [hall.options[1]["id"]]
    first = (await hall.outcome(earlier))["input_digest"]
    assert after["diagnostics"]["tie_break"]["digest"] == first


async def test_without_a_step_named_beforehand_a_tie_stands(hall: Hall) -> None:
    at = await hall.vote("stop", [[0, 1], [0, 1]])
    assert code(await hall.house.owner.post(f"{at}/tie-break")) == (409, "tie_stops")
    clear = await hall.vote("lot", [[0], [0, 1]])
    assert code(await hall.house.owner.post(f"{clear}/tie-break")) == (422, "no_tie")


async def test_the_control_screen_shows_both_outcomes(hall: Hall) -> None:
    at = await hall.vote("chair", [[0, 1], [0, 1]])
    page = f"/w/{hall.house.id}/control"
    before = (await hall.house.owner.get(page)).text
    assert "Settle the tie: 1 of them to be chosen" in before
    assert "The chair takes “Night posts”" in before
    assert "The chair takes “Ranger schools”" not in before
    await hall.house.owner.post(f"{at}/tie-break", {"chosen": [hall.options[0]["id"]]})
    after = (await hall.house.owner.get(page)).text
    assert "The chair settled the tie." in after
    assert "Settle the tie" not in after
    assert after.count("Outcome 1, no. ") == after.count("Outcome 2, no. ") == 1
