"""Day 1: people take their seats, the evidence is reviewed, statements are reacted to."""

from playwright.async_api import expect

from tests.e2e.by_hand import laying_out as plan
from tests.e2e.by_hand.meeting import Meeting
from tests.e2e.hands import Participant

THEORY, PLANES = "Crime-terror continuum", "Planes model"
JOINED = "They share routes, not aims."
ENTITLED = 29


async def take_seats(meeting: Meeting) -> None:
    """By place card, or by the code from the big screen and one key of the facilitator."""
    await meeting.facilitator.goes_on("Opening and ground rules")
    await meeting.screen.shows("Opening and ground rules")
    await meeting.facilitator.presses_key("q")
    address, code = await meeting.screen.join_address()
    host = address.partition("/")[0]
    for who in ("Representative, State 02", "Expert, West Africa"):
        link = await meeting.organiser.personal_link(who)
        meeting.voters[who] = await Participant.opens(meeting.browser, link)
    for who in ("Expert, Sahel", "Expert, Western Europe"):
        meeting.voters[who] = await Participant.joins(meeting.browser, host, code, who)
        await meeting.facilitator.admits(who)
        await meeting.voters[who].sees(who, "Opening and ground rules")


async def review_the_evidence(meeting: Meeting) -> None:
    """Every answer counts at once; a countdown is stopped and the round closed later."""
    facilitator, (state, west, sahel, europe) = meeting.facilitator, meeting.everyone
    await facilitator.goes_on(plan.EVIDENCE)
    await facilitator.opens_the_round()
    for voter in meeting.everyone:
        await voter.is_asked(plan.EVIDENCE)
        await voter.judges(THEORY, "Partly", "Mixed")
    await state.judges(PLANES, "Holds in my region")
    await sahel.judges(PLANES, "Does not hold", "Untested")
    await sahel.says_why(PLANES, "Seizures in two districts say otherwise.")
    await europe.is_finished()
    await facilitator.counts(4, ENTITLED)
    await meeting.screen.shows(plan.EVIDENCE)
    await facilitator.presses_space("Close with countdown")
    await meeting.screen.shows("Closing")
    await west.sees("Closing: what is recorded before zero counts")
    await facilitator.presses_space("Keep open")
    await west.judges(PLANES, "Cannot say")
    await facilitator.closes_at_once()
    await west.sees("Closed. 2 of 10 answers of yours were counted.")
    await facilitator.publishes()
    await west.sees("Result", "4 of 29 voted")
    await meeting.screen.shows("4 of 29 voted", THEORY)


async def react(meeting: Meeting) -> None:
    """After coffee: one statement at a time, and one more joins while the round runs."""
    facilitator, (state, west, *_) = meeting.facilitator, meeting.everyone
    await facilitator.goes_on("Coffee")
    await meeting.screen.shows("Goes on at 11:00: Theories against experience")
    await facilitator.goes_on(plan.REACT)
    await facilitator.opens_the_round()
    for voter in (state, west):
        await voter.is_asked(plan.REACT)
        await voter.reacts("Statement 1 of 2", "Agree")
        await voter.reacts("Statement 2 of 2", "Pass")
    await facilitator.presses("Add a statement…")
    await facilitator.fills(facilitator.dialog(), Statement=JOINED)
    await facilitator.presses("Let it join", facilitator.dialog())
    await west.reacts(JOINED, "Disagree")
    await facilitator.closes_at_once()
    await expect(facilitator.page.locator("#region-results tr[id^=result-]")).to_have_count(3)
