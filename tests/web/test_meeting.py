"""Running the meeting over the API: the agenda's steps, the big screen, the timer, the record."""

from typing import Any

from tests.support.house import House


async def laid(house: House) -> list[Any]:
    items = [
        {"day": 1, "start": "9:00", "end": "9:30", "title": "Opening", "kind": "opening"},
        {"day": 1, "start": "10:30", "end": "11:00", "title": "Tea", "kind": "break"},
    ]
    return list((await house.owner.post(f"{house.at}/agenda", items)).json())


async def test_starting_an_item_brings_the_meeting_there(house: House) -> None:
    opening, tea = await laid(house)
    facilitator = house.by("facilitator")
    started = (await facilitator.post(f"{house.at}/agenda/{opening['id']}/start")).json()
    now = (await house.by("observer").get(f"{house.at}/now")).json()
    await facilitator.post(f"{house.at}/agenda/{opening['id']}/finish")
    await facilitator.post(f"{house.at}/agenda/{tea['id']}/start")
    later = (await house.by("observer").get(f"{house.at}/now")).json()
    assert started["started_at"] is not None
    assert (now["step"]["item"]["title"], now["step"]["next_item"]["title"]) == ("Opening", "Tea")
    assert now["screen"] == {"show": "item", "item": opening["id"]}
    assert (later["step"]["item"]["title"], later["screen"]) == ("Tea", {"show": "join"})


async def test_the_first_start_is_the_actual_one(house: House) -> None:
    opening, _ = await laid(house)
    at = f"{house.at}/agenda/{opening['id']}"
    first = (await house.by("facilitator").post(f"{at}/start")).json()
    over = (await house.by("facilitator").post(f"{at}/finish")).json()
    again = (await house.by("facilitator").post(f"{at}/start")).json()
    assert over["finished_at"] is not None
    assert (again["started_at"], again["finished_at"]) == (first["started_at"], None)


async def test_going_on_ends_the_item_before(house: House) -> None:
    opening, tea = await laid(house)
    facilitator = house.by("facilitator")
    await facilitator.post(f"{house.at}/agenda/{opening['id']}/start")
    await facilitator.post(f"{house.at}/step", {"by": 1})
    now = (await house.by("observer").get(f"{house.at}/now")).json()
    items = (await house.owner.get(f"{house.at}/agenda")).json()["items"]
    assert [item["finished_at"] is not None for item in items] == [True, False]
    assert (now["step"]["item"]["title"], now["screen"]) == (tea["title"], {"show": "join"})


async def test_what_has_happened_stays_on_the_agenda(house: House) -> None:
    opening, tea = await laid(house)
    await house.by("facilitator").post(f"{house.at}/agenda/{opening['id']}/start")
    codes = []
    for item in (opening, tea):
        answer = await house.owner.send("DELETE", f"{house.at}/agenda/{item['id']}")
        codes.append(answer.status_code)
    titles = [i["title"] for i in (await house.owner.get(f"{house.at}/agenda")).json()["items"]]
    assert (codes, titles) == ([409, 204], ["Opening"])


async def test_times_are_times_and_in_order(house: House) -> None:
    wrong = {"start": "25:00", "end": "9:00", "kind": "party", "setting": "beach"}
    item = {"day": 1, "start": "9:00", "end": "9:30", "title": "Opening"}
    codes = {}
    for name, value in wrong.items():
        answer = await house.owner.post(
            f"{house.at}/agenda", {**item, "start": "9:10", name: value}
        )
        error = answer.json()["error"]
        codes[name] = (answer.status_code, error["code"], error["field"])
    assert codes == {
        "start": (422, "bad_time", "start"),
        "end": (422, "interval_order", "end"),
        "kind": (422, "unknown_value", "kind"),
        "setting": (422, "unknown_value", "setting"),
    }


async def test_the_last_one_to_choose_the_big_screen_wins(house: House) -> None:
    opening, _ = await laid(house)
    at = f"{house.at}/screen"
    for body in ({"show": "blank"}, {"show": "item", "item": opening["id"]}):
        answer = await house.by("facilitator").send("PUT", at, json=body)
        assert (answer.status_code, answer.json()) == (200, body)
    assert (await house.by("screen").get(at)).json()["show"] == "item"


async def test_the_big_screen_shows_what_is_there(house: House) -> None:
    at = f"{house.at}/screen"
    bodies: list[tuple[dict[str, str], int]] = [
        ({"show": "results"}, 422),
        ({"show": "row"}, 422),
        ({"show": "row", "row": "nope"}, 404),
        ({"show": "item", "item": "nope"}, 404),
        ({"show": "secrets"}, 422),
        ({"show": "join", "user": "x"}, 422),
    ]
    found = [
        (await house.by("facilitator").send("PUT", at, json=body)).status_code for body, _ in bodies
    ]
    refused = (await house.by("participant").send("PUT", at, json={"show": "join"})).status_code
    assert (found, refused) == ([status for _, status in bodies], 403)


async def test_the_timer_is_set_and_taken_away(house: House) -> None:
    at = f"{house.at}/timer"
    facilitator = house.by("facilitator")
    running = (await facilitator.send("PUT", at, json={"seconds": 300})).json()["timer"]
    gone = (await facilitator.send("PUT", at, json={"seconds": None})).json()["timer"]
    wrong = await facilitator.send("PUT", at, json={"seconds": 0})
    assert (running["seconds"], gone, wrong.status_code) == (300, None, 422)


async def test_the_record_is_gapless_and_pages_by_number(house: House) -> None:
    await laid(house)
    at = f"{house.at}/log"
    numbers: list[int] = []
    after: str | None = "0"
    while after is not None:
        page = (await house.owner.get(at, params={"after": after, "limit": 3})).json()
        numbers += [line["number"] for line in page["items"]]
        after = page["next"]
    seq = (await house.owner.get(house.at)).json()["seq"]
    wrong = [
        (await house.owner.get(f"{at}?after={value}")).json()["error"]["code"]
        for value in ("-1", "abc", "9223372036854775808", "1.5")
    ]
    assert numbers == list(range(1, seq + 1))
    assert wrong == ["bad_query"] * 4


async def test_others_see_that_people_came_but_not_who(house: House) -> None:
    lines = (await house.by("observer").get(f"{house.at}/log")).json()["items"]
    own = house.people["observer"]["id"]
    known = [(line["kind"], line["ids"].get("participant")) for line in lines if "ids" in line]
    hidden = [sorted(line) for line in lines if "ids" not in line]
    assert known == [("workshop_created", None), ("participant_added", own)]
    assert hidden == [["at", "hash", "kind", "number"]] * 4


async def test_notes_are_the_writers_until_released(house: House) -> None:
    body = {"text": "Two States asked for training"}
    note = (await house.by("rapporteur").post(f"{house.at}/notes", body)).json()
    before = (await house.by("participant").get(f"{house.at}/notes")).json()["items"]
    await house.by("rapporteur").patch(f"{house.at}/notes/{note['id']}", {"released": True}, 1)
    after = (await house.by("participant").get(f"{house.at}/notes")).json()["items"]
    assert (before, [one["text"] for one in after]) == ([], [body["text"]])
    assert "author" not in str(after)


async def test_a_reworded_component_is_a_new_version(house: House) -> None:
    at = f"{house.at}/components"
    made = (await house.owner.post(at, {"text": "Build evidence"})).json()
    gist = (await house.owner.patch(f"{at}/{made['id']}", {"gist": "More"}, 1)).json()
    text = (await house.owner.patch(f"{at}/{made['id']}", {"text": "Build a base"}, 2)).json()
    assert gist["wording_version"] == made["wording_version"] != text["wording_version"]
    kinds = [
        line["kind"]
        for line in (await house.owner.get(f"{house.at}/log", params={"limit": 200})).json()[
            "items"
        ]
    ]
    assert kinds[-3:] == ["component_added", "component_changed", "component_reworded"]


async def test_names_that_look_alike_are_told_apart(house: House) -> None:
    answer = await house.owner.post(f"{house.at}/participants", {"label": "ＣＨＡＩＲ"})
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (409, "name_taken")
    assert error["suggestion"] == "ＣＨＡＩＲ (2)"


async def test_roles_and_capacity_in_the_words_of_lists(house: House) -> None:
    people = [
        {"label": "Expert", "roles": ["expert"]},
        {"label": "Host", "roles": "organizer;chair"},
        {"label": "State 01", "capacity": "state_representative", "group": "Asia"},
    ]
    made = (await house.owner.post(f"{house.at}/participants", people)).json()
    shown = [(one["roles"], one["capacity"], one["delegation"], one["group"]) for one in made]
    unknown = await house.owner.post(
        f"{house.at}/participants", {"label": "X", "roles": ["wizard"]}
    )
    assert shown == [
        (["participant"], "expert", "", ""),
        (["organiser", "chair"], "", "", ""),
        (["participant"], "state_representative", "State 01", "Asia"),
    ]
    assert unknown.json()["error"]["code"] == "unknown_role"
