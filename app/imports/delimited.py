"""CSV as spreadsheets and databases write it: the encoding and the delimiter are found out."""

import codecs
import csv
import io
from collections.abc import Iterator

from app.errors import N_
from app.imports.tables import Table, bad_cell, column_letter, table_of

DELIMITERS = ",;\t"
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SAMPLE = 2_000

NUL = N_("Row {row}, column {column}: there is a NUL character. Is this really a CSV file?")
BROKEN = N_("Row {row}: a quote opens and does not close, or text follows a closing quote.")
TOO_LONG = N_("Row {row}: a cell is longer than {most} characters.")
BROKEN_UTF16 = N_("The file begins as UTF-16 and can't be read as that. Save it as UTF-8.")


def read(data: bytes) -> Table:
    """The table in a CSV file.

    UTF-8, UTF-16 and Latin-1 (as Windows writes it), with or without a byte order mark; comma,
    semicolon or tab; any line ends. Raises Refused `csv_row` with the row and the reason.
    """
    text = decode(data)
    return table_of(_rows(text, delimiter_of(text)))


def decode(data: bytes) -> str:
    """The text in these bytes, by its byte order mark, else by what fits."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _utf16(data, encoding) if encoding == "utf-16" else _bytewise(data[len(mark) :])
    if (guess := _silent_utf16(data[:SAMPLE])) is not None:
        return _utf16(data, guess)
    return _bytewise(data)


def _utf16(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise bad_cell(1, "A", BROKEN_UTF16) from error


def _silent_utf16(sample: bytes) -> str | None:
    """UTF-16 without a mark: in Latin letters every second byte is zero."""
    half = len(sample) // 2
    if half < 2:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > half * 0.4 and even < half * 0.1:
        return "utf-16-le"
    if even > half * 0.4 and odd < half * 0.1:
        return "utf-16-be"
    return None


def _bytewise(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def delimiter_of(text: str) -> str:
    """The delimiter that parts the header most often, outside quotes."""
    first = next((line for line in io.StringIO(text, newline=None) if line.strip()), "")
    outside = "".join(first.split('"')[0::2])
    return max(DELIMITERS, key=outside.count)


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            most = f"{csv.field_size_limit():,}"
            message = TOO_LONG if "field limit" in str(error) else BROKEN
            raise bad_cell(number, "", message, most=most) from error
        for place, cell in enumerate(cells):
            if "\0" in cell:
                raise bad_cell(number, column_letter(place), NUL)
        yield number, cells
