"""The reference model of options that change after votes: what the design says of merging,
splitting, rewording, reopening and undoing over rounds with ballots, and nothing of how it is
done."""

from dataclasses import dataclass, field
from statistics import median

Answers = dict[int, int | None]  # option → a value, or that one has no opinion


@dataclass(eq=False)
class Topic:
    """Something that can be voted on: its wordings, and what it was made of by which act."""

    place: int
    texts: list[str]
    status: str = "stands"  # or "taken" up into others, or "aside"
    made_of: list[int] = field(default_factory=list)
    act: int = 0


@dataclass(eq=False)
class Sheet:
    """A round: what it asks, word for word, and every ballot that was ever cast in it."""

    asked: list[tuple[int, str]]
    open: bool = True
    cast: list[tuple[str, Answers]] = field(default_factory=list)
    outcomes: int = 0

    def live(self) -> dict[str, Answers]:
        """Each voter's last ballot, one each."""
        return dict(self.cast)

    def revisions(self, who: str) -> int:
        return sum(voter == who for voter, _ in self.cast)

    def medians(self) -> dict[int, tuple[int, float | None]]:
        """Option → how many judged it, and their median."""
        found = {}
        for place, _ in self.asked:
            said = [given for one in self.live().values() if (given := one.get(place)) is not None]
            found[place] = (len(said), float(median(said)) if said else None)
        return found


@dataclass(frozen=True)
class Before:
    """How an option came to a round, from which earlier texts, and what one answered to each."""

    how: str
    parts: list[tuple[str, bool, int | None]]

    @property
    def answers(self) -> list[int | None]:
        return list(dict.fromkeys(answer for _, given, answer in self.parts if given))


class Sheets:
    """One activity. Each verb returns the code of its refusal, or nothing."""

    def __init__(self, texts: list[str]) -> None:
        self.topics = [Topic(n, [text]) for n, text in enumerate(texts)]
        self.options = [topic.place for topic in self.topics]
        self.rounds: list[Sheet] = []
        self.acts = 0

    @property
    def running(self) -> Sheet | None:
        return next((one for one in self.rounds if one.open), None)

    def standing(self) -> list[Topic]:
        return [topic for topic in self.topics if topic.status == "stands"]

    def open(self) -> None:
        asked = [(place, self.topics[place].texts[-1]) for place in self.options]
        self.rounds.append(Sheet(asked))

    def cast(self, who: str, answers: Answers) -> None:
        assert self.running is not None
        self.running.cast.append((who, answers))

    def close(self) -> None:
        assert self.running is not None
        self.running.outcomes += 1
        self.running.open = False

    def reword(self, topic: Topic, text: str) -> None:
        if text != topic.texts[-1]:
            topic.texts.append(text)

    def make(self, originals: list[Topic], texts: list[str]) -> str:
        """Merge several into one, or split one into several: they take their place."""
        if self.running:
            return "round_open"
        self.acts += 1
        places = [one.place for one in originals]
        new = [
            Topic(len(self.topics) + n, [text], made_of=places, act=self.acts)
            for n, text in enumerate(texts)
        ]
        self.topics += new
        for one in originals:
            one.status = "taken"
        self.put(places, [one.place for one in new])
        return ""

    def undo(self, topic: Topic) -> str:
        made = [one for one in self.topics if one.act and one.act == topic.act]
        if not made or any(one.status != "stands" for one in made):
            return "not_merged"
        if self.running:
            return "round_open"
        for place in topic.made_of:
            self.topics[place].status = "stands"
        for one in made:
            one.status = "aside"
        self.put([one.place for one in made], topic.made_of)
        return ""

    def put(self, gone: list[int], new: list[int]) -> None:
        first = next(n for n, place in enumerate(self.options) if place in gone)
        rest = [place for place in self.options[first:] if place not in gone]
        self.options = [*self.options[:first], *new, *rest]

    def before(self, who: str) -> dict[int, Before]:
        """What a voter is told beside the options of the open round."""
        assert self.running is not None
        earlier = self.rounds[: self.rounds.index(self.running)]
        stood = {
            place: (text, *_said(one.live().get(who), place))
            for one in earlier
            for place, text in one.asked
        }
        found = {}
        for place, text in self.running.asked:
            if place in stood:
                if stood[place][0] != text:
                    found[place] = Before("reworded", [stood[place]])
            elif parts := self._made_of(place, stood):
                act = self.topics[place].act
                split = sum(one.act == act for one in self.topics) > 1
                found[place] = Before("split" if split else "merged", parts)
        return found

    def _made_of(
        self, place: int, stood: dict[int, tuple[str, bool, int | None]]
    ) -> list[tuple[str, bool, int | None]]:
        topic = self.topics[place]
        found = []
        for one in topic.made_of if topic.status != "aside" else []:
            found += [stood[one]] if one in stood else self._made_of(one, stood)
        return found


def _said(answers: Answers | None, place: int) -> tuple[bool, int | None]:
    given = answers is not None and place in answers
    return given, answers[place] if answers is not None and given else None
