"""Every kind of form that somebody may be typing into: where it stands, how one comes to it, and
what the server holds once it is sent. A rule test keeps this table equal to the templates."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.support.gathering import OPTIONS, Gathering

WORDS = "Night posts lack staff, lamps and tools"

Prepare = Callable[[Gathering], Awaitable[object]]


@dataclass(frozen=True)
class Form:
    """`stands` names it in the templates: file and element. `field` is what is typed into, after
    `opener` is pressed; `keys` are pressed where nothing is typed. `button` sends it, and then
    `kept`, a column of a table, holds the words once."""

    name: str
    stands: tuple[str, ...]
    who: str
    page: str
    field: str
    opener: str = ""
    keys: tuple[str, ...] = ()
    words: str = ""
    button: str = ""
    kept: str = ""
    prepare: Prepare | None = None

    @property
    def typed(self) -> str:
        """The words, told apart from those of other forms."""
        return self.words or f"{WORDS} ({self.name})"


# -- what the meeting is at ---------------------------------------------------------------------


async def _rating(here: Gathering) -> None:
    here.made["round"] = await here.voting("rate")


async def _grouped(here: Gathering) -> None:
    await here.run.post(f"{here.at}/groups", {"name": "Group one"})


async def _closed(here: Gathering) -> None:
    here.made["round"] = await here.voting("rate")
    await here.run.post(f"rounds/{here.made['round']['id']}/close", {"countdown": 0})


async def _judging(here: Gathering) -> None:
    await here.voting("evidence", [{"evidence": here.made["evidence"]["id"]}])


async def _proposing(here: Gathering) -> None:
    activity = await here.activity("propose", "What should be done?", kind="response")
    await here.stage(activity, "writing")


async def _proposed(here: Gathering) -> None:
    activity = await here.activity("propose", "What troubles you?", kind="priority_area")
    await here.stage(activity, "writing")
    proposal = {"kind": "priority_area", "text": "Dark nights", "activity": activity}
    for token in here.entries:
        await here.owner.as_(token).post(f"{here.at}/proposals", proposal)


async def _misread(here: Gathering) -> None:
    await _proposed(here)
    for token in here.entries:
        author = here.owner.as_(token)
        for one in (await author.get(f"{here.at}/proposals"))["items"]:
            if one["author"]["shown_as"] == "own":
                await author.post(f"{here.at}/proposals/{one['id']}/not-meant", {"text": ""})


async def _ranking(here: Gathering) -> None:
    await here.voting("rank")


async def _choosing(here: Gathering) -> None:
    await here.voting("choose", [{"proposal": one["id"]} for one in here.made["responses"]])


async def _reacting(here: Gathering) -> None:
    await here.voting("react")


async def _consenting(here: Gathering) -> None:
    await here.voting("agree", [{"cell": here.made["cells"][0]["id"]}])


async def _reading(here: Gathering) -> None:
    activity = await here.activity("agree", "Is this the text?")
    await here.stage(activity, "reading")


async def _deciding(here: Gathering) -> None:
    activity = await here.activity("agree", "Is this the text?")
    await here.stage(activity, "reading", "deciding")
    flag = {"row": here.made["cells"][0]["id"], "flag": "objection", "text": "Not by night"}
    await here.owner.as_(here.entries[1]).post(f"{here.at}/flags", flag)
    above = {"row": here.made["component"]["id"], "flag": "objection", "text": "Not this word"}
    await here.owner.as_(here.entries[1]).post(f"{here.at}/flags", above)


async def _parked(here: Gathering) -> None:
    await here.run.post(f"{here.at}/parking", {"text": "Who pays?"})


async def _noted(here: Gathering) -> None:
    await here.owner.post(f"{here.at}/notes", {"text": "Said so", "item": here.made["item"]["id"]})


async def _told(here: Gathering) -> None:
    await here.owner.post(f"{here.at}/lessons", {"tried": "A walk", "result": "Calm"})


async def _voting_one(here: Gathering) -> None:
    await here.voting("vote")


async def _moving(here: Gathering) -> None:
    await here.voting("vote", OPTIONS[:1], method="motion")


async def _spreading(here: Gathering) -> None:
    await here.voting("vote", method="dot_vote", params={"budget": 10})


# -- the table ----------------------------------------------------------------------------------

ROOM = (
    Form(
        "reason beside a rating",
        ("ballots/_reason.html #reason-word", "ballots/rating.html #ballot"),
        "voter", "room", "#ballot textarea >> nth=0",
        opener="#ballot fieldset:first-of-type summary", button="Save the reason",
        kept="reason.words", prepare=_rating,
    ),
    Form(
        "rating",
        ("ballots/rating.html #ballot",),
        "voter", "room", "#ballot fieldset >> nth=1 >> input >> nth=3",
        keys=("Space", "ArrowRight", "ArrowRight", "ArrowLeft"), prepare=_rating,
    ),
    Form(
        "judgement of evidence",
        ("ballots/judgement.html #ballot",),
        "voter", "room", "#ballot textarea", opener="#ballot summary",
        button="Save the reason", kept="reason.words", prepare=_judging,
    ),
    Form(
        "proposal",
        ("ballots/propose.html #ballot",),
        "voter", "room", "#proposal-text", button="Send the proposal", kept="wording_version.text",
        prepare=_proposing,
    ),
    Form(
        "own proposal worded anew",
        ("pages/exercises/_own.html #reword-form-word",),
        "voter", "room", "#own-proposals textarea", opener="#own-proposals summary",
        button="Send the new wording", kept="wording_version.text", prepare=_proposed,
    ),
    Form(
        "ranking in progress",
        ("ballots/ranking.html #ballot",),
        "voter", "room", "[data-pool] li:not([hidden]) >> nth=1 >> button",
        keys=("Enter", "Shift+Tab", "Enter", "Enter"), button="Submit my ranking",
        prepare=_ranking,
    ),
    Form(
        "choice",
        ("ballots/approval.html #ballot",),
        "voter", "room", "#ballot input >> nth=0",
        keys=("Space", "Tab", "Space", "Space"), prepare=_choosing,
    ),
    Form(
        "reaction",
        ("ballots/react.html #ballot",),
        "voter", "room", "#ballot .statement[data-here] input >> nth=0",
        keys=("Space",), prepare=_reacting,
    ),
    Form(
        "consent",
        ("ballots/consent.html #ballot",),
        "voter", "room", "#consent-reason", button="Send my answer", prepare=_consenting,
    ),
    Form(
        "flag",
        ("pages/exercises/_row.html #flag-form-word",),
        "voter", "room", ".flag-form [name=text] >> nth=0", opener=".reading summary >> nth=0",
        button="Raise the flag", kept="flag.text", prepare=_reading,
    ),
    Form(
        "vote for one",
        ("ballots/choice.html #ballot",),
        "voter", "room", "#ballot input >> nth=0",
        keys=("Space", "ArrowDown", "ArrowDown", "ArrowUp"), button="Send my vote",
        prepare=_voting_one,
    ),
    Form(
        "vote on a motion",
        ("ballots/motion.html #ballot",),
        "voter", "room", "#ballot input >> nth=0",
        keys=("Space", "ArrowRight", "ArrowRight", "ArrowLeft"), button="Send my vote",
        prepare=_moving,
    ),
    Form(
        "points",
        ("ballots/allocation.html #ballot",),
        "voter", "room", "#ballot input >> nth=0",
        keys=("ArrowUp", "ArrowUp", "ArrowUp", "ArrowDown"), button="Send my points",
        prepare=_spreading,
    ),
)  # fmt: skip

# What is an author's own, and what moderators answer to it.
OWN = (
    Form(
        "what was not meant",
        ("pages/mine.html #dialog-notmeant",),
        "voter", "mine/proposals", "#dialog-notmeant textarea", opener="[data-dialog=notmeant]",
        button="Tell the moderators", kept="misreading.text", prepare=_proposed,
    ),
    Form(
        "answer to an author",
        ("pages/_moderation_dialogs.html #dialog-answer",),
        "facilitator", "control", "#dialog-answer textarea",
        opener="[data-dialog=answer] >> nth=0", button="Send the answer", kept="misreading.answer",
        prepare=_misread,
    ),
    Form(
        "lesson told in the room",
        ("pages/lessons.html #tell-lesson",),
        "voter", "lessons", "form:has(#tell-lesson) [name=tried]",
        button="Tell it", kept="lesson_version.tried",
    ),
)  # fmt: skip

CONTROL = (
    Form(
        "reopening",
        ("pages/_control_dialogs.html #dialog-reopen",),
        "facilitator", "control", "#dialog-reopen textarea", opener="[data-dialog=reopen]",
        button="Reopen", kept="reopening.reason", prepare=_closed,
    ),
    Form(
        "sending on",
        ("pages/_control_dialogs.html #dialog-sendon",),
        "facilitator", "control", "#dialog-sendon input", opener="[data-dialog=sendon]",
        words="12", prepare=_closed,
    ),
    Form(
        "statement that joins",
        ("pages/_control_dialogs.html #dialog-statement",),
        "facilitator", "control", "#dialog-statement textarea",
        opener="[data-dialog=statement]", button="Let it join", kept="activity_option.text",
        prepare=_reacting,
    ),
    Form(
        "sending back",
        ("pages/_return_dialog.html #dialog-return",),
        "facilitator", "control", "#dialog-return textarea", opener="[data-dialog=return] >> nth=3",
        button="Send back", kept="proposal.return_reason",
    ),
    Form(
        "merging",
        ("pages/_moderation_dialogs.html #dialog-merge",),
        "facilitator", "control", "#dialog-merge textarea", opener="[data-dialog=merge] >> nth=0",

        button="Merge", kept="wording_version.text",
    ),
    Form(
        "timer",
        ("pages/_control_dialogs.html #dialog-timer",),
        "facilitator", "control", "#dialog-timer input", opener="key t", words="15", button="Start",
    ),
    Form(
        "rewording before the room",
        ("pages/_control_dialogs.html #dialog-reword",),
        "facilitator", "control", "#dialog-reword textarea", opener="[data-dialog=reword]",
        button="Save the wording", kept="wording_version.text", prepare=_deciding,
    ),
    Form(
        "rewording a component before the room",
        ("pages/_control_dialogs.html #dialog-rewording",),
        "facilitator", "control", "#dialog-rewording textarea", opener="[data-dialog=rewording]",
        button="Save the wording", kept="wording_version.text", prepare=_deciding,
    ),
    Form(
        "terms of the speakers’ list",
        ("pages/_floor_dialogs.html #dialog-floor",),
        "facilitator", "control", "#dialog-floor [name=seconds]", opener="[data-dialog=floor]",
        words="12", button="Save",
    ),
    Form(
        "parking a matter",
        ("pages/_floor_dialogs.html #dialog-park",),
        "facilitator", "control", "#dialog-park textarea", opener="key p",
        button="Park it", kept="parked.text",
    ),
    Form(
        "settling a matter",
        ("pages/_floor_dialogs.html #dialog-parked",),
        "facilitator", "control", "#dialog-parked [name=answer]", opener="[data-dialog=parked]",
        button="Save", kept="parked.answer", prepare=_parked,
    ),
    Form(
        "moving the day",
        ("pages/_day_dialog.html #dialog-day",),
        "facilitator", "control", "#dialog-day [name=minutes]", opener="[data-dialog=day]",
        words="15",
    ),
)  # fmt: skip

DESK = (
    Form(
        "agenda item",
        ("pages/desk/agenda.html #add-item",),
        "organiser", "desk/agenda", "form:has(#add-item) [name=title]",
    ),
    Form(
        "change of an agenda item",
        ("pages/desk/agenda.html #dialog-item",),
        "organiser", "desk/agenda", "#dialog-item [name=title]",
        opener="[data-dialog=item] >> nth=0", button="Save", kept="agenda_item.title",
    ),
    Form(
        "activity",
        ("pages/desk/_activity_dialogs.html #dialog-activity",),
        "organiser", "desk/agenda", "#dialog-activity [name=title]",
        opener="[data-dialog=activity] >> nth=0", button="Add the activity", kept="activity.title",
    ),
    Form(
        "change of an activity",
        ("pages/desk/_activity_dialogs.html #dialog-activity-change",),
        "organiser", "desk/agenda", "#dialog-activity-change [name=title]",
        opener="[data-dialog=activity-change] >> nth=0", button="Save", kept="activity.title",
    ),
    Form(
        "new person",
        ("pages/desk/people.html #add-person",),
        "organiser", "desk/people", "form:has(#add-person) [name=label]",
        button="Add the person", kept="participant.label",
    ),
    Form(
        "person",
        ("pages/desk/people.html #dialog-person",),
        "organiser", "desk/people", "#dialog-person [name=label]",
        opener="[data-dialog=person] >> nth=0", button="Save", kept="participant.label",
    ),
    Form(
        "new group",
        ("pages/desk/_groups.html #add-group",),
        "organiser", "desk/people", "#add-group [name=name]",
        button="Add the group", kept="breakout_group.name",
    ),
    Form(
        "group",
        ("pages/desk/_groups.html #group-word",),
        "organiser", "desk/people", ".group-row [name=name]",
        button="Save", kept="breakout_group.name", prepare=_grouped,
    ),
    Form(
        "evidence item",
        ("pages/desk/evidence.html #add-evidence",),
        "organiser", "desk/evidence", "form:has(#add-evidence) [name=gist]",
    ),
    Form(
        "change of an evidence item",
        ("pages/desk/evidence.html #dialog-evidence",),
        "organiser", "desk/evidence", "#dialog-evidence [name=gist]",
        opener="[data-dialog=evidence] >> nth=0", button="Save", kept="evidence_item.gist",
    ),
    Form(
        "change of a component",
        ("pages/desk/framework.html #dialog-component",),
        "organiser", "desk/framework", "#dialog-component [name=text]",
        opener="[data-dialog=component] >> nth=0", button="Save", kept="wording_version.text",
    ),
    Form(
        "component",
        ("pages/desk/framework.html #add-component",),
        "organiser", "desk/framework", "form:has(#add-component) [name=text]",
        button="Add the component", kept="wording_version.text",
    ),
    Form(
        "proposal entered for others",
        ("pages/desk/proposals.html /api/v1/workshops/word/proposals",),
        "organiser", "desk/proposals", "section form:not([id]) [name=text]",
        button="Enter it", kept="wording_version.text",
    ),
    Form(
        "rewording",
        ("pages/desk/proposals.html #dialog-wording",),
        "organiser", "desk/proposals", "#dialog-wording textarea",
        opener="[data-dialog=wording] >> nth=0", button="Save as a new version",
        kept="wording_version.text",
    ),
    Form(
        "merging at the desk",
        ("pages/_moderation_dialogs.html #dialog-merge",),
        "organiser", "desk/proposals", "#dialog-merge textarea",
        opener="tr:has-text('Corrupt officials') [data-dialog=merge]",
        button="Merge", kept="wording_version.text",
    ),
    Form(
        "row of the matrix",
        ("pages/desk/matrix.html #dialog-row",),
        "organiser", "desk/matrix", "#dialog-row [name=text]",
        opener="[data-dialog=row] >> nth=0", button="Save the row", kept="wording_version.text",
    ),
    Form(
        "new row of the matrix",
        ("pages/desk/matrix.html #dialog-cell",),
        "organiser", "desk/matrix", "#dialog-cell [data-part=response]",
        opener="[data-dialog=cell]", keys=("ArrowDown", "ArrowUp", "ArrowDown"),
    ),
    Form(
        "conclusion",
        ("pages/desk/framework.html #add-conclusion",),
        "organiser", "desk/framework", "form:has(#add-conclusion) textarea",
        button="Add the draft", kept="wording_version.text",
    ),
    Form(
        "change of a conclusion",
        ("pages/desk/framework.html #dialog-conclusion",),
        "organiser", "desk/framework", "#dialog-conclusion textarea",
        opener="[data-dialog=conclusion] >> nth=0", button="Save", kept="wording_version.text",
    ),
    Form(
        "place of an area",
        ("pages/desk/framework.html #dialog-place",),
        "organiser", "desk/framework", "#dialog-place select",
        opener="[data-dialog=place] >> nth=0", keys=("ArrowDown", "ArrowUp", "ArrowDown"),
    ),
    Form(
        "note",
        ("pages/desk/_notebook.html #note-form-word",),
        "organiser", "desk/notes", ".note-form[data-note] textarea",
        button="Release", kept="note.text", prepare=_noted,
    ),
    Form(
        "lesson told at the desk",
        ("pages/desk/lessons.html #tell-lesson",),
        "organiser", "desk/lessons", "form:has(#tell-lesson) [name=tried]",
        button="Tell it", kept="lesson_version.tried",
    ),
    Form(
        "lesson",
        ("pages/desk/lessons.html #dialog-lesson",),
        "organiser", "desk/lessons", "#dialog-lesson [name=tried]",
        opener="[data-dialog=lesson]", button="Save", kept="lesson_version.tried",
        prepare=_told,
    ),
    Form(
        "workshop",
        ("pages/desk/workshop.html /api/v1/workshops/word",),
        "organiser", "desk/workshop", "form [name=title]", button="Save", kept="workshop.title",
    ),
)  # fmt: skip

DOOR = (
    Form(
        "new workshop",
        ("pages/home.html #new-title",),
        "owner", "/", "form:has(#new-title) [name=title]",
    ),
    Form(
        "meeting code",
        ("pages/join.html /join",),
        "nobody", "/join", "#code", words="ABCD 2345",
    ),
    Form(
        "name at the door",
        ("pages/join.html /join/word",),
        "nobody", "/join/{code}", "#label",
    ),
)  # fmt: skip

FORMS = (*ROOM, *OWN, *CONTROL, *DESK, *DOOR)

# Fields that nobody fills with words to be sent.
NOT_TYPED_INTO = {
    "components/agreement.html #file-word": "a file is chosen; what it would do stands before it",
    "pages/desk/people.html #find-people": "finds words in a list on this page alone",
    "pages/desk/matrix.html #find-rows": "finds words in a list on this page alone",
    "pages/receipts.html #find-receipt": "finds words in a list on this page alone",
    "exports/matrix.html #show-word": "sifts the rows of a file that is sent nowhere",
    "pages/_floor_dialogs.html #dialog-call": "a name is chosen from the list",
    "pages/desk/people.html #dialog-leaving": "a name is chosen from the list",
    "pages/seat.html #leaving-title": "a name is chosen from the list",
    "pages/desk/notes.html #dialog-mention": "finds words in a list on this page alone",
    "pages/desk/_notebook.html #new-note-word": "typed into by tests/e2e/test_notes.py",
    "components/sifting.html select": "sifts the rows on this page alone; the address keeps it",
    "pages/desk/proposals.html #dialog-split": "typed into by tests/e2e/test_merged_after.py",
    "ballots/_reason.html select": "chosen from by tests/e2e/test_delphi.py",
    "pages/_control_dialogs.html #dialog-item": "typed into by tests/e2e/test_delphi.py",
    "pages/_control_dialogs.html #dialog-until": "a time of day is chosen",
    "pages/_aside_dialog.html #dialog-aside": "typed into by tests/e2e/test_language.py",
    "pages/styleguide/_controls.html form": "a specimen: it goes nowhere",
    "pages/styleguide/_exercises.html form": "a specimen: it goes nowhere",
    "ballots/nomination.html #ballot": "ticked by tests/e2e/test_thrift.py",
    "ballots/pair.html #ballot": "buttons alone; pressed by tests/e2e/test_comparing.py",
    "ballots/best_worst.html #ballot": "buttons alone; pressed by tests/e2e/test_comparing.py",
    "ballots/criteria.html #ballot": "tapped and typed into by tests/e2e/test_criteria.py",
    "ballots/weights.html #ballot": "typed into by tests/e2e/test_criteria.py",
    "ballots/interval.html #ballot": "typed into by tests/e2e/test_estimating.py",
    "ballots/quantiles.html #ballot": "kept and sent by the script of interval.html",
    "pages/desk/_known_answers.html #dialog-known-word": "typed into by test_estimating.py",
}
