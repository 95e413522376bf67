"""Day 2: areas are proposed, clustered, rated twice with a discussion in between, and ranked."""

from playwright.async_api import expect

from tests.e2e.by_hand import laying_out as plan
from tests.e2e.by_hand.meeting import BANGKOK, Meeting

BORDERS, PORTS = "Porous borders of small States", "Ports that nobody inspects"
TRUST, TRUST_TOO = "Trust between residents and police", "Trust between police and residents"
MERGED = "Little trust between residents and the police"
VAGUE, CLEAR = "Everything about money", "Money that leaves through front companies"
REASON = "Name one thing, please."
IMPORTANT, UNSURE = "Corruption and impunity", "Unclear definitions and terms"


async def propose(meeting: Meeting) -> None:
    """Everyone writes alone; nobody reads another's before the reveal."""
    facilitator, (state, west, sahel, europe) = meeting.facilitator, meeting.everyone
    await facilitator.goes_on(plan.PROPOSE)
    for voter in meeting.everyone:
        await voter.is_asked(plan.PROPOSE)
    await state.proposes(BORDERS)
    await state.proposes(VAGUE)
    await west.proposes(PORTS)
    await sahel.proposes(TRUST)
    await europe.proposes(TRUST_TOO)
    await expect(europe.page.locator("body")).not_to_contain_text(BORDERS)
    await facilitator.presses_space("Reveal the proposals")
    await europe.sees("Proposals: 5", BORDERS)
    await expect(europe.page.locator("#region-proposals")).not_to_contain_text("State 02")


async def cluster(meeting: Meeting) -> None:
    """The facilitator and the rapporteur moderate at once; what was merged can be taken apart."""
    facilitator, rapporteur = meeting.facilitator, meeting.rapporteur
    state = meeting.everyone[0]
    await rapporteur.page.goto(await _desk(meeting))
    await rapporteur.turns_to("Proposals")
    await facilitator.goes_on(plan.CLUSTER)
    await facilitator.accepts(BORDERS)
    await rapporteur.finds(BORDERS, "accepted")
    await facilitator.sends_back(VAGUE, REASON)
    await state.sees(REASON)
    await state.words_anew(VAGUE, CLEAR)
    await facilitator.accepts(CLEAR)
    await rapporteur.rewords(PORTS, "Ports and dry ports that nobody inspects")
    await rapporteur.presses(
        "Accept", rapporteur.proposal("Ports and dry ports that nobody inspects")
    )
    await facilitator.merges(TRUST, [TRUST_TOO], MERGED)
    await rapporteur.finds(MERGED, "merged from 2")
    await rapporteur.presses("Undo the merge", rapporteur.proposal(MERGED))
    await rapporteur.finds(TRUST, "waiting")
    await facilitator.merges(TRUST, [TRUST_TOO], MERGED + ", as said twice")
    await rapporteur.finds(MERGED + ", as said twice", "accepted")


async def _desk(meeting: Meeting) -> str:
    return meeting.facilitator.page.url.replace("/control", "/desk")


async def add_what_was_prepared(meeting: Meeting) -> None:
    """The organiser's own areas come by file, and all of them are put up."""
    await meeting.organiser.page.goto(await _desk(meeting))
    await meeting.organiser.turns_to("Proposals")
    await meeting.organiser.imports("proposals", BANGKOK / "priority_areas.csv")
    await meeting.organiser.turns_to("Agenda")
    for question in (plan.RATE, plan.RANK):
        await meeting.organiser.puts_up(question, "All priority areas")


async def rate_twice(meeting: Meeting) -> None:
    """The group's answers and one's own stand before everyone in between."""
    facilitator, (state, west, sahel, europe) = meeting.facilitator, meeting.everyone
    await facilitator.goes_on(plan.RATE)
    await facilitator.opens_the_round()
    for voter, important, unsure in ((state, "9", "1"), (west, "8", "9"), (sahel, "8", "2")):
        await voter.is_asked(plan.RATE)
        await voter.rates(IMPORTANT, important)
        await voter.rates(UNSURE, unsure)
    await europe.rates(UNSURE, "No opinion")
    await state.says_why(UNSURE, "Programmes work without a definition.")
    await facilitator.counts(4, 29)
    await facilitator.closes_at_once()
    await facilitator.publishes()
    await west.sees("Your own answers in this round", "middle half")
    await _discuss(meeting)
    await facilitator.opens_the_round(further=True)
    await expect(west.option(UNSURE)).to_contain_text("your earlier answer: 9")
    await west.rates(UNSURE, "3")
    await state.rates(UNSURE, "2")
    for voter in (state, west, sahel):
        await voter.rates(IMPORTANT, "8")
    await facilitator.closes_at_once()
    await facilitator.publishes()
    await meeting.screen.shows(IMPORTANT, "goes on")


async def _discuss(meeting: Meeting) -> None:
    """The widest apart first, one at a time on the big screen with its reasons."""
    await meeting.facilitator.presses("Discuss, widest apart first")
    first = meeting.facilitator.page.locator("#region-results .queue li").first
    await expect(first).to_contain_text(UNSURE)
    await meeting.facilitator.presses("Discuss this", first)
    await meeting.screen.shows(UNSURE, "Programmes work without a definition.")


async def rank(meeting: Meeting) -> None:
    """Full or partial, by keys or by hand; Schulze decides, Borda is shown as a check."""
    facilitator, (state, west, *_) = meeting.facilitator, meeting.everyone
    await facilitator.goes_on(plan.RANK)
    await facilitator.opens_the_round()
    for voter in (state, west):
        await voter.is_asked(plan.RANK)
        await voter.ranks(IMPORTANT, UNSURE, BORDERS)
    await west.ties(BORDERS)
    await west.submits_the_ranking()
    await state.submits_the_ranking()
    await facilitator.closes_at_once()
    await facilitator.sees("Borda, as a check")
    await facilitator.publishes()
    await meeting.screen.shows(IMPORTANT)
