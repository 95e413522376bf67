"""Polls written the short way published examples are."""

from typing import Any

from app.methods import Poll

Lines = list[tuple[int, str]]

TENNESSEE: Lines = [(42, "MNCK"), (26, "NCKM"), (15, "CKNM"), (17, "KCNM")]
SCHULZE_45: Lines = [
    (5, "ACBED"), (5, "ADECB"), (8, "BEDAC"), (3, "CABED"),
    (7, "CAEBD"), (2, "CBADE"), (7, "DCEBA"), (8, "EBADC"),
]  # fmt: skip
FOUR_TIED: Lines = [(3, "ABCD"), (2, "DABC"), (2, "DBCA"), (2, "CBDA")]


def ranked(lines: Lines, **fields: Any) -> Poll:
    """`(5, "ACB")`: five ballots that rank A above C above B."""
    options = sorted({option for _, order in lines for option in order})
    ballots = [{"count": n, "body": {"ranking": [[o] for o in order]}} for n, order in lines]
    return Poll.model_validate({"options": options, "ballots": ballots, **fields})


def approved(lines: Lines, options: str, **fields: Any) -> Poll:
    """`(3, "ab")`: three ballots that approve of a and b."""
    ballots = [{"count": n, "body": {"approval": list(names)}} for n, names in lines]
    return Poll.model_validate({"options": list(options), "ballots": ballots, **fields})
