"""Three psychologists who rate twenty clients (package irr, data set anxiety), by the command."""

from collections.abc import Callable

import pytest

from tests.known_answers.conftest import DataSet, consilience


def test_agreement_of_three_raters(data: Callable[[str], DataSet]) -> None:
    folder = data("raters-irr")
    expected = folder.json()["anxiety"]
    clients = folder.rows("anxiety.csv")
    ballots = [
        {"voter": rater, "body": {"rating": {row["subject"]: int(row[rater]) for row in clients}}}
        for rater in ("rater1", "rater2", "rater3")
    ]
    found = consilience("analyse", "-", stdin={"ballots": ballots})
    w, alpha = found["kendall_w"], found["krippendorff_alpha"]
    assert (len(clients), found["raters"]) == (expected["n"], expected["raters"])
    assert w["w"] == pytest.approx(expected["kendall_W_tie_corrected"], abs=1e-6)
    assert w["uncorrected"] == pytest.approx(expected["kendall_W_uncorrected"], abs=1e-6)
    for level in ("interval", "ordinal"):
        assert alpha[level] == pytest.approx(expected[f"krippendorff_alpha_{level}"], abs=1e-6)
