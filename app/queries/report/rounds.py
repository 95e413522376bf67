"""The rounds and decisions as the method note tells them."""

from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.activities.compare import compares
from app.activities.conditions import conditions_of
from app.activities.sentences import rule_of, seen_by, voters_of
from app.analysis.strengths import Compared, Strength, compared
from app.models import Activity, Ballot, Decision, DecisionRow, Participant, Reopening, Round
from app.queries.certain_words import core_of, regions_of, sentences_of
from app.queries.certainty import around, worked_out
from app.queries.comparing import told
from app.queries.criteria import Scored, scored
from app.queries.disclosure import disclosed
from app.queries.polls import counted_ballots, poll_of
from app.queries.proxies import sent_for_others
from app.queries.report import criteria, hindsight
from app.queries.report.delphi import of_round
from app.queries.report.shape import DecisionReport, OptionFigures, RoundReport
from app.queries.report.words import AGREEMENT, Say, said
from app.queries.results import answers_of, results
from app.queries.turnout import turnout


def rounds(conn: Connection, workshop_id: str, say: Say) -> list[RoundReport]:
    """Every round that was opened, first to last."""
    rows = conn.execute(
        select(Round)
        .where(Round.workshop_id == workshop_id, col(Round.status) != "planned")
        .order_by(col(Round.opened_number))
    )
    return [_round(conn, row, say) for row in rows]


def _round(conn: Connection, row: Any, say: Say) -> RoundReport:
    activity = conn.execute(select(Activity).where(Activity.id == row.activity_id)).one()
    found = results(conn, row.id)
    counted = turnout(conn, row.id)
    result = found.data if found else {}
    trace = found.trace if found else []
    over = scored(found) if found else None
    far = compared(poll_of(conn, row.id)) if found and compares(row) else None
    return RoundReport(
        id=row.id,
        activity=activity.title,
        type=activity.type,
        n=row.n,
        question=row.question,
        method=row.method,
        rule=" ".join(said(one, say) for one in (rule_of(row), *conditions_of(row))),
        voters=said(voters_of(row), say),
        secrecy=row.secrecy,
        sees=" ".join(said(sentence, say) for sentence in seen_by(row)),
        eligible=counted.eligible,
        cast=counted.cast,
        blank=counted.blank,
        not_seen=counted.not_seen,
        not_answered=counted.not_answered,
        no_opinion=_count_answers(conn, row, "no_opinion"),
        abstained=_count_answers(conn, row, "abstain"),
        result=" ".join(trace if row.shape == "motion" else trace[-2:]),
        decided=result.get("decided", ""),
        outcome=found.outcome.n if found else 0,
        number=found.outcome.number if found else 0,
        digest=row.input_digest or "",
        trace=trace,
        options=_options(found, over, far, say),
        ballots=_ballots(conn, row),
        reopened=_reopenings(conn, row.id),
        certainty=_certainty(conn, row, say),
        sent_for=[said(sentence, say) for sentence in sent_for_others(conn, row)],
        **of_round(conn, activity, row, say),
        compared=[said(one, say) for one in told(far, conn, row)] if far else [],
        **criteria.told(over, say),
        **hindsight.told(found, activity, say),
    )


def _certainty(conn: Connection, row: Any, say: Say) -> list[str]:
    """How certain the outcome is, in words, where that was released."""
    beside = around(conn, row) if row.published_certainty else None
    if beside is None:
        return []
    found = worked_out(beside.asked)
    core = core_of(beside, found)
    sentences = [one.sentence for one in sentences_of(beside, found)]
    return [
        said(one, say)
        for one in (*sentences, *([core] if core else []), *regions_of(beside, found))
    ]


def _options(
    found: Any, over: Scored | None, far: Compared | None, say: Say
) -> list[OptionFigures]:
    if found is None:
        return []
    strengths = far.by_option if far else {}
    return [
        OptionFigures(
            id=one.option.id,
            text=one.option.text,
            place=one.place,
            score="" if one.score is None else str(one.score),
            winner=one.winner,
            figures={**one.figures, **_strength(strengths.get(one.option.id))},
            counts=criteria.named(one.counts, over, say),
            by_criterion=criteria.cells(one.option.id, over, say),
        )
        for one in found.options
    ]


def _strength(one: Strength | None) -> dict[str, Any]:
    """The strength with its interval, and the places it may have."""
    if one is None:
        return {}
    return {
        "strength": one.value, "low": one.low, "high": one.high, "best_place": one.best_place,
        "worst_place": one.worst_place, "n": one.judged,
    }  # fmt: skip


def _count_answers(conn: Connection, row: Any, value: str) -> int:
    found = counted_ballots(conn, row)
    given = (answer for one in found for _, answer in answers_of(one.body))
    return sum(answer.rpartition("=")[2] == value for answer in given)


def _ballots(conn: Connection, row: Any) -> list[dict[str, Any]]:
    """Counted ballots as far as disclosure allows: closed rounds only, never joined to a person,
    in the order of their random ids."""
    if row.status not in ("closed", "sealed"):
        return []
    if row.secrecy == "secret":
        return [{"item": "", "body": one.body} for one in counted_ballots(conn, row)]
    live = conn.execute(
        select(Ballot)
        .where(Ballot.round_id == row.id, col(Ballot.superseded_by).is_(None))
        .order_by(col(Ballot.id))
    )
    return [{"item": ballot.item, "body": disclosed(row, ballot.body)} for ballot in live]


def _reopenings(conn: Connection, round_id: str) -> list[str]:
    rows = conn.execute(
        select(Reopening.reason)
        .where(Reopening.round_id == round_id)
        .order_by(col(Reopening.number))
    )
    return [row.reason for row in rows]


def decisions(conn: Connection, workshop_id: str, say: Say) -> list[DecisionReport]:
    """Who ruled and who recorded it is an office's act and is always said."""
    labels = {
        row.id: row.label
        for row in conn.execute(
            select(Participant.id, Participant.label).where(Participant.workshop_id == workshop_id)
        )
    }
    settled: dict[str, list[str]] = {}
    for row in conn.execute(
        select(DecisionRow)
        .join(Decision, col(Decision.id) == col(DecisionRow.decision_id))
        .where(Decision.workshop_id == workshop_id)
        .order_by(col(DecisionRow.position))
    ):
        settled.setdefault(row.decision_id, []).append(row.pinned["text"])
    rows = conn.execute(
        select(Decision).where(Decision.workshop_id == workshop_id).order_by(col(Decision.number))
    )
    return [
        DecisionReport(
            row.number,
            row.at,
            say(AGREEMENT[row.ruling]),
            labels.get(row.ruled_by, ""),
            labels.get(row.recorded_by, "") if row.recorded_by else "",
            row.text,
            settled.get(row.id, []),
        )
        for row in rows
    ]
