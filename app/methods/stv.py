"""Single transferable vote: seats by quota; surpluses and the votes of the last are passed on.

Quota: ⌊votes / (seats + 1)⌋ + 1 (Droop) or votes / seats (Hare). Surpluses pass on at value ·
surplus / votes, the largest first; else the last leaves. A tie is broken by the latest stage that
tells the tied apart, and otherwise followed every way, at most 500 of them. O(ballots · options) a
stage.
"""

from collections.abc import Callable
from typing import Any, ClassVar, Literal

from app.methods.case import Case, Reads
from app.methods.committees import seats_of
from app.methods.outcome import Decided, Result
from app.methods.poll import Poll
from app.methods.rankings import Profile, RankingMethod, RankingParams, as_given
from app.methods.stv_gregory import gregory
from app.methods.stv_meek import meek
from app.methods.stv_stages import Election
from app.methods.ways import Pick, Ways


class StvParams(RankingParams):
    """`scottish`: weighted inclusive Gregory, transfer values cut to five decimals, ties by earlier
    stages; `wig`: the same in exact fractions; `meek`: keep values, found by iteration.
    """

    rule: Literal["scottish", "meek", "wig"] = "scottish"
    quota: Literal["droop", "hare"] = "droop"


class Stv(RankingMethod[StvParams]):
    """A tie that earlier stages do not break is followed every way; nothing is drawn."""

    id: ClassVar[str] = "stv"
    reads: ClassVar[Reads] = {"seats": None}
    reference = (
        "Scottish Local Government Elections Order 2007; Hill, Wichmann and Woodall (1987), "
        "Algorithm 123: single transferable vote by Meek's method."
    )
    params = StvParams

    def heavy(self, poll: Poll) -> str | None:
        if len(poll.options) <= 30 or poll.params.get("rule") != "meek":
            return None
        return f"Meek's method repeats its count many times for {len(poll.options)} options."

    def tally(self, case: Case[StvParams]) -> Result:
        seats, ballots = seats_of(case), as_given(case)
        ways = Ways()
        found = list(ways.all_of(self.run(case, ballots, seats)))
        first = found[0]
        committees = sorted({tuple(sorted(one.elected)) for one in found})
        sure = set(committees[0]).intersection(*committees)
        open_ = sorted(set[str]().union(*committees) - sure)
        decided: Decided = "tie" if open_ else "yes" if sure else "no"
        rest = sorted(set(case.options) - set(first.elected) - set(first.eliminated))
        order = [*first.elected, *rest, *reversed(first.eliminated)]
        return Result(
            winners=[option for option in first.elected if option in sure],
            decided=decided,
            ranking=[[option] for option in order],
            scores=dict(first.rounds[0]["tally"]) if first.rounds else {},
            ties=[open_] if open_ else [],
            diagnostics={
                "quota": first.votes(first.quota),
                "rounds": first.rounds,
                "committees": [list(committee) for committee in committees],
            },
            trace=[
                f"Quota: {first.votes(first.quota)} for {seats} seats.",
                *map(in_words, first.rounds),
            ],
            exact=case.params.rule != "meek" and not ways.capped,
            warnings=["So many ties that not every way was followed."] if ways.capped else [],
        )

    def run(
        self, case: Case[StvParams], ballots: Profile, seats: int
    ) -> Callable[[Pick], Election]:
        def one(pick: Pick) -> Election:
            decimal = case.params.rule != "wig"
            election = Election(ballots, case.options, seats, case.params.quota, decimal)
            if case.params.rule == "meek":
                return meek(election, pick)
            return gregory(election, pick, decimals=5 if case.params.rule == "scottish" else None)

        return one


def in_words(one: dict[str, Any]) -> str:
    """One stage as a sentence."""
    tally = ", ".join(f"{option} {votes}" for option, votes in one["tally"].items())
    acts = [f"{', '.join(one[act])} {act}" for act in ("elected", "eliminated") if one[act]]
    return f"{tally}: {'; '.join(acts) or 'surplus passed on'}."
