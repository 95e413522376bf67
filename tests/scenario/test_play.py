"""The whole meeting, from import to exported matrix, against a real server process."""

import csv
import io
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from app.formats import verify
from app.scenario.play import FORMATS, play
from tests.support.servers import Server

pytestmark = pytest.mark.server


async def test_the_bangkok_meeting_comes_out_as_expected(server: Server, tmp_path: Path) -> None:
    played = await play(server.url, server.owner_token, tmp_path)

    assert played.wrong == []
    assert played.rows == 23
    assert played.rulings == {
        "consensus": 18,
        "no_objection": 2,
        "with_reservations": 2,
        "not_agreed": 1,
    }
    assert {file.name for file in played.files} == {f"matrix.{end}" for end in FORMATS.values()}
    _csv_is_complete(tmp_path / "matrix.csv")
    _every_file_is_labelled_synthetic(tmp_path)
    _everything_can_be_counted_again(tmp_path / "matrix.zip")


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
        for method in ("evidence_judgement", "rating_consensus", "rating_consensus", "schulze",
                       "approval")
    ]  # fmt: skip
