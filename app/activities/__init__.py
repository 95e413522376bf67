"""PURE: what each facilitated exercise is. One file per type, registered here in agenda order."""

from app.activities import (
    agree,
    choose,
    cluster,
    compare,
    estimate,
    evidence,
    matrix,
    propose,
    rank,
    rate,
    react,
    vote,
)
from app.activities.base import Exercise, RoundTerms, terms_of

EXERCISES: dict[str, Exercise] = {
    exercise.type: exercise
    for exercise in (
        evidence.EXERCISE,
        propose.EXERCISE,
        cluster.EXERCISE,
        react.EXERCISE,
        rate.EXERCISE,
        rank.EXERCISE,
        choose.EXERCISE,
        vote.EXERCISE,
        matrix.EXERCISE,
        agree.EXERCISE,
        compare.EXERCISE,
        estimate.EXERCISE,
    )
}

__all__ = ["EXERCISES", "Exercise", "RoundTerms", "terms_of"]
