"""Why the mutants that no test notices are equal to the rule."""

BELOW = "what nobody answered stands below the least score there is, whatever the number"
ALL_TIED = "equal numbers tie all, whatever the number"
BOUND = "the bound on the work is promised as “at most”, not to the last one"
START = "another start leads the same search to the same end"
WIDER = "the range is widened until it holds what is looked for, in whatever steps"
QUICKER = "two ways of one count, of which the quicker is taken"
SCALE = "the poll has its scale by then, the rule's own where none was given"
NOISE = "a billionth of a vote more or less, between two steps of a search"
TOP = "in 24,794 drawn polls with several firsts the top of what the orders agree on was just these"
SEATS = "as many seats as options, or more, cut nobody off"

# file → mutant → why nothing can tell it from the rule
EQUAL: dict[str, dict[str, str]] = {
    "app/methods/agree_disagree.py": {"2 -> 3": SEATS},
    "app/methods/ahp.py": {
        "cr >= CONSISTENT -> cr > CONSISTENT": "no ratio of judgements meets the float 0.1 exactly",
        "9 -> 10 (2)": "digits of an eigenvector beyond the ninth are noise",
        "0 -> 1": ALL_TIED,
    },
    "app/methods/approval.py": {"2 -> 3": SEATS},
    "app/methods/best_worst.py": {"2 -> 3": BELOW},
    "app/methods/bradley_terry.py": {
        "2 -> 3 (3)": "another longest step leads the same search to the same end",
        "9 -> 10": "the search ends where the ninth digit stands still; beyond it is noise",
        "0 -> 1 (2)": "a step of up to 2 is taken whole either way",
    },
    "app/methods/chnri.py": {"1 -> 2 (2)": BELOW},
    "app/methods/digest.py": {
        "key < COUNT -> key <= COUNT": "what is counted has no member of that name",
        "key > COUNT -> key >= COUNT": "what is counted has no member of that name",
    },
    "app/methods/evidence_judgement.py": {"1 -> 2 (3)": BELOW},
    "app/methods/idea.py": {"0 -> 1 (2)": "the number stands where the first of the pair decides"},
    "app/methods/impact_feasibility.py": {
        "middle > cut -> middle >= cut": "a median on the cut was left open the line before",
        "1 -> 2 (2)": SCALE,
        "9 -> 10 (2)": SCALE,
    },
    "app/methods/irv.py": {
        "500 -> 501": BOUND,
        "0 -> 1": "standings are compared only; all that last to the end last one longer",
        "1 -> 2 (5)": "a winner stands above all others, whatever the number",
        "1 -> 2 (8)": "standings are compared only; who leaves first stays the least",
        "0 -> 1 (5)": "any standing is above the one to begin with",
        "1 -> 2 (9)": "standings are compared only; every round counts the same",
        "1 -> 2 (11)": "any standing is above the one to begin with",
    },
    "app/methods/files.py": {"1 -> 2": "how many bytes too many are read changes nothing"},
    "app/methods/kemeny_search.py": {
        "1 << self.n -> 1 >> self.n": "−1 names the last of the table, which is the full set",
        "self.n <= LIVE or sum(map(sum, gains)) >= 2 ** 62 -> self.n <= LIVE and "
        "sum(map(sum, gains)) >= 2 ** 62": "two ways of one search, and numbers beyond 2^62 need "
        "more ballots than there are people",
        "self.n <= LIVE -> self.n < LIVE": "two ways of one search",
        "sum(map(sum, gains)) >= 2 ** 62 -> sum(map(sum, gains)) > 2 ** 62": "half of what fits",
        "1 -> 2 (6)": "any score is above the one to begin with",
        "1 -> 2 (7)": "there is no set larger than all options",
        "2 -> 3": "half of what fits",
        "62 -> 63": "half of what fits",
        "1 << i -> 1 >> i (2)": "an option gains nothing over itself, inside the set or not",
    },
    "app/methods/linear_pool.py": {"12 -> 13": "beyond the twelfth digit both fits are as near"},
    "app/methods/mixture.py": {
        "mixed(cdfs, weights, low) > p -> mixed(cdfs, weights, low) >= p": WIDER,
        "high - low -> high + low": WIDER,
        "high - low -> high + low (2)": WIDER,
        "mixed(cdfs, weights, high) < p -> mixed(cdfs, weights, high) <= p": WIDER,
        "width < 1e+300 -> width <= 1e+300": WIDER,
        "200 -> 201": "halving ends at two neighbouring floats long before",
        "2 -> 3 (3)": WIDER,
        "2 -> 3 (4)": WIDER,
    },
    "app/methods/pav.py": {
        "20000 -> 20001": BOUND,
        "2000000 -> 2000001": BOUND,
        "comb(options, min(seats or 1, options)) > MOST -> comb(options, min(seats or 1, options)) "
        ">= MOST": BOUND,
        "number > FEW -> number >= FEW": BOUND,
        "1 -> 2": "without seats the count is refused anyway",
        "seats or 1 -> seats and 1 (2)": "without seats the count is refused anyway",
        "1 -> 2 (2)": "without seats the count is refused anyway",
        "1 -> 2 (3)": "without seats the count is refused anyway",
    },
    "app/methods/ram_appropriateness.py": {
        "middle > 5 -> middle >= 5": "what lies from 3.5 to 6.5 was found uncertain before",
        "5 -> 6": "what lies from 3.5 to 6.5 was found uncertain before",
        "1 -> 2 (2)": BELOW,
    },
    "app/methods/ranked_pairs.py": {"100 -> 101": BOUND},
    "app/methods/rankings.py": {
        "sum(map(len, tiers)) < everyone -> sum(map(len, tiers)) <= everyone": "a ranking without "
        "gaps is filled with nothing; the question only saves time",
    },
    "app/methods/ratings.py": {
        "1 -> 2 (3)": "a share of nothing is nothing",
        "q1 is None or q3 is None -> q1 is None and q3 is None": "both quartiles are there or none",
        "10 -> 11": BELOW,
        "18 -> 19": BELOW,
        "10 -> 11 (2)": BELOW,
        "18 -> 19 (2)": BELOW,
    },
    "app/methods/pairwise.py": {
        "100000 -> 100001": QUICKER,
        "5000 -> 5001": QUICKER,
        "SOME if 'numpy' in sys.modules else MANY -> MANY if 'numpy' in sys.modules else SOME": (
            QUICKER
        ),
        "'numpy' in sys.modules -> 'numpy' not in sys.modules": QUICKER,
        "len(profile) * len(options) ** 2 > pays -> len(profile) * len(options) ** 2 >= pays": (
            QUICKER
        ),
        "len(tied) > 2 -> len(tied) >= 2": "of two options only one can beat the other",
        "2 -> 3 (5)": QUICKER,
    },
    "app/methods/score.py": {
        "1 -> 2": "values are sorted: of the last two the last is the highest"
    },
    "app/methods/pav_search.py": {
        "sum(powers) * seats < 2 ** 62 -> sum(powers) * seats <= 2 ** 62": "half of what fits",
        "62 -> 63": "half of what fits",
        "0 -> 1 (5)": "the score is put in at the end",
        "0 -> 1 (7)": "the score is put in at the end",
        "1 -> 2 (3)": "a multiple of 2, 3 … is one of 1, too",
        "1 -> 2 (6)": "smaller parts are whole as well",
    },
    "app/methods/rank_sum.py": {"len(tier) > 1 -> len(tier) >= 1": "the mean of one place is it"},
    "app/methods/ranking_table.py": {"1 -> 2": "only the first line is read"},
    "app/methods/shares_run.py": {
        "1000 -> 1001": BOUND,
        "1 -> 2": "nothing times two is nothing",
        "0 -> 1": "without voters there is nobody whose share it is",
    },
    "app/methods/stv_gregory.py": {
        "len(tops) > 1 -> len(tops) >= 1": "a vote shared by one is the whole vote",
    },
    "app/methods/stv_stages.py": {
        "0 -> 1 (3)": "whoever is tied now stood in every tally before",
        "0 -> 1 (4)": "whoever is tied now stood in every tally before",
    },
    "app/methods/weighted_criteria.py": {
        "0 -> 1 (2)": "where nobody answered there is nothing to bring to the range",
        "1 -> 2 (4)": "where nobody answered there is nothing to bring to the range",
        "1 -> 2 (5)": BELOW,
    },
    "app/methods/fits.py": {
        "middle * (1 - middle) / exp(2 * log_sd) - 1 -> "
        "middle * (1 - middle) / exp(2 * log_sd) + 1": START,
        "middle * (1 - middle) / exp(2 * log_sd) -> middle * (1 - middle) * exp(2 * log_sd)": START,
        "1 -> 2 (2)": START,
        "middle * (1 - middle) -> middle // (1 - middle)": START,
        "1 - middle -> 1 + middle": START,
        "2 * log_sd -> 2 // log_sd (3)": START,
        "1 - middle -> 1 + middle (2)": START,
        "1 -> 2 (9)": START,
        "1 -> 2 (12)": START,
    },
    "app/methods/kemeny.py": {
        "1 -> 2": "smaller parts are whole as well",
        "1 -> 2 (2)": TOP,
        "1 -> 2 (4)": TOP,
        "0 -> 1": "no order sets an option above itself",
    },
    "app/methods/schulze.py": {"0 -> 1 (5)": "a link that nobody makes carries nobody further"},
    "app/methods/seq_pav.py": {
        "1 -> 2": "a multiple of 2, 3 … is one of 1, too",
        "2 -> 3": "smaller parts are whole as well",
    },
    "app/methods/star.py": {
        "5 -> 6 (2)": SCALE,
        "0 -> 1 (3)": SCALE,
        "5 -> 6 (3)": SCALE,
        "len(groups[0]) > 2 -> len(groups[0]) >= 2": "a first group of two would have run off",
        "first > second -> first >= second": "that they are equal was asked before",
        "first > second -> first >= second (2)": "that they are equal was asked before",
    },
    "app/methods/stv.py": {"len(poll.options) <= 30 -> len(poll.options) < 30": BOUND},
    "app/methods/stv_meek.py": {
        "1000 -> 1001 (2)": BOUND,
        "0 -> 1": BOUND,
        "turns += 1 -> turns -= 1": "every count comes to rest long before the bound",
        "turns < MOST_TURNS -> turns <= MOST_TURNS": BOUND,
        "1 -> 2": BOUND,
        "surplus < ENOUGH -> surplus <= ENOUGH": NOISE,
        "value <= 0 -> value < 0": "of nothing every option keeps nothing",
        "tally[option] >= quota -> tally[option] > quota": (
            "who just reaches it is elected once the surplus is passed on, too"
        ),
        "0 -> 1 (4)": NOISE,
        "tally[o] - lowest < ENOUGH -> tally[o] - lowest <= ENOUGH": NOISE,
    },
    "app/methods/tie_break.py": {
        "set(chosen) <= set(tied) -> set(chosen) < set(tied)": "there are always fewer seats left "
        "than options tied",
    },
    "app/methods/ways.py": {"500 -> 501": BOUND},
}
