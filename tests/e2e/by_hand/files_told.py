"""What the organiser walks away with: the files tell what was agreed, reserved and voted."""

import csv
import json
from collections import Counter
from io import StringIO
from pathlib import Path

from docx import Document
from openpyxl import load_workbook

from tests.e2e.by_hand import day_one, day_three, day_two
from tests.e2e.by_hand import laying_out as plan
from tests.e2e.by_hand.meeting import Meeting
from tests.exports.opened import words_of

AGREED = sorted(
    [day_three.OWN, day_three.REWORDED]
    + [row for _, row in day_three.ROWS if row not in (day_three.GLOSSARY, day_three.GRANTS)]
)
VOTES = (plan.EVIDENCE, plan.REACT, plan.RATE, plan.RANK, plan.CHOOSE)


async def take_them(meeting: Meeting) -> dict[str, Path]:
    """Every file that the desk offers, by how its name ends."""
    organiser = meeting.organiser
    await organiser.turns_to("Exports")
    titles = await organiser.page.locator("main li h2").all_inner_texts()
    files = [await organiser.downloads(title, meeting.folder) for title in titles]
    return {file.name.partition(".")[2]: file for file in files}


def the_document_tells_all(file: Path) -> None:
    """Every agreed row, every reservation, and for each vote its terms and its result."""
    words = words_of(Document(str(file)))
    assert [row for row in AGREED if row not in words] == []
    assert f"Reservation: {day_three.NOT_A_TREATY}" in words
    assert f"Reservation (Expert, Sahel): {day_three.NATIONAL_LAW}" in words
    assert f"{day_three.CONCLUSION} (Consensus" in words
    assert "Build an evidence base. More and wider research" in words
    assert "Draft, not decided" not in words
    method = _method_notes(file)
    assert [note["Question"] for note in method] == [
        plan.EVIDENCE, plan.REACT, plan.RATE, plan.RATE, plan.RANK, plan.CHOOSE,
    ]  # fmt: skip
    assert [note["Voted"].partition(" voted")[0] for note in method] == [
        "4 of 29", "2 of 29", "4 of 29", "3 of 29", "2 of 29", "4 of 29",
    ]  # fmt: skip
    assert {note["Entitled"].partition(":")[0] for note in method} == {"29"}
    assert [note["Rule"].partition("(")[2] for note in method] == [
        "evidence_judgement)", "agree_disagree)", "rating_consensus)", "rating_consensus)",
        "schulze)", "approval)",
    ]  # fmt: skip
    _results_as_voted([note["Result"] for note in method])


def _results_as_voted(results: list[str]) -> None:
    """What the few votes of this meeting give, vote by vote."""
    evidence, reactions, first, second, ranking, chosen = results
    first_place, *_ = evidence.removeprefix("Order by how far it holds: ").split(" > ")
    assert sorted(first_place.split(" = ")) == [f"“{day_one.THEORY}”", f"“{day_one.PLANES}”"]
    assert f" > “{day_one.JOINED}”. Agreed by more than half" in reactions
    for rated in (first, second):
        assert f"share from 7: “{day_two.IMPORTANT}” > “{day_two.UNSURE}” > “" in rated
        assert rated.endswith(f"Agreed with consensus: “{day_two.IMPORTANT}”.")
    assert ranking.startswith(
        f"“{day_two.IMPORTANT}” beats every other option in direct comparison."
    )
    assert f": “{day_two.IMPORTANT}” > “{day_two.UNSURE}” > “{day_two.BORDERS}” > “" in ranking
    approvals, kept = chosen.split("Kept are those approved by at least 1/3: ")
    for response in (day_three.OWN, day_three.GLOSSARY, day_three.CHECKLIST):
        assert f"“{response}” 3" in approvals
        assert f"“{response}”" in kept
    assert f"“{day_three.GRANTS}” 1" in approvals
    assert kept.count("“") == 3


def _method_notes(file: Path) -> list[dict[str, str]]:
    """What the document says of each round: question, rule, entitled, voted, result."""
    tables = [
        [[cell.text for cell in row.cells] for row in table.rows]
        for table in Document(str(file)).tables
    ]
    return [dict(table[1:]) for table in tables if table[0] == ["What", "How"]]


def the_tables_agree(files: dict[str, Path]) -> None:
    """Workbook, long table and data tell the same 23 rows with the same rulings."""
    rows = list(csv.DictReader(StringIO(files["csv"].read_text("utf-8-sig"))))
    ruled = {row["programmatic_response"]: row["agreement"] for row in rows}
    ruled.pop("", None)
    rulings = Counter(ruled.values())
    assert rulings == {"Consensus": 20, "Adopted with reservations": 2, "Not agreed": 1}
    assert sorted(row for row, ruling in ruled.items() if ruling != "Not agreed") == AGREED
    record = json.loads(files["json"].read_text("utf-8"))
    told = {row["response"]: row["agreement"] for row in record["rows"] if row["response"]}
    assert told == ruled
    assert [len(one["rows"]) for one in record["decisions"]] == [20, 4, 1, 1, 1]
    sheet = load_workbook(files["xlsx"]).worksheets[0]
    written = {str(cell.value) for line in sheet.iter_rows() for cell in line}
    assert [row for row in ruled if row not in written] == []
