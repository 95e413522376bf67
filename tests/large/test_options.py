"""As many options as a rule must be able to take. Apart from the other tests of the rules, because
measuring every line of a long count takes minutes."""

import pytest

from app.methods import count
from tests.methods.test_large import rankings


@pytest.mark.parametrize(
    "method", ["borda", "copeland", "schulze", "minimax", "plurality", "rank_sum", "irv"]
)
def test_two_hundred_options(method: str) -> None:
    poll = rankings(200, 60)
    ranking = count(poll, method).ranking
    assert sorted(option for tier in ranking for option in tier) == poll.options
