"""Near-duplicates for moderators: copies and contained wordings, with the words that match."""

from types import SimpleNamespace
from typing import Any

from app.queries.attribution import HIDDEN
from app.queries.proposals import ProposalView
from app.queries.twins import twins


def view(text: str, kind: str = "priority_area") -> ProposalView:
    row: Any = SimpleNamespace(id=f"{kind} {text}", kind=kind)
    return ProposalView(row, text, None, HIDDEN)


def test_copies_are_found_and_paraphrases_are_not() -> None:
    one = view("Border posts lack staff")
    others = [
        one,
        view("border posts lack STAFF!"),
        view("Border posts lack staff; train them together"),
        view("Frontier stations are undermanned"),
        view("Border posts lack staff", "response"),
    ]
    found = twins([one], others)[one.id]
    assert [twin.text for twin in found] == [
        "Border posts lack staff; train them together",
        "border posts lack STAFF!",
    ]
    assert {twin.words for twin in found} == {frozenset({"border", "posts", "lack", "staff"})}


def test_words_are_compared_in_any_script() -> None:
    one = view("تدريب مشترك للشرطة")
    found = twins([one], [view("للشرطة تدريب مشترك")])
    assert [twin.likeness for twin in found[one.id]] == [100]
