"""Groups that were planted are found; in noise none are; few voters have none."""

import random
from fractions import Fraction

from app.analysis.opinion import opinion_groups
from app.analysis.raters import Row


def panel(seed: int, planted: bool, voters: int = 40, statements: int = 20) -> list[Row]:
    rng = random.Random(seed)
    side = [rng.random() < 0.5 for _ in range(statements)]

    def agrees(voter: int, statement: int) -> bool:
        if not planted:
            return rng.random() < 0.5
        return (side[statement] == (voter % 2 == 0)) == (rng.random() < 0.85)

    return [
        {f"S{s:02}": Fraction(agrees(v, s)) for s in range(statements) if rng.random() < 0.85}
        for v in range(voters)
    ]


def test_planted_groups_are_found_again() -> None:
    found = opinion_groups(panel(1, planted=True))
    groups = found["groups"]
    assert len(set(groups[0::2])) == len(set(groups[1::2])) == 1
    assert groups[0] != groups[1]
    assert found == opinion_groups(panel(1, planted=True))


def test_noise_has_no_groups_but_for_the_stated_rate() -> None:
    found = [opinion_groups(panel(seed, planted=False, voters=24)) for seed in range(10)]
    assert sum(one["groups"] is not None for one in found) <= 2  # 5 % each


def test_few_voters_have_no_groups() -> None:
    assert opinion_groups(panel(1, planted=True, voters=11))["groups"] is None


def test_all_of_one_mind_are_one_group() -> None:
    assert opinion_groups([{"S1": Fraction(1), "S2": Fraction(0)}] * 20)["groups"] is None
