"""Every small change of what decides is noticed, or explained."""

import pytest

from tests.soak.explained import EQUAL
from tests.soak.mutants import FILES, survivors


@pytest.mark.soak
@pytest.mark.parametrize("file", FILES)
def test_what_survives_is_explained(file: str) -> None:
    assert sorted(survivors(file)) == sorted(EQUAL.get(file, {}))


def test_explanations_are_of_files_that_are_there() -> None:
    assert sorted(set(EQUAL) - set(FILES)) == []
