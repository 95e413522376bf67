"""Our scripts and styles: no text becomes code or markup, nothing that a plain-HTTP hall lacks,
nothing that points the wrong way when read from right to left."""

import re
from pathlib import Path

import pytest

from tests.rules.sources import ROOT

STATIC = ROOT / "static"
SCRIPTS = sorted((STATIC / "js").rglob("*.js"))
STYLES = sorted((STATIC / "css").rglob("*.css"))
COMMENTS = re.compile(r"/\*.*?\*/|(?<![:\"'])//[^\n]*", re.DOTALL)

TEXT_AS_CODE = re.compile(
    r"\beval\(|\bnew Function\(|\.(?:inner|outer)HTML\s*=|insertAdjacentHTML|document\.write"
)
# Only pages over https or on localhost have these; a meeting at a private address has not.
SECURE_ONLY = re.compile(r"crypto\.(?:randomUUID|subtle)|navigator\.(?:clipboard|serviceWorker)")
ONE_DIRECTION = re.compile(
    r"\b(?:margin|padding|border|inset)-(?:left|right)\b|\b(?:text-align|float|clear)\s*:\s*(?:left|right)"
    r"|(?:^|[{;])\s*(?:left|right)\s*:"
)


def found(pattern: re.Pattern[str], file: Path) -> list[str]:
    return pattern.findall(COMMENTS.sub("", file.read_text(encoding="utf-8")))


def name(file: Path) -> str:
    return str(file.relative_to(ROOT))


@pytest.mark.parametrize("file", SCRIPTS, ids=name)
def test_no_text_becomes_code_or_markup(file: Path) -> None:
    assert found(TEXT_AS_CODE, file) == []


@pytest.mark.parametrize("file", SCRIPTS, ids=name)
def test_scripts_ask_before_using_what_only_secure_pages_have(file: Path) -> None:
    source = COMMENTS.sub("", file.read_text(encoding="utf-8"))
    assert SECURE_ONLY.findall(source) == [] or "isSecureContext" in source


@pytest.mark.parametrize("file", STYLES, ids=name)
def test_styles_follow_the_direction_of_reading(file: Path) -> None:
    assert found(ONE_DIRECTION, file) == []


@pytest.mark.parametrize("file", [*STYLES, *SCRIPTS], ids=name)
def test_nothing_is_fetched_from_elsewhere(file: Path) -> None:
    elsewhere = re.compile(r"(?:url\(|@import|fetch\(|import\()\s*[\"']?https?://")
    assert found(elsewhere, file) == []


@pytest.mark.parametrize("file", STYLES, ids=name)
def test_a_style_closes_what_it_opens(file: Path) -> None:
    """A brace that is missing takes every rule behind it along, and no browser says so."""
    source = COMMENTS.sub("", file.read_text(encoding="utf-8"))
    assert source.count("{") == source.count("}")
