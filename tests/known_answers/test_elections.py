"""Real ballots: New South Wales 2015 (PrefLib 00058), a council, Polis in London."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.methods import Poll, count
from app.methods.files import read_poll
from tests.known_answers.conftest import DataSet, consilience

Find = Callable[[str], DataSet]


CONTESTS = ["Albury 2015", "Ballina 2015", "Strathfield 2015", "Gosford 2015"]
RULES = ["scottish", "wig", "meek"]
COUNCIL = [
    ("food_election", 3, "Chocolate Oranges Strawberries"),
    ("ims_election", 5, "Hillary Jasper Li Roisin Tilmann"),
]


@pytest.mark.parametrize("contest", CONTESTS)
def test_new_south_wales(data: Find, contest: str) -> None:
    folder = data("nsw-la")
    expected = folder.json()[contest]
    poll = read_poll(str(folder.folder / expected["file"]))
    borda = count(poll, "borda")
    assert borda.scores == expected["borda_average"]
    assert borda.turnout.cast == expected["ballots"]
    pairs = borda.diagnostics["pairwise"]
    assert {f"{a}>{b}": int(n) for a in pairs for b, n in pairs[a].items()} == expected["pairwise"]
    assert borda.diagnostics["condorcet_winner"] == str(expected["condorcet_winner"])
    assert count(poll, "schulze").winners == [str(one) for one in expected["schulze_winners"]]
    copeland = {o: float(score or 0) for o, score in count(poll, "copeland").scores.items()}
    assert copeland == expected["copeland"]
    irv = count(poll, "irv")
    assert irv.winners == [str(expected["irv_winner"])]
    assert [in_numbers(one) for one in irv.diagnostics["rounds"]] == [
        {"tally": one["tally"], "exhausted": one["exhausted"]} for one in expected["irv_rounds"]
    ]


def in_numbers(one: dict[str, Any]) -> dict[str, Any]:
    tally = {option: int(votes) for option, votes in one["tally"].items()}
    return {"tally": tally, "exhausted": int(one["exhausted"])}


def test_a_council_with_blank_and_invalid_ballots(data: Find) -> None:
    folder = data("ims-council")
    expected = folder.json()["ims_election"]
    names = expected["candidates"]
    poll = read_poll(str(folder.folder / "ims_election.csv"), shape="ranking")
    borda = count(poll, "borda")
    turnout = borda.turnout
    assert (turnout.cast, turnout.blank, turnout.invalid) == (620, 22, 7)
    assert len(borda.diagnostics["invalid"]) == 7
    assert borda.scores == {names[n]: score for n, score in expected["borda_average"].items()}
    assert borda.winners == ["Li"]
    for method in ("irv", "plurality", "schulze", "copeland"):
        assert count(poll, method).winners == ["Jasper"]


def test_reactions_of_london_as_the_last_vote_of_each(data: Find) -> None:
    folder = data("polis/london.youth.policing")
    with (folder.folder / "votes.csv").open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: int(row["timestamp"]))
    spoken = {"1": "agree", "-1": "disagree", "0": "pass"}
    ballots = [
        {"voter": row["voter-id"], "body": {"react": {row["comment-id"]: spoken[row["vote"]]}}}
        for row in rows
    ]
    expected = folder.json()
    poll = {
        "method": "agree_disagree",
        "options": sorted(expected["per_statement"]),
        "ballots": ballots,
    }
    outcome = count(Poll.model_validate(poll))
    assert outcome.turnout.cast == expected["voters"]
    said = outcome.diagnostics["options"]
    words = {"agree": "agree", "disagree": "disagree", "pass": "pass", "n": "seen"}
    for statement, tally in expected["per_statement"].items():
        assert {word: int(said[statement][word]) for word in words} == {
            word: tally[seen] for word, seen in words.items()
        }


@pytest.mark.parametrize("contest", CONTESTS)
def test_a_contest_by_the_command_as_its_file_is(data: Find, contest: str) -> None:
    folder = data("nsw-la")
    expected = folder.json()[contest]
    methods = ("borda", "irv", "schulze", "copeland")
    asked = [word for method in methods for word in ("--method", method)]
    borda, irv, schulze, copeland = consilience_count(folder.folder / expected["file"], *asked)
    assert borda["scores"] == expected["borda_average"]
    assert irv["winners"] == [str(expected["irv_winner"])]
    assert schulze["winners"] == [str(one) for one in expected["schulze_winners"]]
    assert copeland["diagnostics"]["condorcet_winner"] == str(expected["condorcet_winner"])


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(("name", "seats", "elected"), COUNCIL)
def test_a_council_by_the_command_as_its_file_is(
    data: Find, name: str, seats: int, elected: str, rule: str
) -> None:
    asked = ("--shape", "ranking", "--method", "stv", "--param", f"seats={seats}")
    file = data("ims-council").folder / f"{name}.csv"
    assert (
        sorted(consilience_count(file, *asked, "--param", f"rule={rule}")["winners"])
        == elected.split()
    )


def consilience_count(file: Path, *words: str) -> Any:
    return consilience("count", str(file), *words)
