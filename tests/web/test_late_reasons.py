"""A reason that comes after the close counts for nothing, is shown, and is marked as late."""

from app.queries.results import reasons_of
from tests.support.house import House
from tests.support.table import code


async def test_a_reason_after_the_close_is_late(house: House) -> None:
    by = house.by("participant")
    body = {"type": "rate", "title": "How important?", "options": ["One", "Two"]}
    made = (await house.owner.post(f"{house.at}/activities", body)).json()
    opened = (await house.owner.post(f"/activities/{made['id']}/open")).json()
    at, option = f"/rounds/{opened['id']}", made["options"][0]["id"]
    first = {"body": {"rating": {option: 7}}, "reasons": {option: "Said in time"}, "revision": 1}
    await by.post(f"{at}/ballots", first, key="a" * 32)

    late = {"option": option, "words": "Said too late"}
    assert code(await by.post(f"{at}/reasons", late)) == (409, "not_closed")
    await house.owner.post(f"{at}/close", {"countdown": 0})
    assert code(await house.by("observer").post(f"{at}/reasons", late)) == (403, "not_entitled")
    assert code(await by.post(f"{at}/reasons", {**late, "option": "x"})) == (404, "not_found")
    assert code(await by.post(f"{at}/reasons", {**late, "words": " "})) == (422, "words_empty")
    before = await house.app.state.db.read(reasons_of, opened["id"])
    assert (await by.post(f"{at}/reasons", late)).status_code == 201
    after = await house.app.state.db.read(reasons_of, opened["id"])
    assert [[(r.words, bool(r.late)) for r in rows] for rows in (before, after)] == [
        [("Said in time", False)],
        [("Said too late", True)],
    ]
