"""A small meeting put straight into the tables: States, experts, one activity with options."""

import secrets
from dataclasses import dataclass, field
from typing import Any

from app.actions.base import add, label_key
from app.actions.closing import close_round, reopen_round
from app.actions.rounds import open_round, plan_round
from app.db import Database, Key, Tx
from app.live.intake import Intake
from app.models import Activity, Delegation, Option, Participant, Workshop
from app.models.base import new_id
from app.policy import Actor
from app.work.loop import count_round

OPTIONS = ("Porous borders", "Corruption and impunity", "Unclear definitions", "Little trust")


@dataclass
class Meeting:
    """One workshop in a database, with shortcuts for what tests do most."""

    db: Database
    workshop_id: str
    activity_id: str
    states: list[str]
    experts: list[str]
    options: list[str]
    intake: Intake = field(init=False)

    def __post_init__(self) -> None:
        self.intake = Intake(self.db)

    @property
    def voters(self) -> list[str]:
        return [*self.states, *self.experts]

    @property
    def facilitator(self) -> Actor:
        return Actor(self.workshop_id, roles=frozenset({"facilitator"}), token_id="facilitator")

    def actor(self, participant_id: str, *roles: str) -> Actor:
        return Actor(self.workshop_id, participant_id, frozenset(roles or ("participant",)))

    async def open(self, **settings: Any) -> str:
        """Plan and open a round; returns its id."""
        planned = await self.db.change(
            self.workshop_id, plan_round, self.facilitator, self.activity_id, settings
        )
        await self.db.change(self.workshop_id, open_round, self.facilitator, planned.id)
        return planned.id

    async def cast(
        self,
        participant_id: str,
        round_id: str,
        body: dict[str, Any],
        revision: int = 1,
        key: str | None = None,
        **more: Any,
    ) -> Any:
        """One ballot through the intake, as socket and POST send it."""
        sent = Key(key or secrets.token_hex(16), repr((participant_id, round_id, body)).encode())
        return await self.intake.cast(
            self.workshop_id, self.actor(participant_id), sent, round_id, revision, body, **more
        )

    async def close(self, round_id: str, countdown: int = 0) -> int:
        """Close and count; returns the number of the close in the log."""
        done = await self.db.change(
            self.workshop_id, close_round, self.facilitator, round_id, countdown
        )
        if not countdown:
            await count_round(self.db, self.workshop_id, round_id)
        return done.number

    async def turn_to(self, type_: str) -> None:
        """Go on to another activity, of the same option texts; its rounds come next."""

        def make(tx: Tx) -> None:
            activity = Activity(workshop_id=self.workshop_id, type=type_, title=f"To {type_}")
            self.activity_id = add(tx, activity)
            self.options = [_option(tx, activity.id, text, n) for n, text in enumerate(OPTIONS)]

        await self.db.change(self.workshop_id, make)

    async def reopen(self, round_id: str) -> None:
        """Go on with a closed round."""
        why = "A delegation had lost its connection."
        await self.db.change(self.workshop_id, reopen_round, self.facilitator, round_id, why)

    def rating(self, *values: int | None) -> dict[str, Any]:
        return {"rating": dict(zip(self.options, values, strict=False))}


async def meeting(
    db: Database,
    *,
    states: int = 3,
    experts: int = 3,
    type_: str = "rate",
    settings: dict[str, Any] | None = None,
    attribution: str = "named",
) -> Meeting:
    """A workshop with so many States and experts and one activity of four options."""
    made = Meeting(db, "", "", [], [], [])

    def make(tx: Tx) -> None:
        made.workshop_id, salt = new_id(), secrets.token_hex(16)
        head = tx.begin_log(made.workshop_id, salt)
        add(
            tx,
            Workshop(
                id=made.workshop_id,
                head=head,
                salt=salt,
                code=secrets.token_hex(4),
                title="A meeting",
                attribution=attribution,
                created_at=tx.now,
            ),
        )
        made.states = [
            _person(tx, f"State {n:02}", "state_representative", n) for n in range(states)
        ]
        made.experts = [_person(tx, f"Expert {n:02}", "expert", 100 + n) for n in range(experts)]
        activity = Activity(
            workshop_id=made.workshop_id,
            type=type_,
            title="How important is each?",
            settings=settings or {},
        )
        made.activity_id = add(tx, activity)
        made.options = [_option(tx, activity.id, text, n) for n, text in enumerate(OPTIONS)]
        tx.log("workshop_created")

    await db.change(None, make)
    return made


def _person(tx: Tx, label: str, capacity: str, position: int) -> str:
    delegation = None
    if capacity == "state_representative":
        delegation = add(tx, Delegation(workshop_id=tx.workshop_id, name=label))
    return add(
        tx,
        Participant(
            workshop_id=tx.workshop_id,
            label=f"Representative, {label}" if delegation else label,
            label_key=label_key(label),
            roles=["participant"],
            capacity=capacity,
            delegation_id=delegation,
            regions=["East Asia"],
            position=position,
        ),
    )


def _option(tx: Tx, activity_id: str, text: str, position: int) -> str:
    option = Option(activity_id=activity_id, text=text, position=position)
    add(tx, option)
    return option.id
