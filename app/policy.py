"""Who may do what: roles AND stage AND place. Pure over loaded objects.

Each `may_<verb>` answers with a Verdict: yes, or no with the sentence a person reads. Screens use
the same functions to say why a button is missing, so a rule is written once.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from app.errors import N_, Conflict, Forbidden, Refused


@dataclass(frozen=True)
class Actor:
    """Who is acting, as the server knows it: fixed when the request or the socket came in. `held`
    are the ids of the tokens by which they are known."""

    workshop_id: str | None = None
    participant_id: str | None = None
    roles: frozenset[str] = frozenset()
    label: str = ""
    capacity: str = ""
    delegation_id: str | None = None
    regions: tuple[str, ...] = ()
    group_id: str | None = None
    token_id: str | None = None
    language: str = ""
    email: str = ""
    held: tuple[str, ...] = ()
    leads: str | None = None  # the group that this person leads, with their vote

    def has(self, *roles: str) -> bool:
        return bool(self.roles & set(roles))

    @property
    def identity(self) -> str:
        """Stands for this person in keys; a role without a person stands for itself."""
        return self.participant_id or f"{self.token_id}:{'+'.join(sorted(self.roles))}"


SYSTEM = Actor(roles=frozenset({"system"}), label="server")
# Who moderates, whoever it is: what is drawn for all moderators at once is drawn for this one.
MODERATOR = Actor(roles=frozenset({"facilitator"}))
STAFF = ("owner", "organiser", "facilitator")
WRITERS = (*STAFF, "rapporteur", "drafting")


@dataclass(frozen=True)
class Verdict:
    """Yes, or no with a code and a sentence."""

    ok: bool
    code: str = ""
    message: str = ""
    params: dict[str, Any] = field(default_factory=dict)
    conflict: bool = False

    def __bool__(self) -> bool:
        return self.ok


YES = Verdict(True)


def no(code: str, message: str, **params: Any) -> Verdict:
    return Verdict(False, code, message, params)


def not_now(code: str, message: str, **params: Any) -> Verdict:
    """No because of the stage: true a moment ago or later, so it is a conflict, not a ban."""
    return Verdict(False, code, message, params, conflict=True)


def require(verdict: Verdict) -> None:
    """Raise the refusal that the verdict carries, if it is one."""
    if not verdict:
        kind: type[Refused] = Conflict if verdict.conflict else Forbidden
        raise kind(verdict.code, verdict.message, **verdict.params)


# Fewer voices than this are no crowd to hide in: no secret round, no figures of a group of its own.
FEWEST = 5


class AnyRound(Protocol):
    status: str
    secrecy: str


def _roles(actor: Actor, allowed: Iterable[str], sentence: str) -> Verdict:
    return YES if actor.roles & {*allowed, "system"} else no("not_allowed", sentence)


# -- the workshop --------------------------------------------------------------------------------

ORGANISE = N_("Only an organiser can change this.")
FACILITATE = N_("Only a facilitator or organiser can do this.")
WRITE = N_("Only rapporteurs, drafting members, facilitators and organisers can edit this.")


def may_create_workshop(actor: Actor) -> Verdict:
    """The owner, and a maker: whom the owner lets sign in through an identity provider."""
    return _roles(
        actor, ("owner", "maker"), N_("Only the owner of this server can create a workshop.")
    )


def may_organise(actor: Actor) -> Verdict:
    """Change the workshop itself, its people, agenda and evidence."""
    return _roles(actor, STAFF, ORGANISE)


def may_facilitate(actor: Actor) -> Verdict:
    """Run the meeting: steps, rounds, timer, big screen, moderation, the door."""
    return _roles(actor, STAFF, FACILITATE)


def may_lead(actor: Actor, group_id: str | None) -> Verdict:
    """Run an exercise: whoever runs the meeting, and in a group working apart its lead too."""
    if group_id is not None and actor.leads == group_id:
        return YES
    return may_facilitate(actor)


def may_write(actor: Actor) -> Verdict:
    """Edit notes, drafts and the matrix."""
    return _roles(actor, WRITERS, WRITE)


def may_see_meeting(actor: Actor) -> Verdict:
    if actor.roles - {"waiting"}:
        return YES
    return no("not_admitted", N_("The facilitator has not admitted you yet."))


def may_see_people(actor: Actor) -> Verdict:
    """People lists, presence and the register are for those who run the meeting."""
    return _roles(actor, (*STAFF, "chair"), FACILITATE)


PAGES = {
    "room": (*WRITERS, "chair", "participant", "observer", "interpreter"),
    "control": (*STAFF, "chair"),
    "desk": (*WRITERS, "chair"),
    "screen": (*STAFF, "screen"),
}


def may_open_page(actor: Actor, page: str, group_id: str | None = None) -> Verdict:
    """Look at one of the four screens, and follow it live; a lead at their group's big screen."""
    if not (verdict := may_see_meeting(actor)):
        return verdict
    if page == "screen" and group_id is not None and actor.leads == group_id:
        return YES
    return _roles(actor, PAGES[page], N_("This page is not open to you. Use your own link."))


# -- doors ----------------------------------------------------------------------------------------


def may_knock(actor: Actor) -> Verdict:
    """Anybody may come to the door; what they hold decides whether it opens."""
    return YES


def may_answer_door(actor: Actor, admission: Any) -> Verdict:
    """Let somebody in: those who run the meeting, and whoever is asked whether it is them."""
    if actor.participant_id is not None and admission.participant_id == actor.participant_id:
        return YES
    return may_facilitate(actor)


def asks_first(roles: Iterable[str], ended: bool) -> bool:
    """Whether a personal link asks before it lets another device in. Never of those who could let
    themselves in by the door, or one broken laptop would shut out whoever runs the meeting; nor
    once the meeting has ended and nobody is there to answer."""
    return not ended and not set(roles) & set(STAFF)


def may_make_token(actor: Actor, role: str | None) -> Verdict:
    """Hand out a link to a role or a person. A link to the whole server is its owner's to give."""
    if role == "owner":
        return _roles(actor, ("owner",), N_("Only the owner of this server can hand this out."))
    return _roles(actor, STAFF, FACILITATE)


def may_revoke_token(actor: Actor, token: Any) -> Verdict:
    """Close a door or change its lock: one's own links and devices, or any of the workshop for
    those who run it."""
    own = token.participant_id is not None and token.participant_id == actor.participant_id
    if own or token.id == actor.token_id:
        return YES
    return may_make_token(actor, token.role)


def may_restore(actor: Actor) -> Verdict:
    """Fill an empty database from a backup: the operator alone, at the machine itself."""
    return _roles(actor, ("owner",), N_("Only the owner of this server can restore a backup."))


def may_take_whole(actor: Actor) -> Verdict:
    """Take everything out as one file, every ballot with its voter: whoever holds the machine."""
    return _roles(
        actor, ("owner",), N_("Only the owner of this server can download the whole meeting.")
    )


def may_work(actor: Actor) -> Verdict:
    """Carry out what was asked for before: the server by itself, for nobody in particular."""
    return _roles(actor, (), N_("Only the server itself does this."))


# -- rounds --------------------------------------------------------------------------------------


def may_plan_round(actor: Actor, group_id: str | None = None) -> Verdict:
    return may_lead(actor, group_id)


def may_open_round(actor: Actor, round_: AnyRound, group_id: str | None = None) -> Verdict:
    if not (verdict := may_lead(actor, group_id)):
        return verdict
    if round_.status == "planned":
        return YES
    return not_now("not_planned", N_("This round has been opened already."))


def may_close_round(actor: Actor, round_: AnyRound, group_id: str | None = None) -> Verdict:
    if not (verdict := may_lead(actor, group_id)):
        return verdict
    if round_.status in ("open", "closing"):
        return YES
    return not_now("not_open", N_("This round is not open."))


def may_keep_open(actor: Actor, round_: AnyRound, group_id: str | None = None) -> Verdict:
    if not (verdict := may_lead(actor, group_id)):
        return verdict
    if round_.status == "closing":
        return YES
    return not_now("not_closing", N_("No countdown is running."))


def may_reopen_round(actor: Actor, round_: AnyRound) -> Verdict:
    if not (verdict := may_facilitate(actor)):
        return verdict
    if round_.secrecy == "secret":
        return no("secret_final", N_("A secret round is never reopened. Vote anew in a new round."))
    if round_.status == "closed":
        return YES
    return not_now("not_closed", N_("Only a closed round can be reopened."))


def may_publish(actor: Actor, round_: AnyRound, group_id: str | None = None) -> Verdict:
    if not (verdict := may_lead(actor, group_id)):
        return verdict
    if round_.status in ("closed", "sealed"):
        return YES
    return not_now("not_closed", N_("Close the round first; then its result can be published."))


def may_break_tie(actor: Actor, round_: Any) -> Verdict:
    """Settle a tie by the step named before the round opened; the chair, who rules, may as well."""
    if not (verdict := _roles(actor, (*STAFF, "chair"), FACILITATE)):
        return verdict
    if round_.tie == "stop":
        return not_now(
            "tie_stops",
            N_("No step was named for a tie before this round opened: it stands. Vote anew."),
        )
    return YES


def may_cast(
    actor: Actor,
    entitled: bool,
    closed_at: datetime | None,
    status: str,
    on_behalf_of: str | None = None,
) -> Verdict:
    """Vote now: the round is open and the actor's voting unit is in its register."""
    if actor.has("screen", "observer", "interpreter") and not on_behalf_of:
        return no("not_entitled", N_("Observers, interpreters and screens do not vote."))
    if status in ("closed", "sealed"):
        return not_now(
            "poll_closed",
            N_("Not counted: the round closed at {closed_at}. Your answer stays on this device."),
            closed_at=closed_at,
        )
    if status == "planned":
        return not_now("not_open", N_("This round is not open yet."))
    if not entitled:
        return no("not_entitled", N_("You are not in the electoral register of this round."))
    return YES


def may_cast_as_head(is_head: bool) -> Verdict:
    """Cast a delegation's one voice in a round that leaves it to the head."""
    if is_head:
        return YES
    return no("head_casts", N_("The head of the delegation casts its one voice in this round."))


def may_cast_for(actor: Actor, entry: Any) -> Verdict:
    """Send a ballot in somebody else's name: the proxy whom the register names, and those who run
    the meeting for somebody present whose device failed."""
    if casts_as_proxy(actor, entry):
        return YES
    return may_facilitate(actor)


def casts_as_proxy(actor: Actor, entry: Any) -> bool:
    """Whether the register names somebody as the proxy who casts for this voice."""
    holder = entry.proxy_id if entry is not None else None
    return holder is not None and holder == actor.participant_id


def may_leave(actor: Actor, participant_id: str) -> Verdict:
    """Say that somebody has left, whose proxy they named, and that they are back: they themselves,
    and those who run the meeting."""
    if actor.participant_id is not None and actor.participant_id == participant_id:
        return YES
    return may_facilitate(actor)


def may_be_proxy(policy: str, principal: Any, holder: Any) -> Verdict:
    """Vote for somebody who left: as the meeting's policy states it."""
    if policy == "none":
        return no("no_proxies", N_("There are no proxies in this meeting."))
    if holder.id == principal.id or holder.left_at or "participant" not in holder.roles:
        return no("bad_proxy", N_("A proxy is a participant who votes and is in the meeting."))
    same = holder.delegation_id is not None and holder.delegation_id == principal.delegation_id
    if policy == "delegation" and not same:
        return no("other_delegation", N_("In this meeting a proxy is of the same delegation."))
    return YES


def may_reason_late(actor: Actor, entitled: bool, round_: AnyRound) -> Verdict:
    """Give a reason after the close: it never counted, so it may come late, and is marked so."""
    if round_.secrecy == "secret":
        return no("secret", N_("A secret round takes no reasons."))
    if round_.status not in ("closed", "sealed"):
        return not_now("not_closed", N_("The round is open: the reason goes with your answer."))
    return may_cast(actor, entitled, None, "open")


def may_see_unpublished(actor: Actor) -> Verdict:
    """Every outcome as soon as it is counted, and what stands beside it."""
    if actor.has("owner", "organiser", "facilitator", "chair"):
        return YES
    return no("hidden", N_("The result is not published."))


def may_see_outcome(actor: Actor, round_: Any) -> Verdict:
    """The outcome of a closed round: facilitators and chair at once, others when published."""
    if may_see_unpublished(actor):
        return YES
    if round_.results == "always":
        return YES
    if round_.results == "organisers" or round_.status not in ("closed", "sealed"):
        return no("hidden", N_("The result is not published."))
    if round_.published_participants and not actor.has("screen"):
        return YES
    if round_.published_screen:
        return YES
    return no("hidden", N_("The result is not published."))


def may_see_certainty(actor: Actor, round_: Any) -> Verdict:
    """What stands beside an outcome: facilitators and chair at once, others when it was released
    together with the outcome itself."""
    if may_see_unpublished(actor):
        return YES
    if round_.published_certainty and may_see_outcome(actor, round_):
        return YES
    return no("hidden", N_("How certain this result is has not been released."))


def may_see_standing(actor: Actor, round_: Any, voted: bool) -> Verdict:
    """What the ballots give so far: where the round shows it always, or after one's own vote."""
    if actor.has("screen"):
        return no("hidden", N_("The result is not published."))
    if round_.results == "always" or (round_.results == "after_own_vote" and voted):
        return YES
    return no("hidden", N_("You see the result so far once you have answered."))


# -- proposals, matrix, agreement ----------------------------------------------------------------


def may_propose(actor: Actor, activity: Any) -> Verdict:
    """Put a proposal forward: participants in an activity that asks for them, before it begins and
    after it ended too (late ones are marked so). Those who run the meeting may enter proposals at
    any time."""
    if actor.has(*STAFF, "system", "rapporteur"):
        return YES
    if not actor.has("participant"):
        return no("not_allowed", N_("Observers, interpreters and screens do not propose."))
    if activity is None:
        return no("not_allowed", N_("Proposals are made in an activity that asks for them."))
    return YES


def may_moderate(actor: Actor, group_id: str | None = None) -> Verdict:
    """Accept, send back, place, merge and reword proposals; a lead those of their group."""
    if group_id is not None and actor.leads == group_id:
        return YES
    return _roles(actor, (*STAFF, "rapporteur"), N_("Only moderators can do this."))


def may_reword(actor: Actor, proposal: Any) -> Verdict:
    """A new version of a wording: moderators, drafters, and the author while it still waits."""
    if actor.has(*WRITERS, "system"):
        return YES
    own = actor.participant_id is not None and proposal.author_id == actor.participant_id
    if own and proposal.status in ("waiting", "returned"):
        return YES
    return no("not_allowed", N_("Only moderators and drafting members can reword this."))


def may_hold_back(actor: Actor, proposal: Any) -> Verdict:
    """Say no longer whom a proposal is from: its author alone, whatever became of it."""
    if actor.participant_id is not None and proposal.author_id == actor.participant_id:
        return YES
    return no("not_yours", N_("Only its author can hold back whom a proposal is from."))


def may_say_misread(actor: Actor, proposal: Any) -> Verdict:
    """Say of what a proposal has become that it isn't what was meant: its author alone. One that
    was sent back is theirs to word anew."""
    if actor.participant_id is None or proposal.author_id != actor.participant_id:
        return no("not_yours", N_("Only its author can say what a proposal was meant to say."))
    if proposal.status == "returned":
        return not_now("returned", N_("This was sent back to you: word it anew."))
    return YES


def may_flag(actor: Actor, open_now: bool) -> Verdict:
    """Say something to a row put up for agreement: whoever is entitled to vote in the meeting."""
    if not actor.has("participant"):
        return no("not_entitled", N_("Only participants entitled to vote can flag a row."))
    if not open_now:
        return not_now("not_open", N_("The draft is not open for flags."))
    return YES


def may_change_flag(actor: Actor, flag: Any) -> Verdict:
    """A flag is changed or withdrawn by its author only."""
    if actor.participant_id is not None and flag.participant_id == actor.participant_id:
        return YES
    return no("not_yours", N_("Only the person who raised a flag can change or withdraw it."))


def may_take_up(actor: Actor, amends: bool = False) -> Verdict:
    """Say that the wording somebody asked for stands in the row now; one that `amends` puts it
    there by that, which is writing."""
    if amends:
        return may_write(actor)
    return _roles(actor, (*STAFF, "chair"), N_("Only the chair or a facilitator can say this."))


def may_decide(actor: Actor) -> Verdict:
    """Record the chair's ruling. Rapporteurs and drafting members cannot decide."""
    return _roles(
        actor, (*STAFF, "chair"), N_("Only the chair or a facilitator can record a decision.")
    )


def may_export(actor: Actor, for_all: bool = False) -> Verdict:
    """Take the meeting out as a file; one that holds nothing but what all may have, whoever is in
    the meeting."""
    if for_all:
        return may_see_meeting(actor)
    return _roles(
        actor,
        (*STAFF, "chair", "rapporteur", "drafting"),
        N_("Only organisers, facilitators, the chair and rapporteurs can export the meeting."),
    )


def may_have_made(actor: Actor, format_: str) -> Verdict:
    """Have a file made in the background, and take it: the whole meeting, or an export of it."""
    return may_take_whole(actor) if format_ == "backup" else may_export(actor)


# -- the floor, and what is parked ----------------------------------------------------------------


def may_ask_for_floor(actor: Actor, list_open: bool) -> Verdict:
    """Put oneself on the speakers' list."""
    if not actor.has("participant"):
        return no("not_allowed", N_("Only participants are on the speakers’ list."))
    if not list_open:
        return not_now("list_closed", N_("The speakers’ list is closed. Raise your hand."))
    return YES


def may_run_floor(actor: Actor) -> Verdict:
    """Call speakers: give the floor, stop a turn, put the list in order, set its terms."""
    return _roles(actor, (*STAFF, "chair"), N_("Only the chair or a facilitator calls speakers."))


def may_leave_list(actor: Actor, speaker: Any) -> Verdict:
    """Take a request for the floor back: one's own; any of them for those who call speakers."""
    if actor.participant_id is not None and speaker.participant_id == actor.participant_id:
        return YES
    return may_run_floor(actor)


def may_pass(actor: Actor, in_turn: Collection[str]) -> Verdict:
    """Have nothing more to read out in a round robin: whoever is in it, for themselves."""
    if not actor.has("participant"):
        return no("not_allowed", N_("Only participants read out in turn."))
    if actor.participant_id not in in_turn:
        return not_now("not_in_turn", N_("You are not in this round robin, or have passed."))
    return YES


def may_park(actor: Actor) -> Verdict:
    """Put a matter aside, and say what became of it."""
    return _roles(actor, (*WRITERS, "chair"), WRITE)


# -- lessons learned, and what is taken home -----------------------------------------------------


def may_change_lesson(actor: Actor, lesson: Any) -> Verdict:
    """Reword a lesson or take it out: the moderators, and its author until it is released. To tell
    one is to propose; to release one is to moderate."""
    own = actor.participant_id is not None and lesson.author_id == actor.participant_id
    if own and not lesson.released:
        return YES
    return may_moderate(actor)


def may_take_home(actor: Actor) -> Verdict:
    """Take the draft to one's capital, with one's delegation's flags: its members alone."""
    if actor.participant_id is not None and actor.delegation_id is not None:
        return YES
    return no("no_delegation", N_("Only the members of a delegation take the draft home."))


# -- observers -------------------------------------------------------------------------------------


def observes(actor: Actor) -> bool:
    """Whether somebody only looks on: an observer who has no other part in the meeting."""
    return actor.has("observer") and actor.roles <= {"observer", "screen"}


def may_attend(actor: Actor, closed_until: datetime | None) -> Verdict:
    """Be in the meeting at this moment: read, look and listen. Observers may not while an item
    that is closed to them runs; all they are told is when they may return."""
    if closed_until is None or not observes(actor):
        return YES
    return not_now(
        "closed_to_observers",
        N_("Closed to observers. You may return when this is over, planned for {until}."),
        until=closed_until,
    )


def interprets(actor: Actor) -> bool:
    """Whether somebody is here to interpret and nothing else: their page has nothing to press."""
    return actor.has("interpreter") and actor.roles <= {"interpreter", "observer", "screen"}
