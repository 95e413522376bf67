"""The whole meeting, from import to exported matrix, against a real server process."""

import asyncio
import csv
import io
import json
import zipfile
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from app.formats import verify
from app.scenario.groups import LEADS
from app.scenario.play import FORMATS, play
from tests.support.servers import Server

pytestmark = pytest.mark.server

LIVED = {
    "voter_added": 1,  # the late State
    "activity_given": 4,
    "group_called_back": 4,
    "note_released": 1,
    "misreading_told": 1,
    "misreading_answered": 1,
    "day_moved": 1,
    "participant_left": 1,
    "token_revoked": 1,  # the leaver's
    "proxy_named": 1,
    "ballot_by_proxy": 1,
    "ballot_entered": 1,  # for the dead laptop
    "component_reworded": 2,
    "flag_raised": 8,
    "flag_withdrawn": 2,  # an objection, and what was taken up
}


async def test_the_bangkok_meeting_comes_out_as_expected(
    serve: Callable[..., Server], tmp_path: Path
) -> None:
    first = serve()
    elsewhere = partial(asyncio.to_thread, _carry_over, serve, first, tmp_path / "evening.backup")
    played = await play(first.url, first.owner_token, tmp_path, overnight=elsewhere)

    assert played.wrong == []
    assert len(played.apart) == 4
    _the_record_holds_what_the_minutes_say(tmp_path / "matrix.zip", played.meeting.minutes)
    assert played.rows == 23
    assert {cell["n"] for cell in _figures(played.outcomes["cells"])} <= set(range(9, 16))
    assert played.rulings == {
        "consensus": 18,
        "no_objection": 2,
        "with_reservations": 2,
        "not_agreed": 1,
    }
    assert {file.name for file in played.files} == {f"matrix.{end}" for end in FORMATS.values()}
    _csv_is_complete(tmp_path / "matrix.csv")
    _both_rules_are_printed(tmp_path)
    _every_file_is_labelled_synthetic(tmp_path)
    _everything_can_be_counted_again(tmp_path / "matrix.zip")


def _figures(outcome: dict[str, Any]) -> list[dict[str, Any]]:
    return list(outcome["diagnostics"]["options"].values())


def _carry_over(serve: Callable[..., Server], first: Server, backup: Path) -> str:
    first.run("backup", "--out", str(backup))
    first.stop()
    return serve(restored=backup).url


def _the_record_holds_what_the_minutes_say(bundle: Path, minutes: list[str]) -> None:
    """As many lines of each kind as the lived meeting wrote."""
    with zipfile.ZipFile(bundle) as archive:
        record = json.loads(archive.read("record.json"))
    kinds = Counter(line["kind"] for line in record["log"])
    assert len(minutes) == 10
    assert {kind: kinds[kind] for kind in LIVED} == LIVED


def _both_rules_are_printed(folder: Path) -> None:
    """On paper beside both rounds, and in the bundle's record."""
    consensus, stopping = "the middle half of its answers spans 3 or less", "At most 2 rounds."
    with zipfile.ZipFile(folder / "matrix.docx") as archive:
        paper = archive.read("word/document.xml").decode()
    assert (paper.count(consensus), paper.count(stopping)) == (2, 2)
    with zipfile.ZipFile(folder / "matrix.zip") as archive:
        told = json.loads(archive.read("record.json"))["rounds"]
    stated = [" ".join(one["rules"]) for one in told if one["rules"]]
    assert len(stated) == 2
    assert all(consensus in one and stopping in one for one in stated)


def _csv_is_complete(file: Path) -> None:
    """23 rows and one area without a response, which stays and says so."""
    rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"))))
    empty = [row["area_no"] for row in rows if not row["programmatic_response"]]
    assert (len(rows), empty) == (24, ["PA11"])
    glossary = next(row for row in rows if row["response_no"] == "R03")
    assert glossary["agreement"] == "Adopted with reservations"
    assert "national or international law" in glossary["programmatic_response"]


def _every_file_is_labelled_synthetic(folder: Path) -> None:
    for name in ("matrix.csv", "matrix.grid.csv", "matrix.json", "matrix.ics", "matrix.toi"):
        text = (folder / name).read_text("utf-8-sig").replace("\r\n ", "")
        assert "synthetic votes" in text, name
    book = load_workbook(folder / "matrix.xlsx")
    assert all("synthetic votes" in str(sheet["A2"].value) for sheet in book)
    formulas = [
        cell.coordinate
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert formulas == []
    paper = Document(str(folder / "matrix.docx"))
    assert "synthetic votes" in paper.sections[0].header.paragraphs[0].text


def _everything_can_be_counted_again(bundle: Path) -> None:
    faults, told = verify.verify(str(bundle))
    assert faults == []
    assert [line.rsplit(": ", 2)[1:] for line in told if ", outcome " in line] == [
        [method, "counted again, equal"]
        for method in ("evidence_judgement", *["schulze"] * len(LEADS), "rating_consensus",
                       "rating_consensus", "schulze", "approval", "approval", "rating_consensus")
    ]  # fmt: skip
