"""Whether anything follows the order of voting: one pooled permutation test.

A trace is what somebody reads in some order of the database's own: rows as they lie, ids, xmin,
places in the files. For each round the voters stand in the order in which they voted; a trace gives
each of them a value. The statistic is the sum of squared rank correlations over rounds and traces;
under the hypothesis that nothing is recoverable, the order of voting of each round may be permuted
(the same permutation for all its traces, which may well follow one another).
"""

import math
import random
from collections.abc import Sequence

PERMUTATIONS = 20_000
SEED = 20_251_123

Trace = Sequence[float]  # one value for each voter, in the order of voting


def p_value(rounds: Sequence[Sequence[Trace]]) -> float:
    """The chance of traces that follow the order of voting as closely as these, if none does.

    From the permutations themselves; beyond their reach from the normal tail fitted to them.
    """
    draw = random.Random(SEED)
    ranked = [[_ranks(trace) for trace in traces] for traces in rounds]
    found = sum(_squared(traces, range(len(traces[0]))) for traces in ranked)
    tables = [_table(traces, draw) for traces in ranked]
    pooled = [sum(draw.choice(table) for table in tables) for _ in range(PERMUTATIONS)]
    above = sum(value >= found for value in pooled)
    if above:
        return (above + 1) / (PERMUTATIONS + 1)
    mean = sum(pooled) / PERMUTATIONS
    spread = math.sqrt(sum((value - mean) ** 2 for value in pooled) / PERMUTATIONS)
    return math.erfc((found - mean) / (spread * math.sqrt(2))) / 2


def _table(traces: list[list[float]], draw: random.Random, size: int = 400) -> list[float]:
    """The statistic of one round under so many orders drawn at random."""
    orders = (draw.sample(range(len(traces[0])), len(traces[0])) for _ in range(size))
    return [_squared(traces, order) for order in orders]


def _squared(traces: list[list[float]], order: Sequence[int]) -> float:
    return sum(_correlation(trace, order) ** 2 for trace in traces)


def _correlation(ranks: list[float], order: Sequence[int]) -> float:
    """Spearman's rank correlation of a trace with an order; 0 where it tells nobody apart."""
    middle = (len(ranks) - 1) / 2
    spread = sum((rank - middle) ** 2 for rank in ranks)
    if not spread:
        return 0.0
    whole = sum((place - middle) ** 2 for place in range(len(ranks)))
    both = sum((r - middle) * (o - middle) for r, o in zip(ranks, order, strict=True))
    return both / math.sqrt(spread * whole)


def _ranks(trace: Trace) -> list[float]:
    """Ranks from 0, equal values sharing the middle of their places."""
    ordered = sorted(trace)
    return [ordered.index(value) + (ordered.count(value) - 1) / 2 for value in trace]
