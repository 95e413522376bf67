"""The sentence: how strongly a result may be put, and on which grounds.

“The meeting jointly concluded …” is said only where every ground holds; otherwise the strongest
sentence that is still true. Each sentence keeps its grounds as data, and the digest of the ballots
it rests on.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from app.analysis.grounds import NAMES, Ground, grounds_of
from app.errors import N_
from app.methods import Outcome, Poll

STRONG = N_("The meeting jointly concluded: {subject}.")
WEAKER = {
    "objections": N_("No conclusion on {subject}: open objections stand against it ({open})."),
    "quorum": N_("No conclusion on {subject}: too few took part, or nobody said of how many."),
    "threshold": N_("No conclusion on {subject}: by the stated rule it was not decided."),
    "unfixed": N_("{subject} came out first; the rule was not fixed beforehand."),
    "regions": N_("{subject} was carried by the stated rule, with a region’s median against it."),
    "robust": N_("{subject} was carried by the stated rule; not all other rules agree."),
}


@dataclass(frozen=True)
class Sentence:
    """A msgid with its values, whether it is the strong one, its grounds, the ballots' digest."""

    msgid: str
    values: dict[str, str]
    strong: bool
    grounds: list[Ground]
    digest: str

    def text(self, translate: Callable[[str], str] = str) -> str:
        """The sentence in the reader's language."""
        return translate(self.msgid).format(**self.values)

    def data(self) -> dict[str, Any]:
        """As `analyse` prints it."""
        return {"text": self.text(), **asdict(self)}


def conclude(subject: str, grounds: Sequence[Ground], digest: str) -> Sentence:
    """The strongest sentence that the grounds bear. A ground that is missing does not hold."""
    by_name = {ground.name: ground for ground in grounds}
    held = {name: name in by_name and by_name[name].holds for name in NAMES}
    values = {"subject": subject}
    for ground in grounds:
        values |= {
            name: str(ground.figures[name]) for name in ("open", "method") if name in ground.figures
        }
    msgid = STRONG if all(held.values()) else weaker(held, by_name)
    return Sentence(msgid, VALUES | values, msgid is STRONG, list(grounds), digest)


VALUES = {"open": "?", "method": "?"}


def weaker(held: dict[str, bool], grounds: dict[str, Ground]) -> str:
    """The gravest ground that fails names the sentence; later ones stay in the grounds."""
    name = next(name for name in WEAKER if not held.get(name, True))
    if name == "threshold" and name in grounds and grounds[name].figures.get("won"):
        return WEAKER["unfixed"]
    return WEAKER[name]


def sentences(
    poll: Poll, outcome: Outcome, others: Sequence[Outcome], objections: int = 0
) -> list[Sentence]:
    """A sentence for each winner; where there is none, for the motion or the first of the order."""
    subjects = outcome.winners or (outcome.ranking[0] if outcome.ranking else [MOTION])
    return [
        conclude(
            subject, grounds_of(poll, outcome, others, subject, objections), outcome.input_digest
        )
        for subject in subjects
    ]


MOTION = N_("the text put to the room")
