"""Lists become rows under the API's names, with every fault by its row and column."""

from datetime import date
from typing import Any

import pytest

from app.actions.importing import Fault
from app.imports import NOUNS, read_table
from tests.imports.books import book
from tests.known_answers.conftest import DataSet

COUNTS = {
    "people": ("participants.csv", 36),
    "agenda": ("agenda.csv", 16),
    "evidence": ("evidence.csv", 10),
    "components": ("components.csv", 3),
    "proposals": ("proposals.csv", 36),
}


def parsed(noun: str, text: str) -> tuple[list[dict[str, Any]], list[Fault]]:
    rows, errors = NOUNS[noun].parse(read_table(text.encode()))
    return [row.fields for row in rows], errors


@pytest.mark.parametrize("noun", COUNTS)
def test_the_scenario_reads_whole(noun: str, data: Any) -> None:
    bangkok: DataSet = data("bangkok")
    name, count = COUNTS[noun]
    found = NOUNS[noun].parse(read_table((bangkok.folder / name).read_bytes()))
    assert (len(found.rows), found.errors) == (count, [])


def test_columns_stand_in_any_order_and_case() -> None:
    people, errors = parsed("people", "Institution Type;ROLE;Label\npolice;Chair;A\n")
    assert (people, errors) == (
        [{"institution_type": "police", "roles": ["chair"], "label": "A"}],
        [],
    )


@pytest.mark.parametrize(
    ("row", "roles", "capacity"),
    [
        ("state_representative,voting", ["participant"], "state_representative"),
        ("expert,non-voting", ["observer"], "expert"),
        ("Expert,", ["participant"], "expert"),
        ("organizer,non-voting", ["organiser"], ""),
        ("facilitator; expert,voting", ["facilitator", "participant"], "expert"),
        ("participant,non-voting", ["observer"], ""),
    ],
)
def test_roles_and_capacities_are_told_apart(row: str, roles: list[str], capacity: str) -> None:
    (person,), _ = parsed("people", f"label,role,voting\nA,{row}\n")
    assert (person["roles"], person.get("capacity", "")) == (roles, capacity)


def test_an_empty_role_takes_none_away() -> None:
    assert parsed("people", "label,role,region\nA,,Sahel; Maghreb\n") == (
        [{"label": "A", "region": ["Sahel", "Maghreb"]}],
        [],
    )


def test_every_fault_of_a_list_is_named_at_once() -> None:
    text = (
        "label,role,email,capacity\n"
        ",chair,,\n"
        "B,minister,,\n"
        "C,chair,not an address,\n"
        "D,chair,d@state.example,general\n"
        "E,chair,e@state.example,\n"
        "F,chair,E@state.example,\n"
        "G,chair,,,extra\n"
    )
    people, errors = parsed("people", text)
    roles = "organiser, facilitator, chair, rapporteur, participant, observer, interpreter, "
    assert [person["label"] for person in people] == ["E", "F"]
    assert errors == [
        Fault(2, "label", "This cell may not be empty."),
        Fault(3, "roles", f"“minister” is not a role. Roles are: {roles}screen, drafting, head."),
        Fault(4, "email", "“not an address” is not an e-mail address."),
        Fault(5, "capacity", "“general” is not a capacity. It is state_representative or expert."),
        Fault(8, "E", "This cell stands outside the columns that the header names."),
        Fault(7, "email", "Row 6 has the same e-mail address."),
    ]


def test_a_wrong_header_is_a_fault_of_its_row() -> None:
    people, errors = parsed("people", "\nname,role,ROLE\nA,chair,chair\n")
    known = (
        "id, label, roles, capacity, delegation, region, group, institution_type, email, language, "
        "voting"
    )
    assert (people, errors) == (
        [],
        [
            Fault(2, "name", f"There is no column “name” in this list. Its columns are: {known}."),
            Fault(2, "roles", "The column “roles” stands here twice."),
            Fault(2, "label", "The column “label” is missing."),
        ],
    )


def test_sentences_come_in_the_readers_language() -> None:
    table = read_table(b"label,role\n,chair\n")
    errors = NOUNS["people"].parse(table, lambda sentence: sentence.upper()).errors
    assert errors == [Fault(2, "label", "THIS CELL MAY NOT BE EMPTY.")]


def test_an_agenda_counts_days_or_names_dates() -> None:
    text = (
        "date,day,start,end,title,kind\n"
        ",2,9:00,10:15,Panel,\n"
        "11.05.2016,,09:00:00,10:00,Opening,Opening\n"
    )
    items, errors = parsed("agenda", text)
    assert (items, errors) == (
        [
            {"day": 2, "start": "09:00", "end": "10:15", "title": "Panel"},
            {
                "date": date(2016, 5, 11),
                "start": "09:00",
                "end": "10:00",
                "title": "Opening",
                "kind": "opening",
            },
        ],
        [],
    )


def test_an_agenda_from_a_workbook_keeps_its_times() -> None:
    rows: list[list[Any]] = [
        ["date", "start", "end", "title"],
        [date(2016, 5, 11), 0.5, "24:00", "Talk"],
    ]
    found = NOUNS["agenda"].parse(read_table(book(rows)))
    why = "“0.5” is not a time of day. Write it as 09:30."
    assert found.errors == [Fault(2, "start", why)]


@pytest.mark.parametrize(
    ("row", "column", "why"),
    [
        ("61,,09:00,10:00", "day", "“61” is not the number of a day, from 1 to 60."),
        (",11/05/2016,09:00,10:00", "date", "“11/05/2016” is not a date. Write it as 2016-05-11."),
        (",,09:00,10:00", "day", "Give the number of the day, or a date such as 2016-05-11."),
        ("1,,10:00,09:00", "end", "An item can't end before it starts."),
    ],
)
def test_agenda_faults(row: str, column: str, why: str) -> None:
    items, errors = parsed("agenda", f"day,date,start,end,title\n{row},Talk\n")
    assert (items, errors) == ([], [Fault(2, column, why)])


def test_proposals_know_areas_from_responses() -> None:
    found, errors = parsed("proposals", "id,text,area,kind\nP1,More research,,\nR1,Train,P1,\n")
    assert (found, errors) == (
        [
            {"own_key": "P1", "text": "More research", "area": "", "kind": "priority_area"},
            {"own_key": "R1", "text": "Train", "area": "P1", "kind": "response"},
        ],
        [],
    )


def test_a_response_without_an_area_is_a_fault() -> None:
    _, errors = parsed("proposals", "text,kind\nTrain,response\n")
    why = "A response names the priority area that it answers, by the area’s id."
    assert errors == [Fault(2, "area", why)]


def test_formulas_are_only_text() -> None:
    people, _ = parsed("people", 'label\n"=HYPERLINK(""x"")"\n@SUM(A1)\n')
    assert [person["label"] for person in people] == ['=HYPERLINK("x")', "@SUM(A1)"]


def test_hidden_directions_are_taken_out_of_names() -> None:
    people, _ = parsed("people", "label\nA\u202eB\n")
    assert people == [{"label": "AB"}]
