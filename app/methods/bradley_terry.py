"""Bradley–Terry: abilities that make the observed comparisons most likely.

P(a over b) = 1 / (1 + exp(t_b − t_a)); the abilities t maximise the likelihood (Newton's method).
Where it has no maximum, they are the most likely ones under a normal prior. Abilities equal to nine
decimals tie. O(options³) a step.
"""

from typing import Any, ClassVar

from app.ballots.pair import Pair
from app.methods.base import Method
from app.methods.case import Case, Params, Reads
from app.methods.outcome import Result
from app.methods.tiers import cut, in_words, tiers

Wins = dict[str, dict[str, float]]
# Of the prior: a standard deviation of two logits, at which ten comparisons an option give the
# reliability that panels show, 0.8 to 0.9 (Kinnear, Jones and Davies 2025).
PRECISION = 0.25
TURNS = 200  # Newton's steps at most, none longer than 2: far more than it takes
STILL = 1e-12  # of the longest step, where nothing moves any more


class BradleyTerry(Method[Params]):
    """Scores are log-abilities with the first option at 0; a tie is half a win for each.

    The likelihood has a maximum only if every option can be reached from every other by wins. If
    not, strengths are expected around their mean with a standard deviation of two, which draws all
    towards the middle, and the parts are reported.
    """

    id: ClassVar[str] = "bradley_terry"
    version = "2"
    shape = "pair"
    reads: ClassVar[Reads] = {"seats": None}
    reads_voters = True  # for the turnout: one voter judges many pairs
    reference = "Bradley and Terry (1952); existence of the maximum: Ford (1957)."
    params = Params

    def tally(self, case: Case[Params]) -> Result:
        wins = wins_of(case)
        parts = components(wins)
        warnings = []
        if len(parts) > 1 and case.votes:
            warnings = ["Wins do not connect all options; a spread of two logits was expected."]
        abilities = maximum(wins, prior(wins)) if case.votes else dict.fromkeys(case.options, 0.0)
        ranking = tiers({option: round(value, 9) for option, value in abilities.items()})
        winners, ties, decided = cut(ranking, case.poll.seats)
        return Result(
            winners=winners,
            decided=decided,
            ranking=ranking,
            scores={**abilities},
            ties=ties,
            diagnostics={"probabilities": probabilities(abilities), "components": parts},
            trace=[f"Order by ability: {in_words(ranking)}."],
            exact=False,
            warnings=warnings,
        )


def wins_of(case: Case[Params]) -> Wins:
    """How often each option was preferred to each other one."""
    wins: Wins = {a: {b: 0.0 for b in case.options if b != a} for a in case.options}
    for body, power in case.answers(Pair):
        said, half = body.pair, float(power) / 2
        wins[said.winner][said.loser] += half if said.tie else 2 * half
        if said.tie:
            wins[said.loser][said.winner] += half
    return wins


def components(wins: Wins) -> list[list[str]]:
    """The sets inside which every option is reached from every other by wins."""
    below = {option: reached(wins, option) for option in wins}
    parts = {
        tuple(sorted(b for b in wins if (b in below[a] and a in below[b]) or a == b)) for a in wins
    }
    return [list(part) for part in sorted(parts)]


def reached(wins: Wins, start: str) -> set[str]:
    found, waiting = {start}, [start]
    while waiting:
        for option, number in wins[waiting.pop()].items():
            if number > 0 and option not in found:
                found.add(option)
                waiting.append(option)
    return found


def prior(wins: Wins) -> float:
    """The precision of the prior around the mean: none where the likelihood has a maximum."""
    return PRECISION if len(components(wins)) > 1 else 0.0


def maximum(wins: Wins, precision: float) -> dict[str, float]:
    """The most likely abilities by Newton's method, the first option held at 0."""
    import numpy as np

    names = list(wins)
    won = np.array([[wins[a].get(b, 0.0) for b in names] for a in names])
    games, total = won + won.T, won.sum(axis=1)
    middle = np.eye(len(names)) - 1 / len(names)
    ability, longest, turn = np.zeros(len(names)), 1.0, 0
    while longest > STILL and turn < TURNS:
        chance = 1 / (1 + np.exp(ability[None, :] - ability[:, None]))
        weight = games * chance * chance.T
        curve = np.diag(weight.sum(axis=1)) - weight + precision * middle
        slope = total - (games * chance).sum(axis=1) - precision * middle @ ability
        step = np.linalg.solve(curve[1:, 1:], slope[1:])
        longest, turn = float(np.abs(step).max(initial=0)), turn + 1
        ability[1:] += step * min(1.0, 2 / max(STILL, longest))
    return {name: float(value) for name, value in zip(names, ability, strict=True)}


def probabilities(abilities: dict[str, float]) -> dict[str, dict[str, Any]]:
    """The probability that one is preferred to another."""
    from math import exp

    return {
        a: {b: 1 / (1 + exp(y - x)) for b, y in abilities.items() if b != a}
        for a, x in abilities.items()
    }
