"""Who speaks next, with and without a turn for every delegation before second turns."""

from app.activities.floor import Asked, Terms, in_order

ASKED = [
    Asked("a1", "State A", 1),
    Asked("a2", "State A", 2),
    Asked("b1", "State B", 3),
    Asked("c1", "expert", 4),
]


def order(turns: dict[str, int], **terms: bool) -> list[str]:
    return [one.id for one in in_order(ASKED, turns, Terms(**terms))]


def test_the_list_is_as_people_asked() -> None:
    assert order({"State A": 3}) == ["a1", "a2", "b1", "c1"]


def test_every_delegation_once_before_any_twice() -> None:
    assert order({}, one_each=True) == ["a1", "b1", "c1", "a2"]


def test_who_has_spoken_waits_for_who_has_not() -> None:
    assert order({"State A": 1}, one_each=True) == ["b1", "c1", "a1", "a2"]
    assert order({"State A": 1, "State B": 1}, one_each=True) == ["c1", "a1", "b1", "a2"]


def test_terms_are_told_in_sentences() -> None:
    assert Terms.of(None).sentences == []
    said = [str(one) for one in Terms(open=False, seconds=150, one_each=True).sentences]
    assert said == [
        "The list is closed.",
        "2.5 minutes a turn.",
        "Every delegation speaks once before any speaks again.",
    ]
