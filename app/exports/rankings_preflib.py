"""Rankings in PrefLib's text format, from the last ranking round that was closed."""

from collections import Counter

from app.errors import N_, Refused
from app.exports.base import Export, Say
from app.formats.inert import plain
from app.queries.report.shape import Report, RoundReport

NONE = N_("This workshop has no closed ranking round whose ballots may be shown.")


def write(report: Report, _say: Say) -> bytes:
    """Orders with ties, incomplete ones included (`toi`). Raises Refused if there are none."""
    ranked = [
        round_
        for round_ in report.rounds
        if round_.ballots and all("ranking" in ballot["body"] for ballot in round_.ballots)
    ]
    if not ranked:
        raise Refused("nothing_to_export", NONE)
    return _file(report, ranked[-1]).encode()


def _file(report: Report, round_: RoundReport) -> str:
    """Alternatives are numbered by their texts, so that the numbers do not tell the result."""
    options = sorted(round_.options, key=lambda option: (option.text, option.id))
    numbers = {option.id: str(number) for number, option in enumerate(options, 1)}
    rankings = [ballot["body"]["ranking"] for ballot in round_.ballots]
    orders = Counter(_order(ranking, numbers) for ranking in rankings if ranking)
    mark = f" ({report.meeting.trial})" if report.meeting.trial else ""
    lines = [
        f"# FILE NAME: {report.meeting.id}.toi",
        f"# TITLE: {_line(round_.question + mark)}",
        "# DATA TYPE: toi",
        f"# NUMBER ALTERNATIVES: {len(options)}",
        f"# NUMBER VOTERS: {sum(orders.values())}",
        f"# NUMBER UNIQUE ORDERS: {len(orders)}",
        *(
            f"# ALTERNATIVE NAME {number}: {_line(option.text)}"
            for number, option in enumerate(options, 1)
        ),
    ]
    ordered = sorted(orders.items(), key=lambda order: (-order[1], order[0]))
    return "\n".join([*lines, *(f"{count}: {order}" for order, count in ordered)]) + "\n"


def _order(ranking: list[list[str]], numbers: dict[str, str]) -> str:
    tiers = [[numbers[option] for option in tier] for tier in ranking]
    return ", ".join(
        tier[0] if len(tier) == 1 else "{" + ", ".join(sorted(tier, key=int)) + "}"
        for tier in tiers
    )


def _line(text: str) -> str:
    """Text on one line: a line break would begin another line of the file."""
    return " ".join(plain(text).split())


EXPORT = Export("preflib", N_("Rankings (PrefLib)"), "text/plain; charset=utf-8", "toi", write)
