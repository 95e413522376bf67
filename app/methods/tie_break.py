"""Breaking a tie: a step of its own, named beforehand, that yields a second outcome.

A rule reports its ties and draws nothing. What the meeting then does is said here: the chair
decides, the tied are voted on again, an earlier stage decides, or a lot is drawn whose seed was
published before. Each puts the tied into an order; the seats left are filled from its top. The
first outcome stays as it was.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from app.errors import N_, Refused
from app.methods.outcome import Outcome
from app.methods.tiers import in_words

HOW = ("chair", "runoff", "earlier_stage", "lot")
Tiers = list[list[str]]


def by_chair(outcome: Outcome, seats: int | None, chosen: Sequence[str]) -> Outcome:
    """The chair names who of the tied is in. Raises `not_tied` unless it is just so many of them
    as there are seats left.
    """
    tied, left = tie_of(outcome, seats)
    if not set(chosen) <= set(tied) or len(set(chosen)) != len(chosen) or len(chosen) != left:
        raise Refused(
            "not_tied",
            N_("Please name {number} of those tied: {tied}."),
            field="chosen",
            number=left,
            tied=", ".join(tied),
        )
    rest = [option for option in tied if option not in chosen]
    order = [[option] for option in chosen] + ([rest] if rest else [])
    return settled(outcome, seats, "chair", order, f"The chair decides: {', '.join(chosen)}.")


def by_runoff(outcome: Outcome, seats: int | None, second: Outcome) -> Outcome:
    """A second vote on the tied alone decides, as far as it does."""
    tied, _ = tie_of(outcome, seats)
    order = among(tied, second.ranking)
    how = f"The run-off ({second.method}) ranks those tied: {in_words(order)}."
    return settled(outcome, seats, "runoff", order, how, {"digest": second.input_digest})


def by_earlier_stage(outcome: Outcome, seats: int | None, earlier: Outcome) -> Outcome:
    """What an earlier round of the same question said of the tied decides, as far as it does."""
    tied, _ = tie_of(outcome, seats)
    order = among(tied, earlier.ranking)
    how = f"The earlier stage ({earlier.method}) ranks those tied: {in_words(order)}."
    return settled(outcome, seats, "earlier_stage", order, how, {"digest": earlier.input_digest})


def by_lot(outcome: Outcome, seats: int | None, seed: str) -> Outcome:
    """A lot with a published seed: anybody can draw it again.

    The tied are put in rising order of SHA-256 over the seed, the outcome's input digest and their
    id, each in UTF-8, a line feed between them. Raises `no_seed` for an empty seed.
    """
    tied, _ = tie_of(outcome, seats)
    if not seed.strip():
        raise Refused("no_seed", N_("A lot needs a seed that was published before."), field="seed")
    order = [[option] for option in sorted(tied, key=lambda o: ticket(seed, outcome, o))]
    how = f"Lot with the published seed “{seed}”: {in_words(order)}."
    return settled(outcome, seats, "lot", order, how, {"seed": seed})


def ticket(seed: str, outcome: Outcome, option: str) -> str:
    """What an option draws."""
    return hashlib.sha256(f"{seed}\n{outcome.input_digest}\n{option}".encode()).hexdigest()


def tie_of(outcome: Outcome, seats: int | None) -> tuple[list[str], int]:
    """Those between whom the step decides, and how many of them get in. Raises `no_tie` where the
    outcome leaves nothing to break.
    """
    tied = sorted({option for group in outcome.ties for option in group})
    inside = [option for option in outcome.winners if option not in tied]
    left = (seats or 1) - len(inside)
    if outcome.decided not in ("tie", "cycle") or not 0 < left < len(tied):
        raise Refused("no_tie", N_("This outcome holds no tie that could be broken."))
    return tied, left


def among(tied: Sequence[str], ranking: Sequence[Sequence[str]]) -> Tiers:
    """The tied in the order of another ranking; those it does not name come last together."""
    named = [sorted(set(tied).intersection(tier)) for tier in ranking]
    rest = sorted(set(tied) - {option for tier in named for option in tier})
    return [tier for tier in (*named, rest) if tier]


def settled(
    outcome: Outcome,
    seats: int | None,
    how: str,
    order: Tiers,
    sentence: str,
    source: Mapping[str, Any] | None = None,
) -> Outcome:
    """The second outcome: the seats left filled from the order; still a tie if it goes through
    one of its tiers.
    """
    tied, left = tie_of(outcome, seats)
    inside = [option for option in outcome.winners if option not in tied]
    taken, open_ = filled(order, left)
    winners = [*inside, *taken]
    step = {"how": how, "tied": tied, "order": order, "of": outcome.input_digest}
    verdict = f"Still tied: {', '.join(open_)}." if open_ else f"In: {', '.join(winners)}."
    return outcome.model_copy(
        update={
            "winners": winners,
            "decided": "tie" if open_ else "yes",
            "ties": [open_] if open_ else [],
            "ranking": placed(outcome.ranking, inside, order),
            "diagnostics": {**outcome.diagnostics, "tie_break": {**step, **(source or {})}},
            "trace": [*outcome.trace, sentence, verdict],
        }
    )


def filled(order: Tiers, left: int) -> tuple[list[str], list[str]]:
    """The whole tiers that fit into the seats left, fewer than there are tied; and the tier that
    the last seat goes through.
    """
    taken: list[str] = []
    tiers = iter(order)
    while len(taken) + len(tier := next(tiers)) <= left:
        taken += tier
    return taken, tier if len(taken) < left else []


def placed(ranking: Tiers, inside: list[str], order: Tiers) -> Tiers:
    """The ranking with those who were tied in their new order, below who was in before."""
    tied = {option for tier in order for option in tier}
    above = [[option for option in tier if option in inside] for tier in ranking]
    below = [[o for o in tier if o not in inside and o not in tied] for tier in ranking]
    return [tier for tier in (*above, *order, *below) if tier]
