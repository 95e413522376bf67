"""Methods of which print holds little: what there is, and what stands in for it.

- Best–worst counts: six sets of three (Displayr documentation, Counts Analysis of MaxDiff Data).
- Consent: no paper counts it. The Copenhagen Accord, of which the conference could only take note
  while Bolivia, Cuba, Nicaragua, Sudan, Tuvalu and Venezuela objected (FCCC/CP/2009/11), and a
  programme adopted by consensus with written reservations (A/CONF.171/13, chapter V).
- CHNRI: its articles print ranked lists, not the answers behind a score. Published are the worth of
  the answers (yes 1, informed but undecided 0.5, no 0, else blank; Journal of Global Health 2015,
  PMC4556421, box 1) and what follows of them.
- Evidence judgements: our own summary; it gives its answers the worth that CHNRI gives them, so on
  the same answers the two agree.
- Impact and feasibility: the published grids are cut at the means of all items (Waltz et al. 2015)
  or drawn by hand; none is cut at the middle of the scale. The quartiles of eleven (Wikipedia,
  Quartile, method 2) decide the cells instead.
- Cooke: of twenty known answers one, nine, nine and one in the four bins is calibration 1 by
  definition (Cooke 1991, chapter 12); an expert whose bins are as wide as the range makes them
  likely says nothing, information 0.
"""

from typing import Any

import pytest

from app.methods import Outcome, Poll, count

SETS = ("CDE", "ADE", "BDF", "ACF", "ABC", "BEF")
CHOSEN = ("CE", "AE", "BF", "CF", "CB", "BF")


def counted(method: str, bodies: list[dict[str, Any]], **fields: Any) -> Outcome:
    ballots = [one if "body" in one else {"body": one} for one in bodies]
    return count(Poll.model_validate({"method": method, "ballots": ballots, **fields}))


def test_counts_of_best_and_worst() -> None:
    bodies = [
        {"best_worst": {"shown": list(shown), "best": chosen[0], "worst": chosen[1]}}
        for shown, chosen in zip(SETS, CHOSEN, strict=True)
    ]
    outcome = counted("best_worst", bodies)
    assert outcome.ranking == [["C"], ["A", "B"], ["D"], ["E"], ["F"]]
    figures = outcome.diagnostics["options"]
    differences = {o: int(one["best"]) - int(one["worst"]) for o, one in figures.items()}
    assert differences == {"A": 1, "B": 1, "C": 3, "D": 0, "E": -2, "F": -3}
    assert outcome.scores == {"A": "1/3", "B": "1/3", "C": "1", "D": "0", "E": "-2/3", "F": "-1"}


@pytest.mark.parametrize(
    ("answer", "states", "decided"), [("objection", 6, "no"), ("reservation", 6, "yes")]
)
def test_a_few_objections_block_and_as_many_reservations_do_not(
    answer: str, states: int, decided: str
) -> None:
    bodies = [{"count": 186, "body": {"consent": "consent"}},
              {"count": states, "body": {"consent": answer, "reason": "As stated."}}]  # fmt: skip
    outcome = counted("consent", bodies)
    assert (outcome.decided, outcome.scores[answer]) == (decided, str(states))


ANSWERS: dict[str, list[float | None]] = {
    "answerable": [1, 1, 1, None], "effective": [1, 0.5, 1, 1], "deliverable": [0.5, 0.5, 0, 0.5],
    "burden": [0, None, 0, 0], "equity": [1, 1, 0.5, 1],
}  # fmt: skip


def test_chnri_gives_answers_their_published_worth() -> None:
    outcome = counted(
        "chnri",
        [{"criteria": {"A": {q: ANSWERS[q][n] for q in ANSWERS}}} for n in range(4)],
    )
    figures = outcome.diagnostics["options"]["A"]
    assert figures["criteria"] == {
        "answerable": "1", "effective": "7/8", "deliverable": "3/8", "burden": "0", "equity": "7/8"
    }  # fmt: skip
    assert (figures["rps"], figures["aea"]) == ("5/8", "3/4")


def test_evidence_judgements_give_answers_the_same_worth() -> None:
    said = {1: "yes", 0.5: "partly", 0: "no", None: "cannot_say"}
    bodies = [{"judgement": {q: {"holds": said[ANSWERS[q][n]]} for q in ANSWERS}} for n in range(4)]
    assert counted("evidence_judgement", bodies).scores == {
        "answerable": "1", "effective": "7/8", "deliverable": "3/8", "burden": "0", "equity": "7/8"
    }  # fmt: skip


ELEVEN = [6, 7, 15, 36, 39, 40, 41, 42, 43, 47, 49]  # quartiles 25.5, 40 and 42.5


@pytest.mark.parametrize(
    ("impact", "feasibility", "cell"),
    [
        (ELEVEN, ELEVEN, "high_high"),  # 25.5 is above 25, the middle of 0 to 50
        (ELEVEN, [50 - n for n in ELEVEN], "high_low"),
        ([50 - n for n in ELEVEN], ELEVEN, "low_high"),
        ([n - 1 for n in ELEVEN], ELEVEN, "undecided"),  # 24.5 is below it, the median above
    ],
)
def test_quartiles_decide_the_cell(impact: list[int], feasibility: list[int], cell: str) -> None:
    outcome = counted(
        "impact_feasibility",
        [
            {"criteria": {"A": {"impact": one, "feasibility": other}}}
            for one, other in zip(impact, feasibility, strict=True)
        ],
        scale={"min": 0, "max": 50},
    )
    assert outcome.diagnostics["options"]["A"]["cell"] == cell


def test_a_calibrated_expert_and_one_who_says_nothing() -> None:
    """Quantiles at a bin's own share of the range 0 to 100, so that all r equal p."""
    known = {f"K{n:02}": value for n, value in enumerate([2, *[30] * 9, *[70] * 9, 98])}
    body = {"quantiles": {question: {"0.05": 5, "0.5": 50, "0.95": 95} for question in known}}
    rows = [{"voter": "A", "body": body}]
    outcome = counted("cooke", rows, realisations={**known}, params={"overshoot": 1 / 18})
    expert = outcome.diagnostics["experts"]["A"]
    assert expert["calibration"] == pytest.approx(1)
    inner = [q for q, value in known.items() if 5 <= value <= 95]
    assert len(inner) == 18  # there the range is 5 − 90/18 to 95 + 90/18
    middle = counted(
        "cooke",
        [{"voter": "A", "body": {"quantiles": {q: body["quantiles"][q] for q in inner}}}],
        realisations={q: known[q] for q in inner},
        params={"overshoot": 1 / 18},
    )
    assert middle.diagnostics["experts"]["A"]["information"] == pytest.approx(0, abs=1e-12)
