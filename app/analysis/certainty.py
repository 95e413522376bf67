"""How certain the order is: the same count over voters drawn again and again from those there."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from app.analysis.orders import BY_COMPARISON, by_mean, by_median, by_total, comparisons
from app.analysis.raters import values
from app.analysis.resampling import RESAMPLES, SEED, bounds, draws
from app.ballots.ranking import Ranking
from app.ballots.react import React
from app.methods.case import Case, Vote

SEPARATED = 0.9


def certainty(case: Case[Any], shape: str, method: str, top: int) -> dict[str, Any] | None:
    """For each option the 95 % interval of its rank and the probability to be among the first
    `top`; and the pairs that cannot be separated. None with fewer than two voters or options.

    `by` is the rule of the recount: of rankings that of the poll where it is Borda, Copeland,
    minimax or Schulze, otherwise Schulze; of ratings the median, then the mean; of reactions
    agreement less disagreement; of yes and no the share.
    """
    import numpy as np

    kinds = Counter(kind(vote, case) for vote in case.votes for _ in range(vote.count))
    options = case.options
    if kinds.total() < 2 or len(options) < 2:
        return None
    table = np.array([row for row, _ in kinds], dtype=float)
    weights = np.array([float(weight) for _, weight in kinds])
    drawn = draws(list(kinds.values()))
    by = recount_by(shape, method)
    if shape == "ranking":
        pairs = comparisons(table)
        each = (BY_COMPARISON[by](one * weights @ pairs, len(options)) for one in drawn)
    elif shape == "rating":
        each = (by_median(table, one) for one in drawn)
    elif shape == "react":
        each = (by_total(table, one * weights) for one in drawn)
    else:
        each = (by_mean(table, one * weights) for one in drawn)
    return {"by": by, "resamples": RESAMPLES, "seed": SEED, "top": top} | figures(
        np.concatenate(list(each)), options, top
    )


def recount_by(shape: str, method: str) -> str:
    """The rule by which each resample is counted."""
    if shape == "ranking":
        return method if method in BY_COMPARISON else "schulze"
    return {"rating": "median", "react": "difference"}.get(shape, "share")


def kind(vote: Vote, case: Case[Any]) -> tuple[tuple[float, ...], Any]:
    """What makes two ballots the same: their values in the order of the options, and the weight."""
    if isinstance(vote.body, React):
        return tuple(SIDES[vote.body.react.get(o, "pass")] for o in case.options), vote.weight
    row = values(vote.body, case.options)
    if isinstance(vote.body, Ranking) and getattr(case.params, "unranked", "last") == "unknown":
        row = {option: row[option] for option in vote.body.named()}
    return tuple(float(row[o]) if o in row else MISSING for o in case.options), vote.weight


SIDES = {"agree": 1.0, "pass": 0.0, "disagree": -1.0}
MISSING = float("nan")  # one object: a tuple finds itself again although nan equals nothing


def figures(above: Any, options: Sequence[str], top: int) -> dict[str, Any]:
    """`above`: resample × a × b, whether a stands above b."""
    import numpy as np

    ranks = 1 + above.sum(axis=1)  # how many stand above, in each resample
    low, high = bounds(ranks)
    low, high = np.floor(low), np.ceil(high)
    share = above.mean(axis=0)
    return {
        "options": {
            option: {
                "rank_low": int(low[n]),
                "rank_high": int(high[n]),
                "in_top": float((ranks[:, n] <= top).mean()),
            }
            for n, option in enumerate(options)
        },
        "not_separated": [
            [options[a], options[b]]
            for a in range(len(options))
            for b in range(a + 1, len(options))
            if low[a] <= high[b] and low[b] <= high[a] and max(share[a, b], share[b, a]) < SEPARATED
        ],
    }
