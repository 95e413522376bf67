"""Which tests have to notice a change in which file, and why the mutants that survive are equal."""

COUNTS = "tests/known_answers"
TESTS: dict[str, list[str]] = {
    "app/methods/tiers.py": [
        "tests/methods/test_count.py",
        "tests/methods/test_thresholds.py",
        f"{COUNTS}/test_committees.py",
    ],
    "app/methods/orders.py": [f"{COUNTS}/test_published_rankings.py"],
    "app/methods/shares.py": ["tests/methods/test_thresholds.py"],
    "app/methods/statistics.py": [f"{COUNTS}/test_textbook_panels.py", f"{COUNTS}/test_panels.py"],
    "app/methods/links.py": [
        f"{COUNTS}/test_published_rankings.py",
        f"{COUNTS}/test_textbook_rankings.py",
    ],
    "app/methods/tie_break.py": ["tests/methods/test_tie_break.py"],
    "app/methods/borda.py": [
        f"{COUNTS}/test_textbook_rankings.py",
        f"{COUNTS}/test_published_rankings.py",
    ],
    "app/methods/copeland.py": [
        f"{COUNTS}/test_textbook_rankings.py",
        f"{COUNTS}/test_published_rankings.py",
    ],
    "app/methods/schulze.py": [
        f"{COUNTS}/test_textbook_rankings.py",
        f"{COUNTS}/test_published_rankings.py",
    ],
    "app/methods/minimax.py": [
        f"{COUNTS}/test_textbook_rankings.py",
        f"{COUNTS}/test_published_rankings.py",
    ],
    "app/methods/rank_sum.py": [f"{COUNTS}/test_textbook_rankings.py"],
    "app/methods/motion.py": [
        "tests/methods/test_thresholds.py",
        f"{COUNTS}/test_textbook_choices.py",
    ],
    "app/methods/consent.py": ["tests/methods/test_thresholds.py"],
    "app/methods/ranking_table.py": ["tests/methods/test_files.py"],
    "app/methods/preflib.py": ["tests/methods/test_files.py"],
}

# file → mutant → why nothing can tell it from the rule
EQUAL: dict[str, dict[str, str]] = {}
