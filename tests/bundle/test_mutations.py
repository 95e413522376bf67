"""Whatever is changed in ballots, outcomes, log or manifest is found, though the sums fit."""

from pathlib import Path

import pytest

from app.formats import verify
from tests.bundle.mutations import mutants, pack
from tests.support.soaking import Saw


def missed(bundle: Path, number: int, seed: int) -> list[str]:
    """The changes that the verifier did not find."""
    changed = bundle.with_name("changed.zip")
    found = []
    for told, files in mutants(bundle, number, seed):
        pack(files, changed)
        if not verify.verify(str(changed))[0]:
            found.append(told)
    return found


def test_an_unchanged_bundle_packed_anew_is_whole(bundle: Path) -> None:
    pack(verify.unzipped(str(bundle)), bundle)
    assert verify.verify(str(bundle))[0] == []


def test_sixty_changes_are_found(bundle: Path) -> None:
    assert missed(bundle, 60, seed=1) == []


@pytest.mark.soak
def test_a_thousand_changes_are_found(bundle: Path, saw: Saw) -> None:
    assert missed(bundle, 1000, seed=2016) == []
    saw(1000, "all found by the verifier")
