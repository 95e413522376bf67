"""What a method of one version says never changes: an outcome of today is recomputed in ten years.

The outcomes of sixty drawn polls for each method, whole, with every word of the trace, are held
here as digests. If one differs, mend the method; if the change is meant, raise its `version` and
freeze anew: `python -m tests.methods.frozen`.
"""

import pytest

from app.methods import METHODS
from tests.methods.frozen import POLLS, frozen, mark, said


@pytest.mark.parametrize("method", METHODS)
def test_a_version_says_what_it_always_said(method: str) -> None:
    kept = frozen()[method]
    assert kept["version"] == METHODS[method].version
    for number in range(POLLS):
        now = said(method, number)
        assert (number, mark(now)) == (number, kept["marks"][number]), now


def test_every_method_is_frozen() -> None:
    assert list(frozen()) == list(METHODS)
