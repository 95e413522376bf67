"""Agreed language over the API and on its pages: brackets, passages, amendments."""

from typing import Any

import pytest

from tests.support.table import Drafting, code


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What is agreed does not depend on the database."""
    return sqlite_url


async def conclude(drafting: Drafting, text: str) -> Any:
    made = await drafting.by("rapporteur").post(f"{drafting.at}/conclusions", {"text": text})
    assert made.status_code == 201, made.text
    return await row(drafting)


async def row(drafting: Drafting) -> Any:
    """The one conclusion as everybody reads it."""
    return (await drafting.by("observer").get(f"{drafting.at}/matrix")).json()["conclusions"][0]


async def page(drafting: Drafting, role: str, path: str) -> str:
    return (await drafting.by(role).get(f"/w/{drafting.house.id}/{path}")).text


async def test_brackets_are_refused_unless_they_are_adopted_as_brackets(
    drafting: Drafting,
) -> None:
    one = await conclude(drafting, "Train [all / border] posts [yearly]")
    desk = await page(drafting, "rapporteur", "desk/framework")
    refused = await drafting.decide("consensus", one)
    kept = await drafting.decide("consensus", one, brackets=True)
    assert "2 open brackets" in desk
    assert (code(refused), kept.json()["texts"]) == ((409, "brackets_open"), [one["text"]])


async def test_not_agreed_needs_no_settled_brackets(drafting: Drafting) -> None:
    one = await conclude(drafting, "Train [all] posts")
    assert (await drafting.decide("not_agreed", one)).status_code == 201


async def test_a_flag_names_a_passage_and_stays_with_its_wording(drafting: Drafting) -> None:
    one = await conclude(drafting, "Train border posts; share case files.")
    elsewhere = {"row": one["id"], "flag": "reservation", "passage": "sea posts"}
    wrong = await drafting.by("participant").post(f"{drafting.at}/flags", elsewhere)
    await drafting.flag(one["id"], "reservation", passage="share case files", text="Costs")
    path = f"{drafting.at}/conclusions/{one['id']}"
    await drafting.by("rapporteur").patch(path, {"text": "Train; share case files."}, 1)
    still = await page(drafting, "rapporteur", "desk/framework")
    await drafting.by("rapporteur").patch(path, {"text": "Train border posts."}, 2)
    gone = await page(drafting, "rapporteur", "desk/framework")
    flag = (await row(drafting))["flags"][0]
    assert code(wrong) == (422, "passage_not_there")
    assert "flagged:" in still
    assert "concerns version" not in still
    assert "concerns version 1; the text has changed since" in gone
    assert (flag["passage"], flag["wording_n"]) == ("share case files", 1)


async def test_an_amendment_is_taken_up_and_named_by_the_version_it_makes(
    drafting: Drafting,
) -> None:
    one = await conclude(drafting, "Train border posts every year.")
    wanted = "Train sea posts every year."
    flag = await drafting.flag(one["id"], "another_wording", wording=wanted, named=True)
    path = f"{drafting.at}/flags/{flag['id']}/take-up"
    desk = await page(drafting, "rapporteur", "desk/framework")
    unasked = await drafting.by("chair").post(path, {})
    stale = await drafting.by("rapporteur").post(path, {"wording_version": "old"})
    body = {"wording_version": one["wording_version"]}
    taken = await drafting.by("rapporteur").post(path, body)
    now = await row(drafting)
    told = await page(drafting, "participant", f"story/{one['id']}")
    assert all(words in desk for words in ("Take it up", "<del>", "added:"))
    assert [code(unasked), code(stale)] == [(403, "not_allowed"), (409, "edited_meanwhile")]
    assert (taken.json()["taken_up"], now["text"], now["wording_n"]) == (True, wanted, 2)
    assert "An amendment was taken up, version 2" in told
    assert (await drafting.decide("consensus", now)).status_code == 201


async def test_two_amendments_of_different_words_are_both_taken_up(drafting: Drafting) -> None:
    cell = await drafting.cell()  # "Train border posts together"
    one = await drafting.flag(cell["id"], "another_wording", wording="Train sea posts together")
    people = [{"label": "Another", "roles": ["participant"]}]
    seat = (await drafting.house.owner.post(f"{drafting.at}/participants", people)).json()[0]
    body = {"row": cell["id"], "flag": "another_wording", "wording": "Train border posts jointly"}
    other = (
        await drafting.house.owner.as_(seat["token"]).post(f"{drafting.at}/flags", body)
    ).json()
    for flag in (one, other):
        await drafting.by("rapporteur").post(f"{drafting.at}/flags/{flag['id']}/take-up", {})
    found = await drafting.row(cell["id"])
    assert (found["text"], [flag["taken_up"] for flag in found["flags"]]) == (
        "Train sea posts jointly",
        [True, True],
    )


async def test_an_amendment_set_aside_tells_its_author_why_and_stands(drafting: Drafting) -> None:
    one = await conclude(drafting, "Train border posts.")
    flag = await drafting.flag(one["id"], "another_wording", wording="Train sea posts.")
    path = f"{drafting.at}/flags/{flag['id']}"
    refused = await drafting.by("participant").post(f"{path}/set-aside", {"reason": "No"})
    aside = await drafting.by("rapporteur").post(f"{path}/set-aside", {"reason": "No seas here"})
    held = await drafting.decide("no_objection", one)
    turned = await drafting.by("participant").patch(path, {"flag": "reservation"}, 2)
    again = await drafting.by("rapporteur").post(f"{path}/set-aside", {"reason": "No"})
    assert (code(refused), aside.json()["set_aside"]) == ((403, "not_allowed"), "No seas here")
    assert (code(held), turned.json()["set_aside"]) == ((409, "wording_open"), None)
    assert code(again) == (409, "not_asked")


async def test_a_flag_said_again_follows_the_wording_as_far_as_it_can(drafting: Drafting) -> None:
    one = await conclude(drafting, "Train border posts every year.")
    wanted = "Train sea posts every year."
    flag = await drafting.flag(one["id"], "another_wording", wording=wanted)
    path, at = f"{drafting.at}/conclusions/{one['id']}", f"{drafting.at}/flags/{flag['id']}"
    found = []
    for version, text in ((1, "Train border posts every month."), (2, "Train land posts daily.")):
        await drafting.by("rapporteur").patch(path, {"text": text}, version)
        now = (await row(drafting))["flags"][0]
        body = {"flag": "another_wording"}
        said = (await drafting.by("participant").patch(at, body, now["version"])).json()
        found.append((said["wording"], said["wording_n"]))
    assert found == [("Train sea posts every month.", 2)] * 2
    # The words that it would change have gone: the drafting group says that it stands in the row.
    taken = await drafting.by("facilitator").post(f"{at}/take-up")
    assert (taken.json()["taken_up"], (await row(drafting))["wording_n"]) == (True, 3)
