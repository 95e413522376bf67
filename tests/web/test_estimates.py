"""Estimates over the API and on the pages: what is asked, what is refused, what turned out."""

from typing import Any

import pytest

from tests.support.house import House
from tests.support.table import Drafting

SCALE = {"min": 0, "max": 100}
QUESTIONS = ("Trucks", "Posts")


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The database makes no difference here."""
    return sqlite_url


async def asked(house: House, *options: Any, **settings: Any) -> dict[str, Any]:
    """An estimate of two questions, or of these options, on the agenda of the first day."""
    item = {"title": "What we know", "day": 1, "start": "09:00", "end": "10:30", "kind": "vote"}
    made = (await house.owner.post(f"{house.at}/agenda", item)).json()
    await house.owner.post(f"{house.at}/agenda/{made['id']}/start")
    body = {"type": "estimate", "title": "How many?", "options": options or QUESTIONS,
            "settings": settings, "agenda_item": made["id"]}  # fmt: skip
    answer = await house.by("facilitator").post(f"{house.at}/activities", body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def opened(house: House, activity: dict[str, Any]) -> str:
    answer = await house.by("facilitator").post(f"/activities/{activity['id']}/open")
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def cast(house: House, round_id: str, body: dict[str, Any], revision: int = 1) -> Any:
    ballot = {"body": body, "revision": revision}
    by = house.by("participant")
    return await by.post(f"/rounds/{round_id}/ballots", ballot, key=f"cast {round_id} {revision}")


async def closed(house: House, round_id: str) -> None:
    for step in ("close", "publish"):
        body = {"to": ["participants", "screen"]} if step == "publish" else {}
        answer = await house.by("facilitator").post(f"/rounds/{round_id}/{step}", body)
        assert answer.status_code == 200, answer.text
    await house.by("facilitator").outcome(f"/rounds/{round_id}")


async def page(house: House, name: str, role: str) -> str:
    answer = await house.by(role).get(f"/w/{house.id}/{name}")
    assert answer.status_code == 200, answer.text
    return answer.text


def guess(low: float, best: float, high: float, **more: float) -> dict[str, float]:
    return {"low": low, "best": best, "high": high, **more}


async def reported(house: House) -> dict[str, Any]:
    answer = await house.owner.get(f"{house.at}/export?format=json")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def known(house: House, activity: dict[str, Any], **settings: Any) -> Any:
    now = (await house.by("facilitator").get(f"/activities/{activity['id']}")).json()
    path = f"/activities/{activity['id']}"
    return await house.by("facilitator").patch(path, {"settings": settings}, now["version"])


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (guess(40, 30, 60, confidence=80), "in rising order"),
        (guess(20, 30, 101, confidence=80), "between 0 and 100"),
        (guess(20, 30, 60, confidence=40), "Below 50 percent"),
        (guess(20, 30, 60), "how sure you are"),
    ],
)
async def test_the_server_says_what_the_form_says(
    house: House, given: dict[str, float], words: str
) -> None:
    activity = await asked(house, scale={**SCALE, "confidence": True})
    round_id = await opened(house, activity)
    answer = await cast(house, round_id, {"interval": {activity["options"][0]["id"]: given}})
    assert answer.status_code == 422
    assert words in answer.json()["error"]["message"]


async def test_two_rounds_of_ranges_with_ones_own_in_view(house: House) -> None:
    activity = await asked(house, scale=SCALE, secrecy="confidential")
    trucks = activity["options"][0]["id"]
    for _ in range(2):
        round_id = await opened(house, activity)
        room = await page(house, "room", "participant")
        assert 'data-shape="interval"' in room
        answer = await cast(
            house, round_id, {"interval": {trucks: guess(20, 35, 60, confidence=80)}}
        )
        assert answer.status_code == 200, answer.text
        await closed(house, round_id)
        for name, role in (("room", "observer"), ("control", "facilitator"), ("screen", "screen")):
            html = await page(house, name, role)
            assert "The group: 20 to 60, best guess 35." in html
            assert "Yours:" not in html
        assert "Yours: 20 to 60, best guess 35." in await page(house, "room", "participant")
    await opened(house, activity)
    assert "Your earlier answer: 20 to 60" in await page(house, "room", "participant")
    assert "20 ≤ 35 ≤ 60 (80 %)" in (await house.owner.get(f"{house.at}/export?format=json")).text


@pytest.mark.parametrize("chips", [None, 10])
async def test_curves_are_pooled(house: House, chips: int | None) -> None:
    scale = {**SCALE, "chips": chips} if chips else SCALE
    activity = await asked(house, method="linear_pool", scale=scale)
    trucks = activity["options"][0]["id"]
    round_id = await opened(house, activity)
    assert ("data-chips-to-lay" in await page(house, "room", "participant")) is bool(chips)
    wrong = await cast(house, round_id, {"quantiles": {trucks: {"0.1": 5, "0.9": 50}}})
    assert "at each of these probabilities" in wrong.json()["error"]["message"]
    given = {"0.05": 10, "0.5": 30, "0.95": 70}
    if chips:
        given = {f"{0.05 + n / 10:.2f}": 20 + n for n in range(10)}
    answer = await cast(house, round_id, {"quantiles": {trucks: given}})
    assert answer.status_code == 200, answer.text
    await closed(house, round_id)
    assert "1 curve. The group: half below" in await page(house, "room", "participant")
    assert "1 curve. The group: half below" in await page(house, "screen", "screen")


async def test_chips_need_two_ends(house: House) -> None:
    body = {"type": "estimate", "title": "How many?", "settings": {"scale": {"chips": 10}}}
    answer = await house.by("facilitator").post(f"{house.at}/activities", body)
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "no_scale"


async def test_cooke_takes_the_known_answers_as_the_round_opens(house: House) -> None:
    activity = await asked(house, method="cooke", scale=SCALE)
    trucks, posts = (option["id"] for option in activity["options"])
    refused = await house.by("facilitator").post(f"/activities/{activity['id']}/open")
    assert refused.json()["error"]["code"] == "no_seeds"
    assert (await known(house, activity, realisations={trucks: 31})).status_code == 200
    round_id = await opened(house, activity)
    await known(house, activity, realisations={trucks: 99})
    mine = (await house.by("facilitator").get(f"/rounds/{round_id}")).json()
    assert mine["params"]["realisations"] == {trucks: 31}
    for path in (f"/rounds/{round_id}", f"/activities/{activity['id']}", f"{house.at}/activities"):
        assert "realisations" not in (await house.by("participant").get(path)).text
    given = {"0.05": 10, "0.5": 30, "0.95": 70}
    await cast(house, round_id, {"quantiles": {trucks: given, posts: given}})
    await closed(house, round_id)
    outcome = (await house.by("facilitator").get(f"/rounds/{round_id}/outcome")).json()
    (expert,) = outcome["diagnostics"]["experts"].values()
    assert expert["weight"] == 1.0
    assert (await reported(house))["rounds"][0]["turned_out"] == []
    await known(house, activity, answers_shown=True)
    (told,) = (await reported(house))["rounds"]
    assert told["turned_out"][0].startswith(
        "“Trucks”: 99 turned out. The group’s best guess was 30;"
    )
    assert told["turned_out"][-1] == (
        "Weights by Cooke’s classical model (1991), calibration × information over 1 known "
        "questions, from the heaviest on and without names: "
        f"1 ({expert['calibration']:.4g} × {expert['information']:.4g})"
    )
    assert "Half below" in await page(house, "room", "participant")


async def test_chances_are_scored_beside_the_outcome(house: House) -> None:
    activity = await asked(house, scale={"chance": True})
    trucks, posts = (option["id"] for option in activity["options"])
    round_id = await opened(house, activity)
    answers = {trucks: guess(60, 80, 90), posts: guess(10, 30, 50)}
    assert (await cast(house, round_id, {"interval": answers})).status_code == 200
    await closed(house, round_id)
    path = f"/rounds/{round_id}/outcome"
    before = (await house.by("facilitator").get(path)).json()
    assert (await known(house, activity, realisations={"nobody": 1})).status_code == 422
    await known(house, activity, realisations={trucks: 1, posts: 0})
    after = (await house.by("facilitator").get(path)).json()
    scored = after.pop("realised")
    assert after == before
    assert scored["brier"] == pytest.approx((0.2**2 + 0.3**2) / 2)
    assert [one["n"] for one in scored["calibration"]] == [1, 1]
    assert "realised" not in (await house.by("participant").get(path)).json()
    assert "What turned out" not in await page(house, "room", "participant")
    assert (await reported(house))["rounds"][0]["scored"] == {}
    assert "What turned out" in await page(house, "control", "facilitator")
    assert "Known answers…" in await page(house, "desk/agenda", "facilitator")
    assert "Known answers…" not in await page(house, "desk/agenda", "rapporteur")
    await known(house, activity, answers_shown=True, realisations={trucks: 1, posts: None})
    shown = (await house.by("participant").get(path)).json()["realised"]
    assert list(shown["questions"]) == [trucks]
    assert "Brier score of the group" in await page(house, "room", "participant")
    (told,) = (await reported(house))["rounds"]
    assert told["scored"] == shown
    assert told["turned_out"] == [
        "“Trucks”: it came true. The group had given it 80 %; Brier score 0.04",
        (
            "Brier score, the mean of (chance − what came)² (Brier 1950): of the group 0.04, of "
            "single answers 0.04; 0 is perfect, 0.25 is what “fifty-fifty” always gets"
        ),
        "Calibration: of 1 answers from 80 to 100 %, 80 % on average, 100 % came true",
    ]


async def test_what_was_estimated_is_reached_from_the_matrix(drafting: Drafting) -> None:
    house, area, response = drafting.house, drafting.areas[0], drafting.responses[0]
    row = await drafting.cell()
    options = ({"proposal": area}, {"proposal": response}, "A text")
    activity = await asked(house, *options, scale={**SCALE, "unit": "trucks a week"})
    text = activity["options"][2]["id"]
    round_id = await opened(house, activity)
    given = {area: guess(20, 35, 60), response: guess(1, 2, 4), text: guess(5, 6, 7)}
    assert (await cast(house, round_id, {"interval": given})).status_code == 200
    await house.by("facilitator").post(f"/rounds/{round_id}/close")
    await house.by("facilitator").outcome(f"/rounds/{round_id}")
    html = f"{house.at}/export?format=html"
    assert "best guess" not in (await house.by("participant").get(html)).text
    everybody = {"to": ["participants"]}
    await house.by("facilitator").post(f"/rounds/{round_id}/publish", everybody)
    of_area, of_response = (
        f"“How many?”: best guess {best} trucks a week (median {best}), between {low} and {high}, "
        "n 1"
        for low, best, high in ((20, 35, 60), (1, 2, 4))
    )
    rows = (await reported(house))["rows"]
    assert [(one["area_estimates"], one["estimates"]) for one in rows] == [
        ([of_area], [of_response]), ([], []),
    ]  # fmt: skip
    for name in ("desk/matrix", "desk/matrix?view=long", "desk/matrix?view=cells"):
        shown = await page(house, name, "facilitator")
        assert (of_area in shown, of_response in shown, "best guess 6" in shown) == (
            True, True, False,
        )  # fmt: skip
    taken = (await house.by("participant").get(html)).text
    assert (of_area in taken, of_response in taken) == (True, True)
    story = await page(house, f"desk/story/{row['id']}", "facilitator")
    assert (
        "Estimated in “How many?”, round 1: best guess 35 trucks a week (median 35), between 20 "
        "and 60, n 1"
    ) in story
