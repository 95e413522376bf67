"""The one attribution function, exhaustively: workshop rule × restriction × author × viewer."""

from itertools import product

import pytest

from app.models.workshop import ATTRIBUTION
from app.policy import Actor
from app.queries.attribution import AS_RULE, Attribution, Author, shown_as, stricter

STATE = Author("s", "Representative, State 01", "State 01", ("East Asia",))
EXPERT = Author("e", "Expert 02", "", ("West Africa", "Sahel"))
NOWHERE = Author("n", "Expert 03", "", ())

VIEWERS = {
    "public": None,
    "stranger": Actor(participant_id="x", roles=frozenset({"participant"})),
    "same delegation": Actor(
        participant_id="y", roles=frozenset({"participant"}), delegation_id="d1"
    ),
    **{
        role: Actor(participant_id=role, roles=frozenset({role}))
        for role in ("organiser", "facilitator", "chair", "rapporteur", "observer", "screen")
    },
    "owner": Actor(roles=frozenset({"owner", "organiser", "facilitator"})),
}
RESTRICTIONS = ("named", "delegation", "anonymous", "confidential", "secret")
RULES = list(product(ATTRIBUTION, RESTRICTIONS))

HIDDEN = Attribution("hidden", "")
# Under the stricter of the two rules: what a State's representative, an expert, and somebody
# without delegation or region are shown as.
SHOWN = {
    "named": (
        Attribution("named", "Representative, State 01"),
        Attribution("named", "Expert 02"),
        Attribution("named", "Expert 03"),
    ),
    "delegation": (Attribution("delegation", "State 01"), HIDDEN, HIDDEN),
    "region": (
        Attribution("region", "East Asia"),
        Attribution("region", "West Africa, Sahel"),
        HIDDEN,
    ),
    "none": (HIDDEN, HIDDEN, HIDDEN),
}
STRICTEST = {
    ("named", "named"): "named",
    ("named", "delegation"): "delegation",
    ("delegation", "named"): "delegation",
    ("delegation", "delegation"): "delegation",
    ("region", "named"): "region",
    ("region", "delegation"): "region",
}


@pytest.mark.parametrize(("rule", "other"), RULES)
@pytest.mark.parametrize("viewer", VIEWERS)
def test_everybody_but_the_author_is_told_the_stricter_of_the_rules(
    rule: str, other: str, viewer: str
) -> None:
    expected = SHOWN[STRICTEST.get((rule, other), "none")]
    found = tuple(
        shown_as(author, VIEWERS[viewer], rule, other) for author in (STATE, EXPERT, NOWHERE)
    )
    assert found == expected


@pytest.mark.parametrize(("rule", "other"), RULES)
@pytest.mark.parametrize("author", [STATE, EXPERT, NOWHERE])
def test_authors_always_know_their_own(rule: str, other: str, author: Author) -> None:
    myself = Actor(participant_id=author.id, roles=frozenset({"participant"}))
    assert shown_as(author, myself, rule, other) == Attribution("own", author.label)


@pytest.mark.parametrize("rule", ATTRIBUTION)
@pytest.mark.parametrize("viewer", VIEWERS)
def test_what_has_no_author_shows_none(rule: str, viewer: str) -> None:
    assert shown_as(None, VIEWERS[viewer], rule) == HIDDEN


def test_a_role_without_a_person_is_nobodys_author() -> None:
    nobody = Actor(participant_id=None, roles=frozenset({"facilitator"}))
    assert shown_as(STATE, nobody, "none") == HIDDEN


def test_of_several_rules_the_strictest_holds_in_any_order() -> None:
    for one, other in product(AS_RULE, AS_RULE):
        assert stricter(one, other) == stricter(other, one)
        assert stricter(one, other, "none") == "none"
        assert stricter(one, "named") == AS_RULE[one]
