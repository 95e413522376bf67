"""Every code that the tables may hold has a word for people."""

import pytest

from app.models import matrix, people, workshop
from app.queries.desk import LEVELS
from app.render.environment import environment
from app.render.terms import TERMS


@pytest.mark.parametrize(
    ("group", "codes"),
    [
        ("item kind", workshop.ITEM_KINDS),
        ("setting", workshop.SETTINGS),
        ("role", people.ROLES),
        ("capacity", people.CAPACITIES),
        ("level", LEVELS),
        ("flag", matrix.FLAGS),
        ("agreement", (*matrix.RULINGS, "flagged", "draft")),
    ],
)
def test_every_code_has_a_word(group: str, codes: tuple[str, ...]) -> None:
    assert tuple(TERMS[group]) == codes


def test_words_are_translated_and_own_words_stay() -> None:
    term = environment("en-XB").globals["term"]
    assert callable(term)
    assert [term("level", "national"), term("level", "provincial"), term("capacity", "")] == [
        "⟦ñáţíöñáļ⟧", "provincial", "",
    ]  # fmt: skip
