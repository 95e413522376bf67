"""Figures and answers as people read them."""

import pytest

from app.exports.answers import answers
from app.exports.sentences import distribution, figures, score
from app.queries.report.shape import OptionFigures, Report

COUNTS = {"States": {"7": 5, "no_opinion": 2}, "experts": {"10": 1, "9": 8}}


def option(**given: object) -> OptionFigures:
    whole = {"id": "a", "text": "A", "place": 1, "score": "", "winner": True, "figures": {},
             "counts": {}}  # fmt: skip
    return OptionFigures(**{**whole, **given})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("exact", "shown"), [("11/2", "5.5"), ("28", "28"), ("39/44", "0.8864"), ("", ""), ("–", "–")]
)
def test_scores_are_decimal(exact: str, shown: str) -> None:
    assert score(option(score=exact)) == shown


def test_answers_are_counted_for_states_and_experts_apart() -> None:
    said = distribution(option(counts=COUNTS), str)
    assert said == "Experts: 9 (8×), 10 (1×)\nStates: 7 (5×), no opinion (2×)"


def test_figures_are_named_in_one_order() -> None:
    assert figures(option(figures={"n": 28, "iqr": 1.0, "median": 5.5, "mean": None}), str) == (
        "median 5.5, IQR 1, n 28"
    )


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ({"ranking": [["r"], ["p", "q"], ["s"]]}, [("r", "1"), ("p", "2"), ("q", "2"), ("s", "4")]),
        ({"rating": {"p": 7, "q": None}}, [("p", "7"), ("q", "no opinion")]),
        ({"approval": ["p"]}, [("p", "approved")]),
        ({"react": {"p": "pass"}}, [("p", "pass")]),
        (
            {"judgement": {"p": {"holds": "partly", "strength": "mixed", "regions": ["Sahel"]}}},
            [("p", "partly; mixed; Sahel")],
        ),
        ({"consent": "pending"}, [("", "position reserved")]),
        ({"interval": {"q": {"low": 1}}}, [("", '{"q": {"low": 1}}')]),
    ],
)
def test_ballots_are_lines_of_option_and_answer(
    report: Report, body: dict[str, object], lines: list[tuple[str, str]]
) -> None:
    assert answers(report.rounds[0], body, str) == lines
