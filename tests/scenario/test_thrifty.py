"""The thrifty matrix on the scenario: what the page in docs/ says is what comes out."""

from pathlib import Path

from app.activities.thrift import Sharing, Shortlist
from app.scenario.cells import every_cell, ratings
from tests.scenario.thrifty import TRIALS, table, trial

PAGE = Path(__file__).resolve().parents[2] / "docs" / "thrifty-matrix.md"


def test_the_page_shows_the_table_as_it_comes_out() -> None:
    assert table() in PAGE.read_text(encoding="utf-8")


def test_a_tenth_of_the_cells_gives_most_of_the_first_twenty() -> None:
    found = trial(*TRIALS[-1])
    assert len(ratings()) == 29
    assert len(every_cell()) == 378
    assert found.cells <= 0.11
    assert found.share <= 0.05
    assert found.overlap(20) >= 0.8
    assert found.correlation >= 0.85
    assert max(found.used) <= found.predicted < 30


def test_an_early_stop_only_saves_answers() -> None:
    whole = trial(Shortlist(6), Sharing(15))
    early = trial(Shortlist(6), Sharing(15, stop_from=9, stop_iqr=2, stop_settled=True))
    assert early.asked == whole.asked == whole.answers > early.answers
    assert all(set(early.ratings[who]) <= set(whole.ratings[who]) for who in whole.ratings)
