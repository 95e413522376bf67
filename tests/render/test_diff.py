"""Old and new wording, word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.render.diff import changes


def test_new_words_read_as_one_phrase() -> None:
    before = "Working glossary used in programmes, without prejudice to law"
    after = (
        "Working glossary used in training and programme documents, without prejudice to "
        "national or international law"
    )
    assert changes(before, after) == [
        ("same", "Working glossary used in "),
        ("removed", "programmes"),
        ("added", "training and programme documents"),
        ("same", ", without prejudice to "),
        ("added", "national or international "),
        ("same", "law"),
    ]


def test_a_chinese_letter_is_a_word() -> None:
    assert changes("打击犯罪", "预防和打击犯罪") == [("added", "预防和"), ("same", "打击犯罪")]


def test_an_arabic_vowel_belongs_to_its_letter() -> None:
    assert changes("دُوَل", "دول") == [("removed", "دُوَل"), ("added", "دول")]


@pytest.mark.parametrize("text", ["", "Porous borders", "a\nb"])
def test_what_did_not_change_is_the_same(text: str) -> None:
    assert changes(text, text) == ([("same", text)] if text else [])


@given(st.text(alphabet="ab ,\n", max_size=30), st.text(alphabet="ab ,\n", max_size=30))
def test_both_wordings_can_be_read_off(before: str, after: str) -> None:
    found = changes(before, after)
    assert "".join(text for kind, text in found if kind != "added") == before
    assert "".join(text for kind, text in found if kind != "removed") == after
