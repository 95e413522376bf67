"""Why the mutants that no test notices are equal to the rule."""

BELOW = "what nobody answered stands below the least score there is, whatever the number"
ALL_TIED = "equal numbers tie all, whatever the number"
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
    "app/methods/irv.py": {
        "500 -> 501": "how many sets are counted is promised only as “at most 500”",
        "0 -> 1": "standings are compared only; all that last to the end last one longer",
        "1 -> 2 (5)": "a winner stands above all others, whatever the number",
        "1 -> 2 (8)": "standings are compared only; who leaves first stays the least",
        "0 -> 1 (5)": "any standing is above the one to begin with",
        "1 -> 2 (9)": "standings are compared only; every round counts the same",
        "1 -> 2 (11)": "any standing is above the one to begin with",
    },
}
