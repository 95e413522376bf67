"""On which side of a subject a ballot stands."""

from collections.abc import Sequence
from fractions import Fraction

from app.analysis.raters import values
from app.ballots import Body
from app.ballots.choice import Choice
from app.ballots.consent import Consent
from app.ballots.ranking import Ranking

FOR, AGAINST = Fraction(1), Fraction(0)


def side_of(body: Body, options: Sequence[str], subject: str) -> Fraction | None:
    """From 0 (against) to 1 (for); of a ranking, 1 in the first place and 0 in the last. None of
    who takes no side.
    """
    match body:
        case Consent():
            known = {"consent": FOR, "reservation": FOR, "objection": AGAINST}
            return known.get(body.consent)
        case Choice():
            return FOR if subject in body.choice else AGAINST
        case Ranking():
            if len(options) < 2:
                return None
            place = values(body, options)[subject]
            return (len(options) - place) / (len(options) - 1)
    row = values(body, options)
    return row.get(subject, row.get("motion"))
