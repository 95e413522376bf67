"""What each rule of a vote does, in a sentence without figures. Pure words."""

from app.errors import N_

PLAIN = {
    "plurality": N_("Plurality: the option named most often comes first."),
    "approval": N_(
        "Approval: everyone supports as many options as they like; the most supported come first."
    ),
    "motion": N_("A motion: yes, no or abstain, decided by the share of yes."),
    "dot_vote": N_("Dot vote: everyone spreads points over the options; most points first."),
    "quadratic": N_(
        "Quadratic vote: everyone spends points, and n votes for one option cost n times n of them."
    ),
    "score": N_("Score: everyone gives each option a mark; the middle mark decides."),
    "star": N_(
        "STAR: everyone gives marks; of the two highest totals, the one preferred on more ballots "
        "wins."
    ),
    "rating_consensus": N_(
        "Ratings: agreed is what a high middle mark and little spread speak for."
    ),
    "ram_appropriateness": N_(
        "RAND/UCLA: ratings sort the options into appropriate, uncertain and inappropriate."
    ),
    "borda": N_("Borda: places give points, shared where options are tied; most points first."),
    "copeland": N_("Copeland: the option that beats the most others, one against one, wins."),
    "schulze": N_(
        "Schulze: an option that beats or ties every other along the strongest paths wins."
    ),
    "ranked_pairs": N_(
        "Ranked pairs: the clearest majorities between two options stand, those against them fall."
    ),
    "kemeny": N_("Kemeny: the order that contradicts the fewest of all rankings wins."),
    "minimax": N_("Minimax: the option whose worst defeat is the mildest wins."),
    "irv": N_(
        "Instant run-off: the option with the fewest first places leaves, until one has a majority."
    ),
    "stv": N_(
        "Single transferable vote: seats by quota; what is over, and what the last one had, is "
        "passed on."
    ),
    "rank_sum": N_("Rank sum: the places are added up; the smallest sum comes first."),
    "satisfaction_approval": N_(
        "Satisfaction approval: a ballot’s one vote is shared among all the options it supports."
    ),
    "seq_pav": N_(
        "Proportional approval, step by step: whoever has one of theirs chosen counts for less in "
        "the next step."
    ),
    "pav": N_(
        "Proportional approval: of all possible choices the one that serves everybody’s approvals "
        "most evenly."
    ),
    "seq_phragmen": N_(
        "Phragmén: each choice is a load on those who support it, kept as even as may be."
    ),
    "equal_shares": N_(
        "Equal shares: everybody has the same part of the budget and pays for what they support."
    ),
}

TITLES = {
    "plurality": N_("Plurality"),
    "approval": N_("Approval"),
    "motion": N_("Motion"),
    "dot_vote": N_("Dot vote"),
    "quadratic": N_("Quadratic vote"),
    "score": N_("Score"),
    "star": N_("STAR"),
    "rating_consensus": N_("Ratings with consensus"),
    "ram_appropriateness": N_("RAND/UCLA appropriateness"),
    "borda": N_("Borda"),
    "copeland": N_("Copeland"),
    "schulze": N_("Schulze"),
    "ranked_pairs": N_("Ranked pairs"),
    "kemeny": N_("Kemeny"),
    "minimax": N_("Minimax"),
    "irv": N_("Instant run-off"),
    "stv": N_("Single transferable vote"),
    "rank_sum": N_("Rank sum"),
    "satisfaction_approval": N_("Satisfaction approval"),
    "seq_pav": N_("Proportional approval, step by step"),
    "pav": N_("Proportional approval"),
    "seq_phragmen": N_("Phragmén"),
    "equal_shares": N_("Equal shares"),
}
