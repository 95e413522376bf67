"""Files of people, agenda, evidence, components and proposals: previewed, all or nothing, again."""

from typing import Any

import httpx
import pytest

from tests.support.house import House

PEOPLE = """Label;ROLE;region;id;voting;institution_type
Representative, State 01;state_representative;South-East Asia;S01;voting;police
Adviser, State 01;state_representative;South-East Asia;S02;non-voting;police
Expert 01;expert;East Asia;E01;voting;university
Secretariat;organizer;;O1;;
"""


async def sent(
    house: House, noun: str, text: str | bytes, *, preview: bool = False, by: str = "organiser"
) -> httpx.Response:
    data = text.encode() if isinstance(text, str) else text
    return await house.by(by).send(
        "POST",
        f"{house.at}/import/{noun}",
        params={"preview": "1"} if preview else {},
        files={"file": ("list.csv", data)},
    )


async def people(house: House) -> dict[str, Any]:
    page = (await house.owner.get(f"{house.at}/participants", params={"limit": 200})).json()
    return {person["own_key"]: person for person in page["items"] if person["own_key"]}


async def test_a_preview_changes_nothing(house: House) -> None:
    answer = (await sent(house, "people", PEOPLE, preview=True)).json()
    assert [row["own_key"] for row in answer["added"]] == ["S01", "S02", "E01", "O1"]
    assert len(answer["left"]) == 5
    assert (answer["changed"], answer["errors"], await people(house)) == ([], [], {})


async def test_people_come_in_with_roles_capacity_and_delegation(house: House) -> None:
    answer = (await sent(house, "people", PEOPLE)).json()
    found = await people(house)
    shown = {key: (one["roles"], one["capacity"], one["delegation"]) for key, one in found.items()}
    assert len(answer["added"]) == 4
    assert shown == {
        "S01": (["participant"], "state_representative", "Representative, State 01"),
        "S02": (["observer"], "state_representative", "Adviser, State 01"),
        "E01": (["participant"], "expert", ""),
        "O1": (["organiser"], "", ""),
    }


async def test_a_file_that_is_sent_again_under_its_key_is_the_same_whatever_its_boundary(
    house: House,
) -> None:
    answers = []
    for boundary, label in (("one", "Expert 01"), ("two", "Expert 01"), ("two", "Expert 02")):
        part = 'Content-Disposition: form-data; name="file"; filename="list.csv"'
        body = f"--{boundary}\r\n{part}\r\n\r\nlabel\n{label}\n\r\n--{boundary}--\r\n"
        kind = f"multipart/form-data; boundary={boundary}"
        answers.append(
            await house.by("organiser").send(
                "POST", f"{house.at}/import/people", content=body.encode(),
                headers={"Idempotency-Key": "k", "content-type": kind},
            )
        )  # fmt: skip
    first, again, other = answers
    assert (again.status_code, again.json()["number"]) == (200, first.json()["number"])
    assert (other.status_code, other.json()["error"]["code"]) == (422, "key_reused")


async def test_the_same_file_again_changes_nothing(house: House) -> None:
    await sent(house, "people", PEOPLE)
    before = await people(house)
    answer = (await sent(house, "people", PEOPLE, preview=True)).json()
    await sent(house, "people", PEOPLE)
    assert (answer["added"], answer["changed"], answer["same"]) == ([], [], 4)
    assert await people(house) == before


async def test_again_with_changes_updates_and_deletes_nobody(house: House) -> None:
    await sent(house, "people", PEOPLE)
    lines = PEOPLE.replace("East Asia;E01", "East Asia;Pacific;E01").replace("Expert 01", "Prof. X")
    kept = "\n".join(lines.replace("East Asia;Pacific", '"East Asia;Pacific"').split("\n")[:4])
    answer = (await sent(house, "people", kept)).json()
    expert = (await people(house))["E01"]
    assert (len(answer["added"]), len(answer["changed"])) == (0, 1)
    assert (expert["label"], expert["region"]) == ("Prof. X", ["East Asia", "Pacific"])
    assert "Secretariat" in [one["label"] for one in answer["left"]]


async def test_one_wrong_row_refuses_the_whole_file(house: House) -> None:
    wrong = PEOPLE + "Expert 02;wizard;East Asia;E02;;\nExpert 03;expert;East Asia;E01;;\n"
    refused = await sent(house, "people", wrong)
    preview = (await sent(house, "people", wrong, preview=True)).json()
    error = refused.json()["error"]
    assert (refused.status_code, error["code"]) == (422, "csv_row")
    assert [(fault["row"], fault["column"]) for fault in preview["errors"]] == [
        (6, "roles"),
        (7, "id"),
    ]
    assert await people(house) == {}


async def test_the_same_key_imports_once(house: House) -> None:
    at = f"{house.at}/import/people"
    options: dict[str, Any] = {
        "content": PEOPLE.encode(),
        "headers": {"Idempotency-Key": "k", "content-type": "text/csv"},
    }
    first = await house.owner.send("POST", at, **options)
    again = await house.owner.send("POST", at, **options)
    assert (first.json(), first.status_code) == (again.json(), 200)
    assert len(first.json()["added"]) == 4


async def test_an_agenda_by_days_or_dates(house: House) -> None:
    await house.owner.patch(house.at, {"starts_on": "2026-11-24"}, 1)
    text = "date,start,end,kind,title\n2026-11-24,9:00,9:30,opening,Opening\n"
    text += "2026-11-26,16:00,17:00,closing,Closing\n2026-11-26,10:30,11:00,break,Break\n"
    await sent(house, "agenda", text)
    moved = text.replace("16:00", "16:30")
    again = (await sent(house, "agenda", moved)).json()
    items = (await house.owner.get(f"{house.at}/agenda")).json()["items"]
    assert [(item["day"], item["start"], item["title"]) for item in items] == [
        (1, "09:00", "Opening"),
        (3, "10:30", "Break"),
        (3, "16:30", "Closing"),
    ]
    assert (len(again["added"]), len(again["changed"]), again["left"]) == (0, 1, [])


async def test_evidence_and_components(house: House) -> None:
    evidence = "id,kind,title,gist,source,documented\nEV1,theory,Continuum,A scale,Book,yes\n"
    components = "id,order,title,gist,source\nC1,1,Build an evidence base,More research,Summary\n"
    for noun, text in (("evidence", evidence), ("components", components)):
        assert len((await sent(house, noun, text)).json()["added"]) == 1
        again = (await sent(house, noun, text, preview=True)).json()
        assert (again["added"], again["changed"], again["same"]) == ([], [], 1)
    found = (await house.owner.get(f"{house.at}/components")).json()["items"]
    assert [one["text"] for one in found] == ["Build an evidence base"]


async def test_proposals_name_authors_and_areas_by_the_organisers_ids(house: House) -> None:
    await sent(house, "people", PEOPLE)
    text = "id,author_id,kind,text,area\nR1,,response,Train police,PA1\nP1,E01,,Trust,\n"
    text += "PA1,,priority_area,Thin evidence,\n"
    added = (await sent(house, "proposals", text)).json()
    again = (await sent(house, "proposals", text, preview=True)).json()
    stranger = (await sent(house, "proposals", text.replace("E01", "E99"))).json()
    assert len(added["added"]) == 3
    assert (again["added"], again["changed"], again["same"]) == ([], [], 3)
    assert stranger["error"]["code"] == "csv_row"
    assert stranger["error"]["rows"][0]["column"] == "author"


@pytest.mark.parametrize(
    ("noun", "data", "code"),
    [
        ("people", b"", "no_file"),
        ("people", b"nothing,known\n1,2\n", "csv_row"),
        ("people", b"label,label\na,b\n", "csv_row"),
        ("people", b"PK\x03\x04rubbish", "xlsx_unsupported"),
        ("people", b'label\n"unclosed', "csv_row"),
        ("agenda", b"day,start,end,title\n1,25:00,26:00,x\n", "csv_row"),
    ],
)
async def test_a_file_that_can_not_be_read_is_a_sentence(
    house: House, noun: str, data: bytes, code: str
) -> None:
    answer = await house.owner.send(
        "POST", f"{house.at}/import/{noun}", content=data, headers={"content-type": "text/csv"}
    )
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, code)


async def test_there_is_nothing_else_to_import(house: House) -> None:
    assert (await sent(house, "ballots", PEOPLE)).status_code == 404


async def test_only_who_organises_imports(house: House) -> None:
    roles = ("facilitator", "rapporteur", "participant", "observer", "screen", "chair")
    found = {role: (await sent(house, "people", PEOPLE, by=role)).status_code for role in roles}
    assert found == {role: 200 if role == "facilitator" else 403 for role in roles}
