"""Why the mutants that no test notices are equal to the rule."""

# file → mutant → why nothing can tell it from the rule
EQUAL: dict[str, dict[str, str]] = {
    "app/methods/agree_disagree.py": {
        "2 -> 3": "as many seats as options, or more, cut nobody off",
    },
    "app/methods/ahp.py": {
        "cr >= CONSISTENT -> cr > CONSISTENT": "no ratio of judgements meets the float 0.1 exactly",
        "9 -> 10 (2)": "digits of an eigenvector beyond the ninth are noise",
        "True -> False": "the two lists are of one length",
        "0 -> 1 (3)": "equal numbers tie all, whatever the number",
    },
    "app/methods/best_worst.py": {
        "2 -> 3": "what was never shown stands below −1, the least score, either way",
    },
}
