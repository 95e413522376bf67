"""Published figures of agreement: V14 anxiety (cran/irr), V15 Krippendorff, V16 Fleiss."""

from typing import Any

import pytest

from app.analysis import analyse
from app.methods import Poll

ANXIETY = [
    [3, 3, 3, 4, 5, 5, 2, 3, 5, 2, 2, 6, 1, 5, 2, 2, 1, 2, 4, 3],
    [3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4],
    [2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2],
]
KRIPPENDORFF = (
    "1 1 - 1|2 2 3 2|3 3 3 3|3 3 3 3|2 2 2 2|1 2 3 4|"
    "4 4 4 4|1 1 2 1|2 2 2 2|- 5 5 5|- - 1 1|- - 3 -"
)
FLEISS = (
    "0 0 0 0 14/0 2 6 4 2/0 0 3 5 6/0 3 9 2 0/2 2 8 1 1/"
    "7 7 0 0 0/3 2 6 3 0/2 5 3 2 2/6 5 2 1 0/0 2 2 3 7"
)


def rated(rows: list[list[int | None]]) -> dict[str, Any]:
    """One row a rater; units are named U00, U01 …"""
    ballots = [
        {"body": {"rating": {f"U{unit:02}": value for unit, value in enumerate(row)}}}
        for row in rows
    ]
    return analyse(Poll.model_validate({"ballots": ballots}))


def test_kendall_w_of_three_raters() -> None:
    found = rated([list(row) for row in ANXIETY])
    w = found["kendall_w"]
    assert w["w"] == pytest.approx(0.5396569, abs=1e-7)
    assert w["chi2"] == pytest.approx(30.760, abs=5e-4)
    assert (w["df"], round(w["p"], 5)) == (19, 0.04288)
    assert found["krippendorff_alpha"]["interval"] == pytest.approx(0.170099, abs=1e-6)
    assert found["krippendorff_alpha"]["ordinal"] == pytest.approx(0.228387, abs=1e-6)
    assert found["percent_agreement"] == {"0": 0.0, "1": 7 / 20}


def test_krippendorff_alpha_at_four_levels() -> None:
    units = [column.split() for column in KRIPPENDORFF.split("|")]
    rows = [[None if unit[r] == "-" else int(unit[r]) for unit in units] for r in range(4)]
    alpha = rated(rows)["krippendorff_alpha"]
    assert {level: round(value, 4) for level, value in alpha.items()} == {
        "nominal": 0.7434,
        "ordinal": 0.8154,
        "interval": 0.8491,
        "ratio": 0.7974,
    }


def test_fleiss_kappa_of_fourteen_raters() -> None:
    units = [[int(n) for n in unit.split()] for unit in FLEISS.split("/")]
    answers = [[v for v, n in enumerate(unit, start=1) for _ in range(n)] for unit in units]
    rows: list[list[int | None]] = [list(row) for row in zip(*answers, strict=True)]
    assert rated(rows)["fleiss_kappa"] == pytest.approx(0.2099, abs=5e-5)


def test_cohen_kappa_of_two_raters() -> None:
    pairs = [(1, 1)] * 20 + [(1, 0)] * 5 + [(0, 1)] * 10 + [(0, 0)] * 15
    found = rated([[a for a, _ in pairs], [b for _, b in pairs]])
    assert found["cohen_kappa"] == pytest.approx(0.4)
    assert rated([list(row) for row in ANXIETY])["cohen_kappa"] is None
