"""One socket as the hub knows it: who, looking at what, and how far they have been told."""

from dataclasses import dataclass

from app.live.frames import Frame
from app.live.panels import Audience, audience_of
from app.live.wire import DRAINED, LIMIT, Wire
from app.policy import STAFF, Actor


@dataclass(eq=False)
class Client:
    """`cursor` is the last number sent by a `changed`; `owed` are panels that no number brings;
    `known_at` is the number at which it was looked up who this is."""

    wire: Wire
    actor: Actor
    page: str
    html: bool
    cursor: int
    known_at: int
    language: str = "en"
    group: str | None = None
    owed: frozenset[str] = frozenset()
    behind_since: float | None = None

    def __post_init__(self) -> None:
        self.identity = self.actor.identity
        self.becomes(self.actor)

    def becomes(self, actor: Actor) -> None:
        """Take over what the server now knows of this person."""
        self.actor = actor
        self.audience: Audience = audience_of(actor, self.page, self.group, self.language)
        self.runs_the_meeting = actor.has(*STAFF, "chair")

    def write(self, frame: Frame, now: float) -> bool:
        """Send a frame unless the client is behind; says whether it was sent."""
        if self.behind_since is not None:
            return False
        if self.wire.unsent > LIMIT:
            self.behind_since = now
            return False
        self.wire.write(frame)
        return True

    def caught_up(self) -> bool:
        """Whether a client that was behind has taken everything, and can be told the rest."""
        if self.behind_since is not None and self.wire.unsent <= DRAINED:
            self.behind_since = None
            return True
        return False
