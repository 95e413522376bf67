"""Which tests have to notice a change in which file: quick ones first, then the long."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("app/methods", "app/ballots", "app/analysis")
FILES = [
    str(file.relative_to(ROOT))
    for package in PACKAGES
    for file in sorted((ROOT / package).glob("*.py"))
]

COUNTS, RULES = "tests/known_answers", "tests/methods"
ANSWERS = [
    *(f"{COUNTS}/test_textbook_{what}.py" for what in ("choices", "rankings", "panels")),
    f"{COUNTS}/test_published_rankings.py",
    f"{COUNTS}/test_closest_published.py",
    *(f"{COUNTS}/test_{what}.py" for what in ("committees", "stv", "pairs", "panels")),
    *(
        f"{RULES}/test_{what}.py"
        for what in ("count", "thresholds", "corners", "evidence", "noticed", "last_seats")
    ),
    *(f"{RULES}/test_{what}.py" for what in ("tie_break", "files", "cooke_panels")),
    f"{COUNTS}/test_elicitation.py",
    f"{COUNTS}/test_oracles.py",
    f"{COUNTS}/test_bangkok.py",
    f"{RULES}/test_reference.py",
]
PROPERTIES = [f"{RULES}/test_invariance.py", f"{RULES}/test_properties.py"]


def tests_of(file: str) -> tuple[list[str], list[str]]:
    """The quick and the long tests of a file."""
    if file.startswith("app/ballots/"):
        return ["tests/ballots", *ANSWERS], PROPERTIES
    if file.startswith("app/analysis/"):
        return ["tests/analysis"], []
    return ANSWERS, PROPERTIES
