"""A poll: what is asked, of whom, by which rule, and every ballot."""

from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    field_validator,
    model_validator,
)

from app.ballots import Scale
from app.ballots.errors import BallotError
from app.ballots.numbers import Number, Ratio, Whole, a_fraction
from app.errors import N_


def a_threshold(value: Any) -> Literal["simple"] | Fraction:
    """“simple” (strictly more than half), or a share above 0 and up to 1 that has to be reached."""
    if value == "simple":
        return "simple"
    share = a_fraction(value)
    if not 0 < share <= 1:
        raise BallotError("score_range", N_("A threshold lies above 0 and at most at 1."))
    return share


Threshold = Annotated[
    Literal["simple"] | Fraction,
    BeforeValidator(a_threshold),
    PlainSerializer(str, return_type=str),
]
Basis = Literal["valid", "present", "members"]
LIFTED = ("threshold", "basis", "seats", "quorum", "budget", "realisations")


class Ballot(BaseModel):
    """`count` equal ballots. The body stays raw here: an invalid one is reported by the count, not
    refused.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    count: Annotated[Whole, Field(ge=1)] = 1
    weight: Annotated[Ratio, Field(gt=0)] = Fraction(1)
    voter: str | None = None
    groups: dict[str, str | list[str]] = {}
    body: Any

    @model_validator(mode="after")
    def one_voter_one_ballot(self) -> "Ballot":
        if self.voter is not None and self.count != 1:
            raise BallotError("bad_poll", N_("A ballot with a voter counts once."), field="count")
        return self


class Criterion(BaseModel):
    """A criterion with its weight; `down` means that less is better."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    id: str
    weight: Annotated[Ratio, Field(ge=0)] = Fraction(1)
    direction: Literal["up", "down"] = "up"


class Poll(BaseModel):
    """The poll file of the command line and of a closed round alike. Only what the method needs is
    given. `names` are what people call the options; they are printed again and not counted. Where
    voices are `shared`, several ballots may be parts of one voice: their weights add up to it, and
    the turnout counts voices.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    method: str | None = None
    params: dict[str, Any] = {}
    options: list[str] = []
    names: dict[str, str] = {}
    seats: Annotated[Whole, Field(ge=1)] | None = None
    scale: Scale | None = None
    criteria: list[Criterion] = []
    budget: Annotated[Whole, Field(ge=1)] | None = None
    costs: dict[str, Number] = {}
    eligible: Annotated[Whole, Field(ge=0)] | None = None
    quorum: Annotated[Ratio, Field(ge=0, le=1)] | None = None
    threshold: Threshold | None = None
    basis: Basis | None = None
    tie: Literal["stop", "chair", "runoff", "earlier_stage", "lot"] | None = None
    shared: Literal[True] | None = None
    realisations: dict[str, Number] = {}
    ballots: list[Ballot] = []
    previous: list[Ballot] = []

    @model_validator(mode="before")
    @classmethod
    def lift(cls, raw: Any) -> Any:
        """Threshold, basis and the like are fields of the poll; written among the parameters they
        are moved there.
        """
        if not isinstance(raw, dict) or not isinstance(raw.get("params"), dict):
            return raw
        moved = {key: raw["params"][key] for key in LIFTED if key in raw["params"]}
        kept = {key: value for key, value in raw["params"].items() if key not in moved}
        return {**moved, **raw, "params": kept} if moved else raw

    @field_validator("options")
    @classmethod
    def distinct(cls, options: list[str]) -> list[str]:
        for option in options:
            if options.count(option) > 1:
                raise BallotError(
                    "bad_poll", N_("The option “{option}” is listed twice."), option=option
                )
        return options

    @model_validator(mode="after")
    def quorum_of_whom(self) -> "Poll":
        if self.quorum is not None and self.eligible is None:
            raise BallotError(
                "bad_poll", N_("A quorum needs the number of those eligible."), field="eligible"
            )
        return self
