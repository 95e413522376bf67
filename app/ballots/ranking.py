"""Options in order of preference, ties and gaps allowed."""

from typing import ClassVar, Self

from app.ballots.body import Body
from app.ballots.errors import BallotError
from app.ballots.terms import Terms
from app.errors import N_


class Ranking(Body):
    """`{"ranking": [["A"], ["B", "C"]]}`: tiers from best to worst; the rest is unranked."""

    shape: ClassVar[str] = "ranking"
    of_texts: ClassVar[bool] = True
    ranking: list[list[str]]

    def named(self) -> list[str]:
        return [option for tier in self.ranking for option in tier]

    def blank(self) -> bool:
        return not any(self.ranking)

    def check(self, terms: Terms) -> Self:
        named = self.know_options(terms)
        if len(set(named)) < len(named):
            self.refuse_repeats(self.named())
        shared = len(named) != len(self.ranking)
        if shared or not all(self.ranking):
            self.refuse_ranks(terms)
        if terms.complete and self.ranking:
            self.refuse_gaps(terms)
        if not shared:
            return self
        return self.model_copy(update={"ranking": list(map(sorted, self.ranking))})

    def refuse_repeats(self, named: list[str]) -> None:
        twice = next(option for place, option in enumerate(named) if option in named[:place])
        raise BallotError(
            "rank_invalid", N_("“{option}” is ranked twice."), field="ranking", option=twice
        )

    def refuse_ranks(self, terms: Terms) -> None:
        """Raise for a tier that is empty, or shared where the round does not allow it."""
        for rank, tier in enumerate(self.ranking, start=1):
            if not tier:
                raise BallotError(
                    "rank_invalid", N_("Rank {rank} is skipped."), field="ranking", rank=rank
                )
            if len(tier) > 1 and not terms.ties:
                raise BallotError(
                    "rank_invalid",
                    N_("“{one}” and “{other}” share rank {rank}; each rank may be given once."),
                    field="ranking",
                    one=tier[0],
                    other=tier[1],
                    rank=rank,
                )

    def refuse_gaps(self, terms: Terms) -> None:
        ranked = set(self.named())
        for option in terms.options or ():
            if option not in ranked:
                raise BallotError(
                    "rank_invalid",
                    N_("“{option}” is not ranked yet; all are to be ranked here."),
                    field="ranking",
                    option=option,
                )
