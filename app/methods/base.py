"""What every method is: pure, deterministic, versioned; a poll in, an outcome out."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar, Generic

from pydantic import ValidationError

from app.ballots import Body, Terms, checked
from app.ballots.faults import plainly
from app.methods.case import Case, P, Reads, Vote
from app.methods.digest import digest_of, input_bytes
from app.methods.outcome import Outcome, Result
from app.methods.poll import Ballot, Poll
from app.methods.reading import options_of, read_votes, refuse_other_shapes


class Method(ABC, Generic[P]):
    """One rule. `shape` is its ballot, `also` are shapes it can count as a check.

    `reads` names the fields of the poll that the rule looks at beyond options and turnout, with
    their defaults.
    """

    id: ClassVar[str]
    version: ClassVar[str] = "1"
    shape: ClassVar[str]
    also: ClassVar[tuple[str, ...]] = ()
    reads: ClassVar[Reads] = {}
    weighted: ClassVar[bool] = True
    reads_voters: ClassVar[bool] = False
    reference: ClassVar[str]
    params: type[P]

    @abstractmethod
    def tally(self, case: Case[P]) -> Result:
        """The rule itself. Exact arithmetic only; ties are reported, never drawn."""

    def heavy(self, poll: Poll) -> str | None:
        """Why this count takes long, if it does; a caller then counts in the background."""
        return None

    def check_size(self, options: int, seats: int | None) -> None:
        """Raises `too_heavy`, naming a lighter rule, for what this one cannot count exactly. Asked
        before a round opens and before every count.
        """

    def terms(self, poll: Poll) -> Terms:
        """What a ballot of this poll is checked against; a round freezes it when it opens."""
        return self.terms_with(self.completed(poll), self.parameters(poll))

    def validate(self, poll: Poll, ballot: Ballot) -> Body:
        """The ballot's body in normal form; raises BallotError. The same code at the socket and at
        a recount.
        """
        return checked(ballot.body, self.terms(poll))

    def count(self, poll: Poll) -> Outcome:
        """The outcome of the poll under this rule. Raises Refused if rule and poll do not fit
        together.
        """
        case = self.prepare(poll)
        result = self.tally(case)
        self.settle(case, result)
        return Outcome(
            method=self.id,
            version=self.version,
            params=case.params.model_dump(mode="json"),
            winners=result.winners,
            ranking=result.ranking,
            scores=result.scores,
            decided=result.decided,
            ties=result.ties,
            turnout=case.turnout,
            diagnostics=result.diagnostics,
            trace=result.trace,
            exact=result.exact,
            warnings=result.warnings,
            input_digest=self.digest(case),
        )

    def prepare(self, poll: Poll) -> Case[P]:
        """Parameters typed, options known, ballots read."""
        counted = (self.shape, *self.also)
        refuse_other_shapes(poll.ballots, counted, self.id)
        params, poll = self.parameters(poll), self.completed(poll)
        if not poll.options:
            poll = poll.model_copy(update={"options": list(options_of(poll.ballots, counted))})
        self.check_size(len(poll.options), poll.seats)
        own = self.terms_with(poll, params)
        terms = [own, *(own.model_copy(update={"shape": shape}) for shape in self.also)]
        votes, blanks, invalid = read_votes(poll.ballots, terms)
        return Case(poll, params, tuple(poll.options), tuple(votes), tuple(blanks), tuple(invalid))

    def parameters(self, poll: Poll) -> P:
        """The poll's parameters, typed; raises BallotError naming an unknown or impossible one."""
        try:
            return self.params.model_validate(poll.params)
        except ValidationError as error:
            raise plainly(error.errors()[0]) from None

    def completed(self, poll: Poll) -> Poll:
        """The poll with this rule's defaults where nothing was said."""
        missing = {
            name: default for name, default in self.reads.items() if getattr(poll, name) is None
        }
        return poll.model_copy(update=missing) if missing else poll

    def terms_with(self, poll: Poll, params: P) -> Terms:
        """Overridden by rules whose parameters limit the ballot."""
        return Terms(
            shape=self.shape,
            options=tuple(poll.options),
            scale=poll.scale,
            criteria=tuple(criterion.id for criterion in poll.criteria),
            budget=poll.budget if "budget" in self.reads else None,
        )

    def settle(self, case: Case[P], result: Result) -> None:
        """What holds for every rule: nothing is decided by nobody or below the quorum; what was
        left out is said.
        """
        if case.poll.names:
            result.diagnostics["names"] = case.poll.names
        if case.poll.quorum is not None:
            result.diagnostics["quorum_met"] = case.quorum_met
        if not case.quorum_met:
            result.winners, result.decided = [], "no_quorum"
            result.trace.append(
                f"Quorum not met: {case.turnout.cast} of {case.poll.eligible} took part, "
                f"{case.poll.quorum} of them are needed."
            )
        elif not case.votes and not case.blanks and result.decided != "no":
            result.winners, result.ties, result.decided = [], [], "no"
            result.trace.append("No ballot was counted, so nothing is decided.")
        if case.invalid:
            result.diagnostics["invalid"] = list(case.invalid)
            result.warnings.append(f"{case.turnout.invalid} ballots are invalid and not counted.")
        if case.poll.eligible is not None and case.turnout.cast > case.poll.eligible:
            result.warnings.append("More ballots were cast than there are eligible.")
        if not self.weighted and any(vote.weight != 1 for vote in case.votes):
            result.warnings.append("This rule counts people; the weights of ballots were not used.")

    def digest(self, case: Case[P]) -> str:
        """The input digest of what this rule may read."""
        return digest_of(self.input(case))

    def input(self, case: Case[P]) -> bytes:
        """All that this rule may read of the poll; its SHA-256 is the input digest."""
        read = {"eligible", "quorum", "tie", "shared", *self.reads}
        fields = case.poll.model_dump(mode="json", include=read, exclude_none=True)
        fields |= {"method": self.id, "version": self.version, "options": list(case.options)}
        fields |= {"params": case.params.model_dump(mode="json"), "invalid": case.turnout.invalid}
        ballots = [(self.content(case, vote), vote.count) for vote in (*case.votes, *case.blanks)]
        return input_bytes(fields, ballots)

    def content(self, case: Case[P], vote: Vote) -> dict[str, Any]:
        """What the digest takes of one ballot: no reasons, no groups; the pseudonym only where the
        rule reads it.
        """
        content: dict[str, Any] = {"body": vote.body.answer(), "weight": vote.weight}
        return content | {"voter": vote.voter} if self.reads_voters and vote.voter else content
