"""A whole report made of the scenario's own texts, with votes that nobody gave."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.queries.report.shape import (
    CellReport,
    DecisionReport,
    Item,
    LogEntry,
    MatrixRow,
    MeetingFacts,
    OptionFigures,
    Person,
    Report,
    RoundReport,
    Wording,
)
from tests.known_answers.conftest import DataSet, data

__all__ = ["data", "report"]

MADE = datetime(2016, 5, 13, 15, 20, tzinfo=UTC)
TRIAL = "Demonstration: synthetic votes, no one’s opinion, not the meeting’s result."
ROUND = RoundReport(
    id="r", activity="", type="", n=1, question="", method="", rule="", voters="", secrecy="named",
    sees="Answers may be shown by delegation, never by person.", eligible=29, cast=27, blank=1,
    not_seen=1, not_answered=1, no_opinion=4, abstained=0, result="", decided="yes", outcome=1,
    number=912, digest="7d0c4b1f" * 8, trace=[], options=[], ballots=[], reopened=[],
)  # fmt: skip


@pytest.fixture
def report(data: Callable[[str], DataSet]) -> Report:
    """The Bangkok scenario as it might leave the house."""
    bangkok = data("bangkok")
    return Report(
        meeting=MeetingFacts(
            id="w1", title="Expert meeting on the organized crime and terrorism nexus",
            starts_on=date(2016, 5, 11), ends_on=date(2016, 5, 13), place="Bangkok",
            time_zone="Asia/Bangkok", languages=["en"], attribution="none", trial=TRIAL, seq=1432,
            head="ab" * 32, made_at=MADE,
        ),
        language="en",
        agenda=[
            Item(f"i{n}", int(row["day"]), row["start"], row["end"], row["kind"], row["setting"],
                 row["title"], MADE, MADE + timedelta(minutes=90))
            for n, row in enumerate(bangkok.rows("agenda.csv"))
        ],
        participants=[
            Person(row["label"], "expert", "", row["region"], row["role"])
            for row in bangkok.rows("participants.csv")
        ],
        components=[
            Wording(row["id"], row["title"], "Consensus", 1201, row["gist"], adopted=True)
            for row in bangkok.rows("components.csv")
        ],
        conclusions=[Wording("x", "Links differ by region and State", "No objection", 9,
                             adopted=True)],
        rows=_rows(bangkok),
        cells=[
            CellReport("PA11", f"R{n:02}", "PA11", "An area", f"R{n:02}", f"Response {n}",
                       "dropped", "Dropped. Too few nominations for the shortlist.", laid, 1, 7)
            for n, laid in ((1, False), (2, True))
        ],
        cell_counts={"agreed": 0, "rated": 23, "dropped": 2, "empty": 353},
        rounds=[_rated(bangkok), _ranked(bangkok), _chosen(bangkok)],
        decisions=[
            DecisionReport(1201, MADE, "Consensus", "Chair", "Facilitator", "Adopted together.",
                           [row["response"] for row in bangkok.rows("responses.csv")][:20])
        ],
        evidence=[{**row, "grade": "holds"} for row in bangkok.rows("evidence.csv")],
        log=[LogEntry(n, "2016-05-11T02:00:00Z", "round_opened", "A round was opened: “=1+1”.")
             for n in range(1, 40)],
    )  # fmt: skip


def _rows(bangkok: DataSet) -> list[MatrixRow]:
    titles = {row["id"]: row["title"] for row in bangkok.rows("components.csv")}
    expected, responses = bangkok.json(), bangkok.rows("responses.csv")
    states = [("Consensus", "consensus"), ("Adopted with reservations", "with_reservations"),
              ("No objection", "no_objection"), ("Not agreed", "not_agreed")]  # fmt: skip
    found = []
    for area in bangkok.rows("priority_areas.csv"):
        figures = expected["round2"][area["id"]]
        empty = MatrixRow(
            component=titles[area["component_id"]], area_no=area["id"], area=area["title"],
            problem_statement="What is known comes from few places and few kinds of cases.",
            regional_context="", evidence_status="", evidence_references="", response_no="",
            response="", level="", lead_actor="", partners="", time_frame="", resources="",
            indicator="", priority_median=f"{figures['median']:g}",
            priority_iqr=f"{figures['q3'] - figures['q1']:g}", priority_n=str(figures["n"]),
            priority_rank="3", support="", agreement="No response was chosen for this area.",
            reservations="", source=area["source"], notes="", outcome_reference="", state="none",
            area_id=area["id"], area_estimates=[f"“How many in {area['id']}?”: median 20 trucks"],
        )  # fmt: skip
        own = [row for row in responses if row["priority_area_id"] == area["id"]]
        if area["id"] == "PA11":
            found.append(empty)
            continue
        for row in own:
            words, state = states[int(row["id"][1:]) % 4]
            flags = ["Reservation: needs a national assessment first, with its own budget."]
            noted = flags if state == "with_reservations" else []
            found.append(
                replace(
                    empty, response_no=row["id"], response=row["response"], level=row["level"],
                    lead_actor=row["lead_actor"], partners=row["partner"],
                    time_frame=row["timeframe"], evidence_status=row["evidence_status"],
                    evidence_references="EV01; EV05", indicator="Number of States that publish",
                    support="19 of 27", agreement=words, state=state, source=row["source"],
                    reservations="\n".join(noted), flags=noted,
                    outcome_reference="r3xyz no. 1102 7d0c4b1f7d0c",
                    draft="A shorter wording since" if row["id"] == "R06" else "",
                    response_id=row["id"], cell_state="rated",
                    cell="Rated. Median 8, IQR 1, n 12.", evidence=["EV05: holds; strong (9×)"],
                    estimates=["“What does it cost?”: 3 to 5"],
                )
            )  # fmt: skip
    return found


def _rated(bangkok: DataSet) -> RoundReport:
    expected = bangkok.json()["round2"]
    areas = bangkok.rows("priority_areas.csv")
    given: dict[str, dict[str, int | None]] = {}
    for row in bangkok.rows("synthetic_ratings_round2.csv"):
        value = int(row["rating"]) if row["rating"] else None
        given.setdefault(row["participant_id"], {})[row["priority_area_id"]] = value
    options = [
        OptionFigures(
            row["id"], row["title"], None, f"{expected[row['id']]['median']:g}", False,
            {name: expected[row["id"]][name] for name in ("median", "q1", "q3", "n")},
            {"States": {"7": 5, "8": 6, "no_opinion": 2}, "experts": {"5": 3, "9": 8}},
        )
        for row in areas
    ]  # fmt: skip
    return replace(
        ROUND, id="r1", activity="Rate the priority areas", type="rate", n=2, options=options,
        question="How important is this area for the response, from 1 (not) to 9 (very)?",
        method="rating_consensus", voters="Everyone entitled, one voice each",
        rule="Median 7 or more and IQR 3 or less: the group agrees.",
        result="9 of 14 areas are agreed.", ballots=[
            {"item": "", "body": {"rating": body}} for body in given.values()
        ],
    )  # fmt: skip


def _ranked(bangkok: DataSet) -> RoundReport:
    given: dict[str, dict[int, list[str]]] = {}
    for row in bangkok.rows("synthetic_rankings.csv"):
        tiers = given.setdefault(row["participant_id"], {})
        tiers.setdefault(int(row["rank"]), []).append(row["priority_area_id"])
    rankings = [[tiers[place] for place in sorted(tiers)] for tiers in given.values()]
    rankings[0] = [[*rankings[0][0], *rankings[0][1]], *rankings[0][2:]]
    return replace(
        ROUND, id="r2", activity="Rank the priority areas", type="rank", method="schulze",
        question="Which areas should come first?", voters="Everyone entitled, one voice each",
        rule="Schulze: an option that beats or ties every other along the strongest paths wins.",
        result="PA06 wins.",
        options=[
            OptionFigures(row["id"], row["title"], n, str(14 - n), n == 1, {}, {"all": {"1": n}})
            for n, row in enumerate(bangkok.rows("priority_areas.csv"), 1)
        ],
        ballots=[{"item": "", "body": {"ranking": ranking}} for ranking in rankings],
    )  # fmt: skip


def _chosen(bangkok: DataSet) -> RoundReport:
    given: dict[str, list[str]] = {}
    for row in bangkok.rows("synthetic_approvals.csv"):
        given.setdefault(row["participant_id"], []).append(row["response_id"])
    return replace(
        ROUND, id="r3xyz", activity="Choose responses", type="choose", method="approval",
        question="Which responses should be taken up?", number=1102,
        voters="States by delegation, one voice each, and experts in person",
        rule="Kept if approved on at least 1/3 of the ballots cast.", result="23 of 27 are kept.",
        reopened=["One delegation had lost its connection."],
        options=[
            OptionFigures(row["id"], row["response"], 1, str(20 - n % 9), n % 3 > 0, {},
                          {"all": {"approve": 20 - n % 9}})
            for n, row in enumerate(bangkok.rows("responses.csv"))
        ],
        ballots=[{"item": "", "body": {"approval": body}} for body in given.values()],
    )  # fmt: skip
