"""Before the first morning: workshop, people from a file with two slips, three days of agenda."""

from pathlib import Path

from playwright.async_api import Browser, expect

from tests.e2e.by_hand.meeting import BANGKOK, Meeting
from tests.e2e.hands import BigScreen, Desk, Facilitator, Writer

AGENDA = (
    (1, "09:00", "09:30", "Opening", "Opening and ground rules"),
    (1, "09:30", "10:45", "Presentation", "Evidence base"),
    (1, "10:45", "11:00", "Break", "Coffee"),
    (1, "11:00", "12:30", "Discussion", "Theories against experience"),
    (2, "09:00", "10:30", "Breakout", "Name priority areas"),
    (2, "10:45", "12:30", "Clustering", "Merge duplicates"),
    (2, "14:15", "16:00", "Vote", "Vote on priority areas"),
    (2, "16:15", "17:00", "Vote", "Rank the priority areas"),
    (3, "09:00", "10:45", "Breakout", "Programmatic responses"),
    (3, "11:00", "12:00", "Vote", "Choose the responses"),
    (3, "12:00", "13:30", "Drafting", "Write the matrix rows"),
    (3, "14:00", "15:45", "Review", "Read the draft matrix"),
)
CLOSING = "day,start,end,kind,setting,title\n3,15:45,16:30,closing,plenary,Conclusions\n"
STATEMENTS = ("The links are transactional.", "The links differ by region.")

EVIDENCE = "Does it hold in your region?"
REACT = "What do you say to these?"
PROPOSE = "Which priority areas of concern do you see?"
CLUSTER = "Merge duplicates, agree wording"
RATE = "How important is each area?"
RANK = "Which areas come first?"
RESPOND = "Which responses should the programme offer?"
CHOOSE = "Which responses should be kept?"
MATRIX = "Write the rows"
AGREE = "Read the draft matrix row by row"


async def create(organiser: Desk) -> None:
    """From an empty database, by the form."""
    await organiser.sees("There is no workshop yet.")
    await organiser.creates_the_workshop(
        Title="Expert meeting on organized crime and terrorism",
        First_day="2016-05-11",
        Last_day="2016-05-13",
        Place="Bangkok",
        Time_zone="Asia/Bangkok",
        Working_languages="en",
        Attribution_rule="Non-attribution",
    )
    await organiser.is_live()


async def list_the_people(organiser: Desk, folder: Path) -> None:
    """Two slips stop the whole file and are named by row; corrected, it is taken whole."""
    plan = await organiser.previews("people", _with_two_slips(folder))
    await expect(plan).to_contain_text("Row 18, label: This cell may not be empty.")
    await expect(plan).to_contain_text("Row 33, roles: “facilitater” is not a role.")
    await expect(organiser.page.locator("[data-import=people] [data-import-now]")).to_be_hidden()
    await organiser.turns_to("People")
    await organiser.sees("0 on the list")
    await organiser.imports("people", BANGKOK / "participants.csv")
    await organiser.sees("36 on the list")
    await organiser.gives_roles("Organizer, institute B (host)", "Organiser", "Chair")
    await organiser.gives_roles("Representative, State 01", "Participant", "Drafting member")


def _with_two_slips(folder: Path) -> Path:
    """The list as it was first typed."""
    text = (BANGKOK / "participants.csv").read_text(encoding="utf-8")
    text = text.replace("Facilitator,facilitator", "Facilitator,facilitater")
    file = folder / "people.csv"
    file.write_text(text.replace('"Expert, Sahel"', ""), encoding="utf-8")
    return file


async def lay_the_agenda(organiser: Desk, folder: Path) -> None:
    """Three days by the form, the closing from a file, an activity for each exercise."""
    await organiser.turns_to("Evidence")
    await organiser.imports("evidence", BANGKOK / "evidence.csv")
    await organiser.turns_to("Framework")
    await organiser.imports("components", BANGKOK / "components.csv")
    await organiser.turns_to("Agenda")
    for item in AGENDA:
        await organiser.lays(*item)
    closing = folder / "closing.csv"
    closing.write_text(CLOSING, encoding="utf-8")
    await organiser.imports("agenda", closing)
    await organiser.sees("Conclusions")
    await _plan_the_exercises(organiser)


async def _plan_the_exercises(organiser: Desk) -> None:
    plans = organiser.plans
    await plans("Evidence base", "Review evidence", EVIDENCE, What_is_put_up="All evidence items")
    await plans(
        "Theories against experience", "React", REACT,
        What_is_put_up="These texts, one a line", Texts="\n".join(STATEMENTS),
    )  # fmt: skip
    await plans(
        "Name priority areas", "Propose", PROPOSE,
        Proposals_ask_for="Priority areas", Proposals_are_shown="Anonymous",
    )  # fmt: skip
    await plans("Merge duplicates", "Cluster and merge", CLUSTER)
    await plans("Vote on priority areas", "Rate", RATE, Secrecy="Confidential")
    await plans("Rank the priority areas", "Rank", RANK, Secrecy="Confidential")
    await plans(
        "Programmatic responses", "Propose", RESPOND,
        Proposals_ask_for="Responses", Proposals_are_shown="Anonymous",
    )  # fmt: skip
    await plans("Choose the responses", "Choose", CHOOSE, Kept_from_a_share_of="1/3")
    await plans("Write the matrix rows", "Draft the matrix", MATRIX)
    await plans("Read the draft matrix", "Agree", AGREE)


async def hand_out_the_links(browser: Browser, folder: Path, organiser: Desk) -> Meeting:
    """The facilitator and the big screen by links of their role, others by their place cards."""
    await organiser.turns_to("Workshop")
    facilitator = await organiser.makes_a_link("Facilitator")
    screen = await organiser.makes_a_link("Big screen")
    await organiser.turns_to("People")
    await organiser.page.get_by_role("link", name="Place cards").click()
    host = await organiser.personal_link("Organizer, institute B (host)")
    rapporteur = await organiser.personal_link("Rapporteur")
    drafter = await organiser.personal_link("Representative, State 01")
    return Meeting(
        browser,
        folder,
        organiser,
        await Facilitator.opens(browser, facilitator),
        await Facilitator.opens(browser, host),
        await BigScreen.opens(browser, screen, viewport={"width": 1600, "height": 900}),
        await Writer.opens(browser, rapporteur),
        await Writer.opens(browser, drafter),
    )
