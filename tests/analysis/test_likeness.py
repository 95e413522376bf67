"""Copies and contained wordings are pointed out; other words for the same are not."""

import pytest

from app.analysis.likeness import likeness, words_of


@pytest.mark.parametrize(
    ("one", "other", "percent", "words"),
    [
        ("Train night patrols", "night patrols: TRAIN!", 100, {"train", "night", "patrols"}),
        ("Train night patrols", "Train night patrols at each border post", 100,
         {"train", "night", "patrols"}),
        ("Train night patrols", "Train nigth patrols", 94, {"train", "patrols"}),
    ],
)  # fmt: skip
def test_copies_are_alike(one: str, other: str, percent: int, words: set[str]) -> None:
    found = likeness(one, other)
    assert found is not None
    assert (found.percent, found.words) == (percent, frozenset(words))


def test_a_paraphrase_is_not() -> None:
    assert likeness("Train night patrols", "Teach rangers to work after dark") is None


def test_words_are_compared_without_case_and_punctuation() -> None:
    assert words_of("Café-Bar, Nº 7!") == ["café", "bar", "nº", "7"]
