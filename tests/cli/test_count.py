"""`consilience count`, `methods` and `analyse`, as a person types them."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

POLL = {
    "method": "schulze",
    "options": ["A", "B", "C"],
    "ballots": [{"count": 3, "body": {"ranking": [["A"], ["B"]]}}, {"body": {"ranking": [["C"]]}}],
}
TABLE = "A;B;C\n1;2;3\n2;1;\n1;1;2\n0;0;0\n1;x;2\n"
PREFLIB = "# ALTERNATIVE NAME 1: Ann\n# ALTERNATIVE NAME 2: Bo\n3: 1,2\n2: {1,2}\n"


def consilience(*words: str, stdin: str = "") -> tuple[int, str, str]:
    command = [sys.executable, "-c", "from app.cli import main; main()", *words]
    done = subprocess.run(command, input=stdin, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def data(*words: str, stdin: str = "") -> Any:
    code, out, err = consilience(*words, "--json", stdin=stdin)
    assert code == 0, err
    return json.loads(out)


def test_one_method_gives_an_outcome_and_several_a_list() -> None:
    poll = json.dumps(POLL)
    assert data("count", "-", stdin=poll)["winners"] == ["A"]
    both = data("count", "-", "--method", "borda", "--method", "irv", stdin=poll)
    assert [outcome["method"] for outcome in both] == ["borda", "irv"]


def test_a_table_of_rankings_tells_which_rows_do_not_count(tmp_path: Path) -> None:
    file = tmp_path / "rankings.csv"
    file.write_text(TABLE)
    outcome = data("count", str(file), "--shape", "ranking", "--method", "borda")
    assert outcome["turnout"] == {"eligible": None, "cast": 5, "blank": 1, "invalid": 2}
    assert [one["row"] for one in outcome["diagnostics"]["invalid"]] == [3, 5]
    tied = data("count", str(file), "--ties", "--method", "borda")
    assert tied["turnout"]["invalid"] == 1


def test_parameters_are_given_beside_the_file() -> None:
    fields = ("count", "-", "--method", "stv", "--param", "seats=2", "--param", "rule=meek")
    assert data(*fields, stdin=json.dumps(POLL))["winners"] == ["A", "B"]
    for wrong, sentence in (
        ("seats", "“seats” is not NAME=VALUE."),
        ("seats=0", "seats"),
        ("rule=none", "rule"),
    ):
        code, _, err = consilience("count", "-", "--param", wrong, stdin=json.dumps(POLL))
        assert (code, sentence in err, "Traceback" in err) == (3, True, False), wrong


def test_preflib_with_ties() -> None:
    outcome = data("count", "-", "--method", "borda", stdin=PREFLIB)
    assert outcome["scores"] == {"1": "4", "2": "1"}


def test_methods_are_listed_with_parameters_and_sources() -> None:
    methods = {method["id"]: method for method in data("methods")}
    assert len(methods) == 35
    strength = methods["schulze"]["params"][-1]
    assert strength == {
        "name": "strength",
        "default": "winning_votes",
        "allowed": ["winning_votes", "margins"],
    }


def test_analysis_of_a_poll() -> None:
    found = data("analyse", "-", stdin=json.dumps(POLL))
    assert found["condorcet"]["winner"] == "A"


@pytest.mark.parametrize(
    ("words", "stdin", "code"),
    [
        (("count", "-", "--method", "tombola"), "{}", 2),
        (("count",), "", 2),
        (("count", "/nowhere/at/all.json"), "", 3),
        (("count", "-"), "{", 3),
        (("count", "-"), '{"options": ["A"]}', 3),
        (("count", "-", "--method", "approval"), json.dumps(POLL), 3),
    ],
)
def test_what_cannot_be_counted_is_said_in_one_sentence(
    words: tuple[str, ...], stdin: str, code: int
) -> None:
    given, out, err = consilience(*words, stdin=stdin)
    assert (given, out) == (code, "")
    assert "Traceback" not in err
    assert err.strip()
