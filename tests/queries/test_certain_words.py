"""How certain a result is, in sentences: grounds, the robust core, regions left out."""

from types import SimpleNamespace
from typing import Any

from app.analysis.beside import Beside, beside
from app.queries.certain_words import core_of, regions_of, sentences_of
from tests.analysis.test_beside import CLEAR, poll, rated

TEXTS = dict(zip("ABCD", ("Alpha", "Beta", "Gamma", "Delta"), strict=True))


def around(**objections: int) -> Any:
    options = {id_: SimpleNamespace(text=text) for id_, text in TEXTS.items()}
    return SimpleNamespace(
        options=options, objections=objections, round=SimpleNamespace(question="Which?")
    )


def test_options_of_which_the_same_holds_stand_in_one_sentence() -> None:
    said = sentences_of(around(B=1), beside(CLEAR))
    assert [str(one.sentence) for one in said] == [
        "The meeting jointly concluded: “Alpha”, “Gamma”.",
        "No conclusion on “Beta”: open objections stand against it (1).",
    ]
    assert [(holds, str(ground)) for holds, ground in said[1].grounds] == [
        (True, "Enough took part: 13 of 20."),
        (True, "The rule was named before, and by it this was carried."),
        (False, "Objections stand open: 1."),
        (True, "Every rule that can count these ballots says so, 3 of them."),
        (True, "No region’s middle answer stands against it, of 3 regions."),
    ]


def test_the_core_and_the_regions() -> None:
    found = beside(CLEAR)
    assert str(core_of(around(), found)) == (
        "By every one of 3 rules the first 3 are the same: “Alpha”, “Beta”, “Gamma”."
    )
    assert [str(one) for one in regions_of(around(), found)] == [
        "Whichever of 2 regions one leaves out, the first 3 stay the same.",
        "Regions with fewer than five voters, which are not left out by name: 1.",
    ]
    turned = beside(
        poll(rated("West", 7, A=9, B=2, C=1, D=1), rated("East", 5, A=1, B=9, C=8, D=8), seats=1)
    )
    assert [str(one) for one in regions_of(around(), turned)] == [
        "Without West, in comes “Beta”, and out goes “Alpha”."
    ]


def test_one_region_that_is_large_enough_is_named() -> None:
    found = beside(poll(rated("West", 6, A=9, B=8, C=7, D=1), rated("East", 2, A=9, B=8, C=7, D=2)))
    assert [str(one) for one in regions_of(around(), found)] == [
        "Without West, the first 3 stay the same.",
        "Regions with fewer than five voters, which are not left out by name: 1.",
    ]


def test_where_rules_part_it_is_said_and_one_rule_alone_says_nothing() -> None:
    parted = Beside(1, [["A"]], methods=["x", "y"], contested=["A", "B"])
    assert str(core_of(around(), parted)) == (
        "None is among the first 1 by every one of 2 rules; by some of them are: “Alpha”, “Beta”."
    )
    assert core_of(around(), Beside(1, [["A"]], methods=["x"])) is None
