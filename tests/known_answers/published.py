"""For every method a published example beyond the vectors V1–V20: the test, and its source."""

CHOICES = "test_textbook_choices.py"
RANKINGS = "test_textbook_rankings.py"
PANELS = "test_textbook_panels.py"
CLOSEST = "test_closest_published.py"
CONDORCET = (f"{RANKINGS}::test_condorcet_sixty", "Condorcet (1785), as in Young (1988)")
THIRTY = (f"{CHOICES}::test_two_seats_for_thirty_voters", "Wikipedia, Proportional approval voting")

PUBLISHED: dict[str, tuple[str, str]] = {
    "plurality": CONDORCET,
    "approval": (
        f"{CHOICES}::test_tennessee_by_approval_of_two_each",
        "Wikipedia, Approval voting",
    ),
    "motion": (
        f"{CHOICES}::test_two_thirds_of_the_members_present_and_voting",
        "United Nations General Assembly, resolutions 2758 (XXVI) and ES-11/1",
    ),
    "consent": (
        f"{CLOSEST}::test_a_few_objections_block_and_as_many_reservations_do_not",
        "FCCC/CP/2009/11; A/CONF.171/13",
    ),
    "evidence_judgement": (
        f"{CLOSEST}::test_evidence_judgements_give_answers_the_same_worth",
        "the worth of CHNRI's answers",
    ),
    "agree_disagree": (
        "test_elections.py::test_reactions_of_london_as_the_last_vote_of_each",
        "Polis, London youth policing",
    ),
    "dot_vote": (
        f"{CHOICES}::test_seventeen_shares_of_a_hundred_elect_one_of_five_directors",
        "Glasser (1959)",
    ),
    "score": (f"{CHOICES}::test_tennessee_by_score", "Wikipedia, Score voting"),
    "star": (f"{CHOICES}::test_tennessee_by_star", "Wikipedia, STAR voting"),
    "quadratic": (f"{CHOICES}::test_votes_cost_their_square", "Posner and Weyl (2018)"),
    "borda": (f"{RANKINGS}::test_borda_of_a_hundred", "Wikipedia, Borda count"),
    "copeland": CONDORCET,
    "schulze": CONDORCET,
    "ranked_pairs": CONDORCET,
    "kemeny": CONDORCET,
    "minimax": CONDORCET,
    "irv": CONDORCET,
    "stv": (
        "test_elections.py::test_a_council_by_the_command_as_its_file_is",
        "ballots of a council, counted by three rules",
    ),
    "rank_sum": (
        f"{RANKINGS}::test_rank_sums_of_rounding_first_base",
        "Hollander and Wolfe (1973), table 7.1",
    ),
    "satisfaction_approval": (
        f"{CHOICES}::test_satisfaction_approval_serves_more_voters",
        "Brams and Kilgour (2014), example 1",
    ),
    "seq_pav": THIRTY,
    "pav": THIRTY,
    "seq_phragmen": THIRTY,
    "equal_shares": THIRTY,
    "weighted_criteria": (
        f"{PANELS}::test_three_alternatives_by_weighted_sum",
        "Triantaphyllou (2000), weighted sum model",
    ),
    "chnri": (
        f"{CLOSEST}::test_chnri_gives_answers_their_published_worth",
        "Journal of Global Health 2015, PMC4556421, box 1",
    ),
    "impact_feasibility": (
        f"{CLOSEST}::test_quartiles_decide_the_cell",
        "Wikipedia, Quartile, method 2",
    ),
    "rating_consensus": (f"{PANELS}::test_quartiles_of_eleven", "Wikipedia, Quartile, method 2"),
    "ram_appropriateness": (
        f"{PANELS}::test_the_wider_range_allowed_away_from_the_middle",
        "RAND/UCLA Appropriateness Method manual (2001)",
    ),
    "bradley_terry": (
        f"{PANELS}::test_citations_among_journals",
        "Stigler (1994); Agresti (2002), table 10.12",
    ),
    "best_worst": (
        f"{CLOSEST}::test_counts_of_best_and_worst",
        "Displayr documentation, Counts Analysis of MaxDiff Data",
    ),
    "ahp": (f"{PANELS}::test_distances_from_philadelphia", "Saaty (1977)"),
    "idea": (
        "test_elicitation.py::test_idea_on_an_expert_workshop",
        "repliCATS, an expert workshop's judgements",
    ),
    "linear_pool": (
        f"{PANELS}::test_a_weighted_pool_of_three_families",
        "SHELF, the test of its weighted linear pool",
    ),
    "cooke": (
        f"{CLOSEST}::test_a_calibrated_expert_and_one_who_says_nothing",
        "Cooke (1991), chapter 12",
    ),
}
