"""Who takes part in the meeting by hand, and the files it works with."""

import csv
from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import Browser

from app.scenario import files
from tests.e2e.hands import BigScreen, Desk, Facilitator, Participant, Writer

BANGKOK = Path(files.__file__).parent / "bangkok"


@dataclass
class Meeting:
    """The hands of one meeting, each in a browser of their own."""

    browser: Browser
    folder: Path
    organiser: Desk
    facilitator: Facilitator
    chair: Facilitator
    screen: BigScreen
    rapporteur: Writer
    drafter: Writer
    voters: dict[str, Participant] = field(default_factory=dict)

    @property
    def everyone(self) -> list[Participant]:
        return list(self.voters.values())

    @property
    def complaints(self) -> list[str]:
        """Whatever went wrong in the scripts of any page."""
        hands = (
            self.organiser, self.facilitator, self.chair, self.screen, self.rapporteur,
            self.drafter, *self.everyone,
        )  # fmt: skip
        return [complaint for hand in hands for complaint in hand.complaints]


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one of the scenario's files."""
    with (BANGKOK / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
