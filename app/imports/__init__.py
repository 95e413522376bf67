"""Imports: one file for each list that organisers bring, all through one careful table reader.

`read_table(data, name)` makes a plain table of a CSV or XLSX file; `NOUNS[what].parse(table, say)`
makes rows under the API's field names, with everything that is wrong, row by row. To add a list:
a file and a line here.
"""

from app.imports import agenda, components, evidence, people, proposals
from app.imports.base import Noun, Parsed
from app.imports.tables import Table, read_table

NOUNS: dict[str, Noun] = {
    noun.name: noun
    for noun in (people.NOUN, agenda.NOUN, evidence.NOUN, components.NOUN, proposals.NOUN)
}

__all__ = ["NOUNS", "Noun", "Parsed", "Table", "read_table"]
