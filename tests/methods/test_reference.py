"""Contract, registry, command line and docs name the same methods, and the page is up to date."""

import re
import subprocess
import sys
from pathlib import Path

from app.methods import METHODS
from app.methods.describe import describe
from app.methods.reference import markdown

PAGE = Path(__file__).resolve().parents[2] / "docs" / "methods.md"

CONTRACT = """
plurality approval motion consent evidence_judgement agree_disagree dot_vote score star quadratic
borda copeland schulze ranked_pairs kemeny minimax irv stv rank_sum satisfaction_approval seq_pav
pav seq_phragmen equal_shares weighted_criteria chnri impact_feasibility rating_consensus
ram_appropriateness bradley_terry best_worst ahp idea linear_pool cooke
"""
IDS = CONTRACT.split()


def test_one_list_of_methods_everywhere() -> None:
    assert list(METHODS) == IDS
    assert [one["id"] for one in describe()] == IDS
    assert re.findall(r"^## (\w+)$", PAGE.read_text("utf-8"), re.MULTILINE) == IDS


def test_the_page_is_what_the_docstrings_say() -> None:
    """If not: `consilience methods --markdown > docs/methods.md`."""
    assert PAGE.read_text("utf-8") == markdown()


def test_the_command_line_prints_the_page() -> None:
    command = [sys.executable, "-c", "from app.cli import main; main()", "methods", "--markdown"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == markdown()


def test_every_definition_has_formula_or_rule_ties_and_source() -> None:
    for section in markdown().split("\n## ")[1:]:
        name = section.split("\n", 1)[0]
        assert re.search(
            r"\bties?\b|\btied?\b|share a tier|nothing to win", section, re.IGNORECASE
        ), name
        assert "source: " in section, name
