"""A Delphi: a rating that is asked again until it settles, by rules stated before its first round.

The consensus rule is the rating's own, with a share where one is wanted; the stopping rule says
when no further round is opened. Both are settings of the activity and freeze with its first round.
Pure.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from app.activities.sentences import Sentence
from app.ballots.numbers import exact
from app.errors import N_

KINDS = ("none", "rounds", "roundless")
CONSENSUS = ("agree_from", "disagree_to", "iqr_max")
# The kinds of reasons, in a word each.
CODES = {
    "definition": N_("definition"),
    "evidence": N_("evidence"),
    "values": N_("values"),
    "region": N_("region"),
    "feasibility": N_("feasibility"),
}
FAR_OUT = 1e9  # beyond any scale, and within what every reader of the log can write down

NO_LIMITS = N_(
    "Before the first round of a Delphi opens, its consensus rule must be stated: from which "
    "median an item is agreed, up to which it is set aside, and the widest IQR."
)
NO_STOP = N_(
    "Before the first round of a Delphi opens, its stopping rule must be stated: at most so many "
    "rounds, or the share of answers that may still move."
)


@dataclass(frozen=True)
class Rules:
    """What was stated. Shares are in percent; `stay` says that settled items are asked again."""

    params: Mapping[str, Any]
    roundless: bool = False
    most_rounds: int | None = None
    stable_at: int | None = None
    share: int | None = None
    stay: bool = False


def rules_of(activity: Any) -> Rules | None:
    """The rules of an activity that is a Delphi; None for all others."""
    said = activity.settings.get("delphi") if activity.type == "rate" else None
    if not said:
        return None
    return Rules(
        activity.settings.get("params", {}),
        roundless=said.get("kind") == "roundless",
        most_rounds=said.get("most_rounds"),
        stable_at=said.get("stable_at"),
        share=said.get("share"),
        stay=said.get("settled") == "stay",
    )


def unstated(rules: Rules) -> str | None:
    """What must still be said before the first round can open, as a msgid; None if nothing."""
    if not all(_number(rules.params.get(name)) for name in CONSENSUS):
        return NO_LIMITS
    stop = rules.roundless or rules.most_rounds is not None or rules.stable_at is not None
    return None if stop else NO_STOP


def _number(value: Any) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and abs(value) < FAR_OUT


def consensus_rule(rules: Rules) -> list[Sentence]:
    """When an item is settled, in words."""
    said = [
        Sentence(
            N_(
                "An item is settled when the middle half of its answers spans {iqr_max} or less: "
                "agreed from a median of {agree_from}, set aside up to {disagree_to}, else left "
                "in the middle."
            ),
            dict(rules.params),
        )
    ]
    if rules.share is not None:
        share = {"share": rules.share}
        said.append(Sentence(N_("At least {share} % of its answers must lie on that side."), share))
    return said


def stopping_rule(rules: Rules) -> list[Sentence]:
    """When no further round is opened, in words."""
    if rules.roundless:
        return [
            Sentence(
                N_(
                    "One round stays open until it is closed: everyone sees the group’s answers to "
                    "an item once they have answered it, and may change theirs until the close."
                )
            )
        ]
    said = []
    if rules.most_rounds is not None:
        said.append(Sentence(N_("At most {n} rounds."), {"n": rules.most_rounds}))
    if rules.stable_at is not None:
        message = N_("It stops once {share} % of the answers or fewer moved between two rounds.")
        said.append(Sentence(message, {"share": rules.stable_at}))
    after = (
        N_("Settled items are asked again with the others.")
        if rules.stay
        else N_("Settled items are not asked again; it stops when all are settled.")
    )
    shown = N_("What the group said is shown to everybody at the latest with the next round.")
    return [*said, Sentence(after), Sentence(shown)]


def settled(figures: Mapping[str, Any], values: Sequence[int | float], rules: Rules) -> bool:
    """Whether the answers to one item meet the consensus rule; `figures` are its method's own."""
    if not figures.get("consensus"):
        return False
    if rules.share is None:
        return True
    alike = sum(side_of(value, rules) == figures["agreement"] for value in values)
    return Fraction(alike, len(values)) >= Fraction(rules.share, 100)


def side_of(value: float, rules: Rules) -> str:
    """On which side of the consensus rule an answer or a median lies."""
    if exact(value) >= exact(rules.params["agree_from"]):
        return "agree"
    return "disagree" if exact(value) <= exact(rules.params["disagree_to"]) else "neither"


def place_of(value: float, figures: Mapping[str, Any]) -> str:
    """Where an answer lies in the group's: an outlier is below or above its middle half."""
    if figures.get("q1") is None or figures["q1"] <= value <= figures["q3"]:
        return "within"
    return "below" if value < figures["q1"] else "above"


def because(
    rules: Rules, rounds: int, left: Collection[str], moved: tuple[int, int]
) -> Sentence | None:
    """Why the stopping rule is met after so many closed rounds, or None while it is not. `left` are
    the unsettled items, `moved` how many of how many answers moved between the last two."""
    if not rounds:
        return None
    if not rules.stay and not left:
        return Sentence(N_("The stopping rule is met, because all items are settled."))
    if rules.roundless:
        return Sentence(N_("The stopping rule is met, because its one round is closed."))
    if rules.most_rounds is not None and rounds >= rules.most_rounds:
        message = N_(
            "The stopping rule is met, because {n} rounds were held, the most there may be."
        )
        return Sentence(message, {"n": rounds})
    part, whole = moved
    if rules.stable_at is not None and whole and 100 * part <= rules.stable_at * whole:
        message = N_(
            "The stopping rule is met, because {part} of {whole} answers moved since the round "
            "before: {share} % or fewer."
        )
        return Sentence(message, {"part": part, "whole": whole, "share": rules.stable_at})
    return None
