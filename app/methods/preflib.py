"""PrefLib: strict and tied orders, complete and incomplete (.soc, .soi, .toc, .toi).

Lines that begin with “#” tell of the data; the others are “count: 3,{1,2},4”.
"""

import re

from app.errors import N_, Refused
from app.methods.poll import Ballot, Poll

NAMED = re.compile(r"^#\s*ALTERNATIVE NAME\s+(\d+)\s*:(.*)$", re.IGNORECASE)
ORDER = re.compile(r"^(\d+)\s*:(.*)$")
TIER = re.compile(r"\{([^{}]*)\}|([^,{}\s]+)")


def is_preflib(text: str) -> bool:
    """PrefLib files begin with a line of their header."""
    return text.lstrip().startswith("#")


def preflib_poll(text: str) -> Poll:
    """Rankings over the alternatives by their numbers, whose names stand beside. Raises `bad_poll`
    naming the line.
    """
    names: dict[str, str] = {}
    ballots: list[Ballot] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if name := NAMED.match(line):
            names[name[1]] = name[2].strip()
        elif order := ORDER.match(line):
            ballots.append(Ballot(count=int(order[1]), body={"ranking": tiers(order[2], number)}))
        elif line.strip() and not line.startswith("#"):
            raise unreadable(number)
    if not names:
        raise Refused("bad_poll", N_("The PrefLib file names no alternatives."))
    return Poll(options=list(names), names=names, ballots=ballots)


def tiers(order: str, line: int) -> list[list[str]]:
    """The tiers of one order."""
    if re.sub(r"[\s,]", "", TIER.sub("", order)):
        raise unreadable(line)
    return [
        [name.strip() for name in tied.split(",") if name.strip()] if tied else [alone]
        for tied, alone in TIER.findall(order)
    ]


def unreadable(line: int) -> Refused:
    return Refused(
        "bad_poll", N_("Line {line} is no PrefLib order such as “12: 3,{{1,2}},4”."), line=line
    )
