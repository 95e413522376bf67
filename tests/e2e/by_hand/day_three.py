"""Day 3: responses are written and chosen, the matrix is laid by two hands, the chair rules."""

from playwright.async_api import expect

from tests.e2e.by_hand import laying_out as plan
from tests.e2e.by_hand.day_two import BORDERS
from tests.e2e.by_hand.meeting import BANGKOK, Meeting, rows

OWN = "Joint patrols on the river border"
ROWS = [(row["priority_area_id"], row["response"]) for row in rows("responses")[:22]]
AREAS = {row["id"]: row["title"] for row in rows("priority_areas")}

GLOSSARY = ROWS[2][1]
REWORDED = "Working glossary used in training and programme documents, without prejudice to law"
CHECKLIST, GRANTS = ROWS[4][1], ROWS[8][1]
NOT_A_TREATY = "A glossary must not be read as a definition in a treaty."
NATIONAL_LAW = "Checklists follow national law."
NO_MONEY = "Small grants cannot be followed."
CONCLUSION = "The matrix is reviewed after two years."
WHICH = "Say which documents use the glossary."


async def respond(meeting: Meeting) -> None:
    """A response of the room's own, and those that were prepared."""
    facilitator, organiser = meeting.facilitator, meeting.organiser
    await facilitator.goes_on(plan.RESPOND)
    state = meeting.everyone[0]
    await state.is_asked(plan.RESPOND)
    await state.proposes(OWN, area=BORDERS)
    await facilitator.presses_space("Reveal the proposals")
    await facilitator.accepts(OWN)
    await organiser.turns_to("Proposals")
    await organiser.imports("proposals", BANGKOK / "responses.csv")
    await organiser.turns_to("Agenda")
    await organiser.puts_up(plan.CHOOSE, "All responses")


async def choose(meeting: Meeting) -> None:
    """Every tap counts; kept from a third on."""
    facilitator, (state, west, sahel, europe) = meeting.facilitator, meeting.everyone
    await facilitator.goes_on(plan.CHOOSE)
    await facilitator.opens_the_round()
    for voter in (state, west, sahel):
        await voter.is_asked(plan.CHOOSE)
        await voter.approves(OWN, GLOSSARY, CHECKLIST)
    await west.approves(GRANTS)
    await europe.is_finished()
    await facilitator.counts(4, 29)
    await facilitator.closes_at_once()
    await facilitator.publishes()
    await meeting.screen.shows("kept", "4 of 29 voted.")


async def write_the_matrix(meeting: Meeting) -> None:
    """The rapporteur and a drafting member lay 23 rows, and meet in one of them."""
    facilitator, rapporteur, drafter = meeting.facilitator, meeting.rapporteur, meeting.drafter
    await facilitator.goes_on(plan.MATRIX)
    await drafter.page.get_by_role("link", name="Write the rows of the matrix").click()
    await rapporteur.turns_to("Matrix")
    await drafter.presses("Add the 3 kept responses that have no row")
    await rapporteur.sees("3 rows")
    for area, response in ROWS:
        if response not in (GLOSSARY, CHECKLIST):
            await rapporteur.adds_a_row(AREAS[area], response)
    await drafter.sees("23 rows")
    await _meet_in_one_row(meeting)
    await rapporteur.concludes(CONCLUSION)


async def _meet_in_one_row(meeting: Meeting) -> None:
    """Whoever saves second is shown both texts; nothing is overwritten silently."""
    rapporteur, drafter = meeting.rapporteur, meeting.drafter
    await drafter.opens_the_row(OWN)
    await rapporteur.opens_the_row(OWN)
    await rapporteur.fills(rapporteur.dialog(), Lead_actor="border agency", Time_frame="0-2 years")
    await rapporteur.saves_the_row()
    await drafter.fills(drafter.dialog(), Lead_actor="river police")
    await drafter.presses("Save the row", drafter.dialog())
    told = drafter.dialog().locator("[data-meanwhile]")
    await expect(told).to_contain_text("Meanwhile, someone else wrote:")
    await expect(told).to_contain_text("border agency")
    await expect(drafter.field(drafter.dialog(), "Lead actor")).to_have_value("river police")
    await expect(drafter.field(drafter.dialog(), "Time frame")).to_have_value("0-2 years")
    await drafter.fills(drafter.dialog(), Lead_actor="river police with the border agency")
    await drafter.saves_the_row()
    await rapporteur.sees("river police with the border agency, 0-2 years")


async def read_and_flag(meeting: Meeting) -> None:
    """The draft is opened for reading; three rows are flagged."""
    facilitator, (state, west, sahel, europe) = meeting.facilitator, meeting.everyone
    await facilitator.goes_on(plan.AGREE)
    await state.sees("0 of 23 rows settled")
    await state.flags(GLOSSARY, "Reservation", NOT_A_TREATY)
    await europe.flags(GLOSSARY, "Another wording", WHICH)
    await sahel.flags(CHECKLIST, "Reservation", NATIONAL_LAW, named=True)
    await west.flags(GRANTS, "Objection", NO_MONEY)
    await facilitator.sees("3 flagged", "20 with nothing against them")


async def rule(meeting: Meeting) -> None:
    """Twenty rows in one decision, three one by one, one of them reworded before everyone."""
    await meeting.facilitator.presses_space("Go to the chair’s rulings")
    chair = meeting.chair
    await chair.page.goto(meeting.facilitator.page.url)
    await chair.presses("Adopt 20 unflagged rows together by consensus")
    await chair.sees("20 of 23 rows settled")
    await chair.presses("Adopt 4 unflagged components and conclusions together by consensus")
    await _reword_the_glossary(meeting)
    await chair.rules(REWORDED, "With reservations")
    await chair.rules(CHECKLIST, "With reservations")
    await expect(chair.before_the_chair(GRANTS)).to_contain_text("An objection stands.")
    await chair.rules(GRANTS, "Not agreed")
    await chair.sees("23 of 23 rows settled", "Nothing is left to rule on.")


async def _reword_the_glossary(meeting: Meeting) -> None:
    """Old beside new on the big screen; whoever flagged the row is asked again."""
    facilitator, screen, (state, *_, europe) = (
        meeting.facilitator, meeting.screen, meeting.everyone,
    )  # fmt: skip
    await facilitator.presses("Put to the room", facilitator.before_the_chair(GLOSSARY))
    await screen.shows("Put to the room, version 1", GLOSSARY)
    await facilitator.rewords(GLOSSARY, REWORDED)
    await screen.shows("As drafted, version 1", "Put to the room, version 2")
    await screen.shows_as_new("training and programme documents")
    await state.is_asked_again(REWORDED)
    await state.presses("It still stands", state.reading(REWORDED))
    await europe.is_asked_again(REWORDED)
    await europe.presses("Withdraw it", europe.reading(REWORDED))
    await expect(facilitator.before_the_chair(REWORDED)).not_to_contain_text(WHICH)


async def conclude(meeting: Meeting) -> None:
    """The last item is started and finished at the desk, whatever the clock says."""
    organiser = meeting.organiser
    await organiser.turns_to("Agenda")
    await organiser.sends(organiser.row("Conclusions"), "Start")
    await meeting.screen.shows("15:45–16:30", "Conclusions")
    await organiser.sends(organiser.row("Conclusions"), "Finish")
    await expect(organiser.row("Conclusions")).to_contain_text("Go back to it")
