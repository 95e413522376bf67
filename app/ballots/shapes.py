"""The shapes a ballot can have, in reading order. A new shape is one file and one line here."""

from app.ballots.allocation import Allocation
from app.ballots.approval import Approval
from app.ballots.best_worst import BestWorst
from app.ballots.body import Body
from app.ballots.choice import Choice
from app.ballots.consent import Consent
from app.ballots.criteria import Criteria
from app.ballots.interval import Interval
from app.ballots.judgement import Judgement
from app.ballots.judgements import Judgements
from app.ballots.motion import Motion
from app.ballots.pair import Pair
from app.ballots.quantiles import Quantiles
from app.ballots.ranking import Ranking
from app.ballots.rating import Rating
from app.ballots.react import React

SHAPES: dict[str, type[Body]] = {
    body.shape: body
    for body in (
        Choice,
        Approval,
        Motion,
        Consent,
        Ranking,
        Rating,
        Allocation,
        Pair,
        BestWorst,
        Criteria,
        Quantiles,
        Judgement,
        React,
        Interval,
        Judgements,
    )
}

# One answer to one item a body; what a voting unit answered is one ballot for counting.
ITEMWISE = frozenset({React.shape, Judgement.shape})
# One set of options a body; a voting unit judges many, and each stands for itself in the count.
REPEATED = frozenset({Pair.shape, BestWorst.shape})
