"""CSV files as they come from the world, and as they break."""

import contextlib
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Refused
from app.imports import read_table

HEADER, ROW = ["id", "label"], ["S01", "Délégué, État 01"]
PLAIN = 'id,label\r\nS01,"Délégué, État 01"\r\n'


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(PLAIN.encode(), id="utf-8"),
        pytest.param(PLAIN.encode("utf-8-sig"), id="byte order mark"),
        pytest.param(PLAIN.encode("utf-16"), id="utf-16 with a mark"),
        pytest.param(PLAIN.encode("utf-16-be"), id="utf-16 without"),
        pytest.param(PLAIN.encode("utf-16-le"), id="utf-16 without, the other way"),
        pytest.param(PLAIN.encode("latin-1"), id="latin-1"),
        pytest.param(b'id;label\nS01;"D\xe9l\xe9gu\xe9, \xc9tat 01"', id="semicolons"),
        pytest.param("id\tlabel\nS01\tDélégué, État 01\n".encode(), id="tabs"),
        pytest.param(PLAIN.replace("\r\n", "\r").encode(), id="carriage returns only"),
        pytest.param(PLAIN.replace("\r\n", "\n").encode(), id="line feeds only"),
        pytest.param(("\n\n" + PLAIN + "\n,,,\n").encode(), id="blank lines around"),
    ],
)
def test_one_table_in_many_clothes(data: bytes) -> None:
    table = read_table(data)
    assert (table.header, [cells for _, cells in table.rows]) == (HEADER, [ROW])


def test_rows_are_numbered_as_in_the_file() -> None:
    table = read_table(b'id,label\n\nS01,"two\nlines"\nS02,b\n')
    assert table.rows == [(3, ["S01", "two\nlines"]), (4, ["S02", "b"])]


def test_windows_quotes_survive() -> None:
    assert read_table(b"label\nthe \x93field\x94").rows == [(2, ["the “field”"])]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file holds no rows."),
        (b"id,label\n", "The file holds no rows."),
        (b"\xef\xbb\xbf\n\n", "The file holds no rows."),
        (
            b'id,label\nS01,"open',
            "Row 2: a quote opens and does not close, or text follows a closing quote.",
        ),
        (
            b"id,label\nS01,a\x00b\n",
            "Row 2, column B: there is a NUL character. Is this really a CSV file?",
        ),
        (
            b"\xff\xfei\x00d\x00\x00\xd8",
            "The file begins as UTF-16 and can't be read as that. Save it as UTF-8.",
        ),
        (b"id\n" + b"x" * 131_073, "Row 2: a cell is longer than 131,072 characters."),
        (b"," * 250 + b"x\n1", "The file has more than 200 columns."),
        (
            b"id\n" + b"1\n" * 50_001,
            "The file has more than 50,000 rows. Divide it, and import the parts.",
        ),
    ],
)
def test_what_cannot_be_read_says_where_and_why(data: bytes, sentence: str) -> None:
    with pytest.raises(Refused) as caught:
        read_table(data)
    assert (caught.value.code, caught.value.sentence()) == ("csv_row", sentence)


def test_fifty_thousand_rows_are_read() -> None:
    assert len(read_table(b"id\n" + b"1\n" * 50_000).rows) == 50_000


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)


@given(
    rows=st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=8),
    delimiter=st.sampled_from(",;\t"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_was_written_is_read(rows: list[list[str]], delimiter: str, encoding: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([HEADER, ["kept", "row"], *rows])
    read = read_table(out.getvalue().encode(encoding))
    shown = [[cell.strip() for cell in row] for row in rows]
    assert [_padded(cells) for _, cells in read.rows] == [
        ["kept", "row"],
        *(row for row in shown if any(row)),
    ]


@given(st.binary(max_size=400))
def test_any_bytes_give_a_table_or_a_refusal(data: bytes) -> None:
    with contextlib.suppress(Refused):
        read_table(data)


def _padded(cells: list[str]) -> list[str]:
    return cells + [""] * (2 - len(cells))
