"""Workbooks: what is read, what is refused before anything is unpacked."""

import io
import time
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from datetime import time as clock_time

import pytest

from app.errors import Refused
from app.imports import read_table
from app.imports.package import MOST_ROWS
from tests.imports.books import PEOPLE, altered, book, sheet_xml, with_sheet

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
FIRST = '<row r="1"><c r="A1" t="inlineStr"><is><t>label</t></is></c></row>'


def refusal(data: bytes, name: str = "") -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        read_table(data, name)
    return caught.value.code, caught.value.sentence()


def with_rows(number: int) -> bytes:
    """A workbook whose sheet has rows without a cell below its first."""
    return with_sheet(FIRST + "".join(f'<row r="{n}"/>' for n in range(2, number + 1)))


@pytest.fixture(scope="module")
def longest() -> float:
    """Seconds of processor until a sheet with one row too many is refused."""
    data = with_rows(MOST_ROWS + 1)
    begun = time.process_time()
    assert refusal(data)[0] == "xlsx_too_large"
    return time.process_time() - begun


def test_a_sheet_gives_the_same_table_as_csv() -> None:
    table = read_table(book())
    assert (table.header, table.rows) == (PEOPLE[0], [(2, PEOPLE[1])])


def test_dates_times_and_numbers_read_as_people_write_them() -> None:
    on = date(2016, 5, 11)
    values = [on, clock_time(9, 30), datetime.combine(on, clock_time(9, 30)), 7, 2.0, 0.5, True]
    row = read_table(book([["a", "b", "c", "d", "e", "f", "g"], values])).rows[0][1]
    assert row == ["2016-05-11", "09:30", "2016-05-11 09:30", "7", "2", "0.5", "true"]


def test_dates_of_the_1904_calendar_are_the_same_days() -> None:
    data = book([["on"], [date(2016, 5, 11)]], epoch_1904=True)
    assert read_table(data).rows == [(2, ["2016-05-11"])]


def test_a_formula_gives_the_value_saved_with_it() -> None:
    cell = '<row r="2"><c r="A2" t="str"><f>1+1</f><v>two</v></c></row>'
    assert read_table(with_sheet(FIRST + cell)).rows == [(2, ["two"])]


def test_a_formula_without_a_value_is_a_fault() -> None:
    data = book([["label"], ["=HYPERLINK(1)"]])
    assert refusal(data) == (
        "csv_row",
        "Row 2, column A: this formula was saved without its value. Replace it by its value.",
    )


def test_an_error_cell_is_a_fault() -> None:
    cell = '<row r="2"><c r="A2" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    assert refusal(with_sheet(FIRST + cell)) == (
        "csv_row",
        "Row 2, column A: this cell shows the error #DIV/0!.",
    )


def test_rows_left_out_of_the_file_keep_their_numbers() -> None:
    cell = '<row r="40"><c r="A40" t="inlineStr"><is><t>far down</t></is></c></row>'
    assert read_table(with_sheet(FIRST + cell)).rows == [(40, ["far down"])]


def test_the_size_a_sheet_claims_is_not_believed() -> None:
    claim = sheet_xml(FIRST + '<row r="2"><c r="A2"><v>1</v></c></row>').replace(
        b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>'
    )
    name = "xl/worksheets/sheet1.xml"
    assert read_table(altered(book(), drop=name, add={name: claim})).rows == [(2, ["1"])]


@pytest.mark.parametrize(
    ("data", "start"),
    [
        pytest.param(b"PK\x03\x04 and no more", "This is not an .xlsx workbook", id="not a zip"),
        pytest.param(OLE + bytes(600), "This is an old .xls workbook, or one with", id="password"),
        pytest.param(
            altered(book(), add={"xl/vbaProject.bin": b"x"}),
            "This workbook holds macros",
            id="macros",
        ),
        pytest.param(
            altered(book(), add={"xl/externalLinks/externalLink1.xml": b"<a/>"}),
            "This workbook takes values from other files",
            id="links",
        ),
        pytest.param(altered(book(), drop="[Content_Types].xml"), "This is not an", id="no types"),
        pytest.param(
            altered(book(), drop="xl/workbook.xml"), "This workbook can't be read", id="no workbook"
        ),
        pytest.param(book(merge="A1:B1"), "Cells A1:B1 are merged", id="merged cells"),
        pytest.param(
            altered(book(), old=b"<sheetData>", new=b"<sheetData"), "This is not an", id="bad XML"
        ),
        pytest.param(
            altered(book(), add={"xl/x.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
            "This workbook defines XML entities",
            id="entities",
        ),
        pytest.param(book()[:-200], "This is not an .xlsx workbook", id="cut short"),
    ],
)
def test_refused_with_the_next_step(data: bytes, start: str) -> None:
    code, sentence = refusal(data)
    assert (code, sentence[: len(start)]) == ("xlsx_unsupported", start)


def test_a_name_alone_does_not_make_a_workbook() -> None:
    assert refusal(b"id,label\n1,x\n", "people.xlsx")[0] == "xlsx_unsupported"


def test_an_encrypted_member_is_refused() -> None:
    data = bytearray(book())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        start = archive.start_dir
    data[start + 8] |= 1  # the flag in the directory's first entry
    assert refusal(bytes(data))[0] == "xlsx_unsupported"


@pytest.mark.parametrize(
    ("make", "start"),
    [
        pytest.param(
            lambda: altered(book(), add={f"xl/media/{n}.png": b"" for n in range(200)}),
            "This workbook has 209 parts; at most 200 are read.",
            id="parts",
        ),
        pytest.param(
            lambda: altered(book(), add={"xl/media/a.bin": bytes(60 * 2**20)}),
            "Unpacked, this workbook has 61 MiB; at most 50 are read.",
            id="unpacked",
        ),
        pytest.param(
            lambda: altered(book(), add={"xl/media/a.bin": bytes(5 * 2**20)}),
            "A part of this workbook unpacks to ",
            id="ratio",
        ),
        pytest.param(
            lambda: with_rows(1_048_576),
            "A sheet has more than 100000 rows, most of them empty.",
            id="a million empty rows",
        ),
    ],
)
def test_too_large_is_told_before_it_hurts(
    make: Callable[[], bytes], start: str, longest: float
) -> None:
    """However large: none takes longer to refuse than twice a sheet with one row too many."""
    data = make()
    begun = time.process_time()
    code, sentence = refusal(data)
    assert (code, sentence[: len(start)]) == ("xlsx_too_large", start)
    assert time.process_time() - begun < 2 * longest


def test_a_row_at_the_very_bottom_is_found() -> None:
    cell = '<row r="1048576"><c r="A1048576"><v>9</v></c></row>'
    assert read_table(with_sheet(FIRST + cell)).rows == [(1_048_576, ["9"])]
