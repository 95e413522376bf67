"""Rankings in PrefLib's text format (toi: orders with ties, incomplete), the last ranking round."""

from collections import Counter

from app.errors import N_, Refused
from app.exports.base import Export, Say
from app.formats.inert import plain
from app.queries.report.shape import Report, RoundReport


def write(report: Report, _say: Say) -> bytes:
    """One file of the last closed ranking round. Raises Refused if there is none."""
    ranked = [round_ for round_ in report.rounds if round_.type == "rank" and round_.ballots]
    if not ranked:
        raise Refused("nothing_to_export", N_("This workshop has no closed ranking round."))
    return _file(report, ranked[-1]).encode()


def _file(report: Report, round_: RoundReport) -> str:
    rankings = [ballot["body"]["ranking"] for ballot in round_.ballots]
    ids = sorted({option for ranking in rankings for tier in ranking for option in tier})
    names = {option: number for number, option in enumerate(ids, 1)}
    orders: Counter[str] = Counter()
    for ranking in rankings:
        tiers = [[str(names[option]) for option in tier] for tier in ranking]
        orders[", ".join(t[0] if len(t) == 1 else "{" + ", ".join(t) + "}" for t in tiers)] += 1
    mark = f" ({report.meeting.trial})" if report.meeting.trial else ""
    lines = [
        f"# FILE NAME: {report.meeting.id}.toi",
        f"# TITLE: {plain(round_.question)}{mark}",
        "# DATA TYPE: toi",
        f"# NUMBER ALTERNATIVES: {len(ids)}",
        f"# NUMBER VOTERS: {sum(orders.values())}",
        f"# NUMBER UNIQUE ORDERS: {len(orders)}",
        *(f"# ALTERNATIVE NAME {number}: {option}" for option, number in names.items()),
    ]
    ordered = sorted(orders.items(), key=lambda order: (-order[1], order[0]))
    return "\n".join([*lines, *(f"{count}: {order}" for order, count in ordered)]) + "\n"


EXPORT = Export("preflib", N_("Rankings (PrefLib)"), "text/plain; charset=utf-8", "toi", write)
