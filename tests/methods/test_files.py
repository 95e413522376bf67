"""Polls from files: encodings, tables of ranks, PrefLib, and what is wrong with each."""

import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from app.errors import Refused
from app.methods import count
from app.methods import files as reading
from app.methods.files import read_poll

SOC = """# FILE NAME: 1.toc
# ALTERNATIVE NAME 1: Ann Lee
# alternative name 2: Bo
# ALTERNATIVE NAME 3: Cy
4: 1,2,3
2: {2,3},1

1: 3
"""


def written(folder: Path, content: str | bytes, name: str = "poll") -> str:
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(file)


def code_of(path: str, shape: str | None = None) -> str:
    with pytest.raises(Refused) as caught:
        read_poll(path, shape)
    assert caught.value.sentence().endswith(".")
    return caught.value.code


def test_preflib_keeps_the_names(tmp_path: Path) -> None:
    poll = read_poll(written(tmp_path, SOC))
    assert poll.options == ["1", "2", "3"]
    assert [ballot.body for ballot in poll.ballots] == [
        {"ranking": [["1"], ["2"], ["3"]]},
        {"ranking": [["2", "3"], ["1"]]},
        {"ranking": [["3"]]},
    ]
    names = {"1": "Ann Lee", "2": "Bo", "3": "Cy"}
    assert count(poll, "borda").diagnostics["names"] == names


def test_our_own_form_starts_with_a_brace(tmp_path: Path) -> None:
    poll = read_poll(written(tmp_path, '\n{"method": "borda", "options": ["A"]}'))
    assert (poll.method, poll.options) == ("borda", ["A"])


@pytest.mark.parametrize(
    "content",
    ["# NUMBER VOTERS: 3\n3: 1,2\n", "# ALTERNATIVE NAME 1: A\nwhat\n",
     "# ALTERNATIVE NAME 1: A\n3: {1,2\n", ""],
)  # fmt: skip
def test_what_is_no_poll(tmp_path: Path, content: str) -> None:
    assert code_of(written(tmp_path, content)) == "bad_poll"


@pytest.mark.parametrize("head", ["A,A", "A,,C", "A, A "])
def test_columns_need_names_of_their_own(tmp_path: Path, head: str) -> None:
    assert code_of(written(tmp_path, f"{head}\n1,2\n")) == "bad_poll"


def test_a_table_holds_rankings_only(tmp_path: Path) -> None:
    assert code_of(written(tmp_path, "A,B\n1,2\n"), "rating") == "bad_poll"


def test_no_file_and_too_large_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert code_of(str(tmp_path / "nowhere")) == "no_file"
    table = "A,B\n1,2\n"
    monkeypatch.setattr(reading, "LARGEST", len(table) - 1)
    assert code_of(written(tmp_path, table)) == "too_large"
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(table.encode())))
    assert code_of("-") == "too_large"


def test_just_as_large_as_may_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert reading.LARGEST == 2**26
    table = "A,B\n1,2\n"
    monkeypatch.setattr(reading, "LARGEST", len(table))
    assert read_poll(written(tmp_path, table)).options == ["A", "B"]
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(table.encode())))
    assert read_poll("-").options == ["A", "B"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_names_in_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    poll = read_poll(written(tmp_path, "Çağrı,Zoë\n1,2\n".replace("ğ", "g").replace("ı", "i")
                             .encode(encoding)))  # fmt: skip
    assert poll.options == ["Çagri", "Zoë"]


RANKS = "A,B,C\n1,2,3\n2,1,0\n,,\n1,1,2\n1,3,\n1,1000,2\n1.0,2.0,\n-1,2,1\n"


def test_rows_of_ranks(tmp_path: Path) -> None:
    outcome = count(read_poll(written(tmp_path, RANKS), "ranking"), "borda")
    assert outcome.turnout.model_dump() == {"eligible": None, "cast": 8, "blank": 1, "invalid": 4}
    told = [(one["row"], one["code"], one["reason"]) for one in outcome.diagnostics["invalid"]]
    assert told == [
        (4, "rank_invalid", "“A” and “B” share rank 1; each rank may be given once."),
        (5, "rank_invalid", "Rank 2 is skipped."),
        (6, "unknown_option", "“B: 1000” is not an option of this round."),
        (8, "unknown_option", "“A: -1” is not an option of this round."),
    ]


def test_with_ties_equal_ranks_share_a_place_and_gaps_close(tmp_path: Path) -> None:
    poll = read_poll(written(tmp_path, RANKS), ties=True)
    assert poll.ballots[3].body == {"ranking": [["A", "B"], ["C"]]}
    assert poll.ballots[4].body == {"ranking": [["A"], ["B"]]}
    assert count(poll, "borda").turnout.invalid == 2


def test_parameters_take_the_place_of_the_files_own(tmp_path: Path) -> None:
    file = written(tmp_path, '{"method": "stv", "params": {"rule": "wig"}, "ballots": []}')
    given = read_poll(file, params=["rule=meek", "seats=3", "threshold=1/3", "quota=hare"])
    assert given.params == {"rule": "meek", "quota": "hare"}
    assert (given.seats, str(given.threshold)) == (3, "1/3")
    assert read_poll(file).params == {"rule": "wig"}


@pytest.mark.parametrize("param", ["seats", "=3", "seats=0", "seats=NaN", "threshold=[]"])
def test_a_parameter_that_does_not_fit_is_refused(tmp_path: Path, param: str) -> None:
    file = written(tmp_path, '{"method": "stv", "ballots": []}')
    with pytest.raises(Refused):
        read_poll(file, params=[param])
