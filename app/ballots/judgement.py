"""A theory or claim under review, tested against one's own expertise."""

from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from app.ballots.body import Body
from app.ballots.wording import Wording


class Finding(BaseModel):
    """Whether it holds, how strong the evidence is, and the regions one speaks for. Each may come
    by a tap of its own.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)

    holds: Literal["yes", "partly", "no", "cannot_say"] | None = None
    strength: Literal["strong", "promising", "mixed", "untested", "expert_opinion"] | None = None
    regions: list[Wording] | None = None


class Judgement(Body):
    """`{"judgement": {"EV01": {"holds": "partly", "strength": "mixed", "regions": ["West
    Africa"]}}}`.
    """

    shape: ClassVar[str] = "judgement"
    judgement: dict[str, Finding]

    def named(self) -> list[str]:
        return list(self.judgement)
