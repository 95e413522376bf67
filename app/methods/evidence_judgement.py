"""Evidence under review: does it hold where one works, and how strong is it?

Score: mean of yes 1, partly 1/2, no 0 over those who can say. Holds: more than half of them say
yes. A summary of ours; options of equal score share a tier. O(ballots · options).
"""

from collections import Counter
from fractions import Fraction
from typing import Any, ClassVar

from app.ballots.judgement import Finding, Judgement
from app.ballots.numbers import text
from app.methods.base import Method
from app.methods.case import Case, Params, Vote
from app.methods.outcome import Result
from app.methods.tiers import in_words, tiers_by

HOLDS = ("yes", "partly", "no", "cannot_say")
STRENGTHS = ("strong", "promising", "mixed", "untested", "expert_opinion")
WORTH = {"yes": Fraction(1), "partly": Fraction(1, 2), "no": Fraction(0)}


class EvidenceParams(Params):
    """`by_region` shows the answers by the region spoken for; off unless chosen before opening."""

    by_region: bool = False


class EvidenceJudgement(Method[EvidenceParams]):
    """A summary, not a decision: the score is the mean of yes 1, partly 1/2, no 0 among those who
    can say.
    """

    id: ClassVar[str] = "evidence_judgement"
    shape = "judgement"
    weighted = False
    reference = (
        "Categories after the Delphi practice of testing claims by region; no published rule."
    )
    params = EvidenceParams

    def tally(self, case: Case[EvidenceParams]) -> Result:
        findings: dict[str, list[tuple[Finding, int]]] = {option: [] for option in case.options}
        for body, count in case.heads(Judgement):
            for option, finding in body.judgement.items():
                findings[option].append((finding, count))
        options = {option: summary(found) for option, found in findings.items()}
        if case.params.by_region:
            for option, found in findings.items():
                options[option]["regions"] = by_region(found)
        scores = {option: score(options[option]["holds"]) for option in case.options}
        ranking = tiers_by(
            case.options, lambda option: -1 if scores[option] is None else scores[option]
        )
        winners = [o for tier in ranking for o in tier if options[o]["verdict"] == "holds"]
        return Result(
            winners=winners,
            decided="yes" if winners else "no",
            ranking=ranking,
            scores={
                option: None if value is None else text(value) for option, value in scores.items()
            },
            diagnostics={"options": options},
            trace=[f"Order by how far it holds: {in_words(ranking)}."],
        )

    def content(self, case: Case[EvidenceParams], vote: Vote) -> dict[str, Any]:
        """Regions would name the only one from there: the digest takes them only where they are
        shown.
        """
        content = super().content(case, vote)
        if not case.params.by_region:
            for finding in content["body"]["judgement"].values():
                finding.pop("regions", None)
        return content


def summary(found: list[tuple[Finding, int]]) -> dict[str, Any]:
    """How many gave each answer, and what follows."""
    holds, strength = tally_of(found, "holds", HOLDS), tally_of(found, "strength", STRENGTHS)
    return {
        "n": sum(holds.values()),
        "holds": holds,
        "strength": strength,
        "verdict": verdict(holds),
    }


def tally_of(
    found: list[tuple[Finding, int]], question: str, answers: tuple[str, ...]
) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for finding, count in found:
        counts[getattr(finding, question)] += count
    return {answer: counts[answer] for answer in answers}


def by_region(found: list[tuple[Finding, int]]) -> dict[str, Any]:
    """The same by region; who speaks for several counts in each."""
    regions = sorted({region for finding, _ in found for region in finding.regions or ()})
    return {
        region: summary([(f, n) for f, n in found if region in (f.regions or ())])
        for region in regions
    }


def score(holds: dict[str, int]) -> Fraction | None:
    """The mean among those who can say; None if nobody can."""
    able = sum(holds[answer] for answer in WORTH)
    return sum((WORTH[a] * holds[a] for a in WORTH), start=Fraction(0)) / able if able else None


def verdict(holds: dict[str, int]) -> str:
    """What more than half of those who can say agree on."""
    able = sum(holds[answer] for answer in WORTH)
    if not able:
        return "unknown"
    if holds["yes"] * 2 > able:
        return "holds"
    if holds["no"] * 2 > able:
        return "does_not_hold"
    return "holds_in_part" if (holds["yes"] + holds["partly"]) * 2 > able else "divided"
