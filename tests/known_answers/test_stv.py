"""V4: the food election of Wikipedia's article on the single transferable vote."""

from typing import Any

from app.methods import Outcome, Poll, count

FOOD = [(4, "O"), (2, "PO"), (8, "CS"), (4, "CH"), (1, "S"), (1, "H")]


def food(**params: Any) -> Outcome:
    ballots = [{"count": n, "body": {"ranking": [[o] for o in order]}} for n, order in FOOD]
    poll = {"method": "stv", "options": list("OPCSH"), "seats": 3, "params": params}
    return count(Poll.model_validate({**poll, "ballots": ballots}))


def test_food() -> None:
    outcome = food()
    assert (outcome.diagnostics["quota"], outcome.decided) == ("6", "yes")
    second = outcome.diagnostics["rounds"][1]["tally"]
    assert second == {"C": "6", "S": "5", "O": "4", "H": "3", "P": "2"}
    assert outcome.winners == ["C", "O", "S"]
    assert food(rule="wig").winners == ["C", "O", "S"]
    assert sorted(food(rule="meek").winners) == ["C", "O", "S"]


def test_a_third_of_a_vote_is_exact_by_fractions_and_cut_by_the_scottish_rule() -> None:
    ballots = [{"count": 4, "body": {"ranking": [["A"], ["B"]]}}, {"body": {"ranking": [["C"]]}}]
    poll = Poll.model_validate({"options": ["A", "B", "C"], "seats": 2, "ballots": ballots})
    tallies = {}
    for rule in ("scottish", "wig"):
        one = poll.model_copy(update={"params": {"rule": rule, "quota": "hare"}})
        tallies[rule] = count(one, "stv").diagnostics["rounds"][1]["tally"]["B"]
    assert tallies == {"scottish": "1.5", "wig": "3/2"}
    meek = count(poll.model_copy(update={"params": {"rule": "meek", "quota": "hare"}}), "stv")
    stages = meek.diagnostics["rounds"]
    assert [stage["tally"]["B"] for stage in stages] == ["0", "1.5", "2"]
    assert (meek.diagnostics["quota"], meek.winners) == ("2", ["A", "B"])  # C's vote has run out


def test_a_tie_for_the_last_seat_is_reported() -> None:
    ballots = [{"count": 2, "body": {"ranking": [[option]]}} for option in "ABC"]
    poll = {"method": "stv", "options": list("ABC"), "seats": 2, "ballots": ballots}
    outcome = count(Poll.model_validate(poll))
    assert (outcome.winners, outcome.decided, outcome.ties) == ([], "tie", [["A", "B", "C"]])
