"""The reference model of proposals: what the design says of them, and nothing of how it is done."""

from dataclasses import dataclass, field, replace


@dataclass
class Said:
    """“This is not what I meant”, said of one version of one wording."""

    of: tuple[int, int]
    text: str
    answered: bool = False


@dataclass
class Paper:
    """A proposal: every wording that it had, how it stands, what became of it."""

    place: int
    author: str
    texts: list[str]
    status: str = "waiting"
    reason: str = ""
    held: bool = False
    into: int | None = None
    originals: list[int] = field(default_factory=list)
    before: list["Paper"] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)


class Papers:
    """All of them, and the verbs. Each verb returns the code of its refusal, or nothing."""

    def __init__(self) -> None:
        self.all: list[Paper] = []

    def submit(self, author: str, text: str) -> str:
        self.all.append(Paper(len(self.all), author, [text]))
        return ""

    def reword(self, who: str, paper: Paper, text: str) -> str:
        own = who == paper.author and paper.status in ("waiting", "returned")
        if who and not own:
            return "not_allowed"
        if paper.status == "merged":
            return "merged"
        if text != paper.texts[-1]:
            paper.texts.append(text)
        if who and paper.status == "returned":
            paper.status, paper.reason = "waiting", ""
        return ""

    def merge(self, chosen: list[Paper], text: str) -> str:
        if any(one.status == "merged" for one in chosen):
            return "merged"
        places = [one.place for one in chosen]
        before = [replace(one, texts=list(one.texts)) for one in chosen]
        new = Paper(len(self.all), "", [text], "accepted", originals=places, before=before)
        for one in chosen:
            one.status, one.into = "merged", new.place
        self.all.append(new)
        return ""

    def undo(self, paper: Paper) -> str:
        """Everything is as it was before, and the merged wording is set aside."""
        if paper.status == "merged" or not paper.originals:
            return "not_merged"
        for was in paper.before:
            original = self.all[was.place]
            assert original.texts == was.texts
            original.status, original.reason, original.into = was.status, was.reason, None
        paper.status, paper.reason = "returned", "undone"
        paper.originals, paper.before = [], []
        return ""

    def accept(self, paper: Paper) -> str:
        if paper.status == "merged":
            return "merged"
        paper.status, paper.reason = "accepted", ""
        return ""

    def return_(self, paper: Paper, reason: str) -> str:
        if paper.status == "merged":
            return "merged"
        if paper.originals:
            return "nobody_to_return_to"
        paper.status, paper.reason = "returned", reason
        return ""

    def hold_back(self, who: str, paper: Paper) -> str:
        if who != paper.author:
            return "not_yours"
        paper.held = True
        return ""

    def not_meant(self, who: str, paper: Paper, text: str) -> str:
        if who != paper.author:
            return "not_yours"
        if paper.status == "returned":
            return "returned"
        about = self.wording_of(paper)
        waits = [one for one in paper.said if one.of == about and not one.answered]
        if waits and (waits[0].text or not text):
            return "told_already"
        if waits:
            waits[0].text = text
        else:
            paper.said.append(Said(about, text))
        return ""

    def answer(self, paper: Paper) -> str:
        here = (paper.place, len(paper.texts))
        waits = [
            said
            for one in self.all
            for said in one.said
            if said.of == here and not said.answered and paper.place in self.way_of(one)
        ]
        for said in waits:
            said.answered = True
        return "" if waits else "nothing_waits"

    def way_of(self, paper: Paper) -> list[int]:
        """The proposal, and what it was merged into, one after the other."""
        found = [paper.place]
        while (into := self.all[found[-1]].into) is not None:
            found.append(into)
        return found

    def wording_of(self, paper: Paper) -> tuple[int, int]:
        """Whose wording stands for it now, and which version."""
        stands = self.all[self.way_of(paper)[-1]]
        return stands.place, len(stands.texts)

    def waits_for_an_answer(self, paper: Paper) -> bool:
        """Whether an author said of its present wording that it is not what they meant."""
        here = (paper.place, len(paper.texts))
        return paper.status in ("waiting", "accepted") and any(
            said.of == here and not said.answered and paper.place in self.way_of(one)
            for one in self.all
            for said in one.said
        )
