"""The reference model of rows before the chair: what the design says of flags and rulings, and
nothing of how it is done."""

from dataclasses import dataclass, field, replace


@dataclass(eq=False)
class Flag:
    """What one person says to one row. It ends once: withdrawn, or with another in its place."""

    who: str
    kind: str
    n: int  # the version it was raised on
    asked_again: bool = False
    taken_up: bool = False
    ended: bool = False


@dataclass(frozen=True)
class Ruling:
    """What holds for a row: a ruling on one version of its wording."""

    ruling: str
    text: str
    n: int
    refused: int = 0  # a later version that was not agreed: the earlier text stays agreed

    @property
    def adopted(self) -> bool:
        return self.ruling != "not_agreed"


@dataclass(eq=False)
class Wording:
    """A wording with its versions; a response's stands in every row that it serves."""

    texts: list[str]

    @property
    def n(self) -> int:
        return len(self.texts)


@dataclass(eq=False)  # two that look alike are two
class Row:
    """A cell or a component: its wording, its flags, the ruling that holds."""

    wording: Wording
    flags: list[Flag] = field(default_factory=list)
    holds: Ruling | None = None

    @property
    def standing(self) -> list[Flag]:
        return [flag for flag in self.flags if not flag.ended]

    @property
    def changed(self) -> bool:
        return self.holds is not None and self.holds.text != self.wording.texts[-1]

    @property
    def settled(self) -> bool:
        if self.holds is None:
            return False
        return not self.changed or self.holds.refused == self.wording.n

    @property
    def state(self) -> str:
        if self.holds and (self.holds.adopted or self.settled):
            return self.holds.ruling
        return "flagged" if self.standing else "draft"

    @property
    def agreed_text(self) -> str | None:
        return self.holds.text if self.holds and self.holds.adopted else None

    def against(self, ruling: str) -> str:
        """Why the chair can't rule so, or nothing."""
        kinds = {flag.kind for flag in self.standing if not flag.taken_up}
        if ruling == "not_agreed":
            return ""
        if "objection" in kinds:
            return "objection_open"
        if "another_wording" in kinds:
            return "wording_open"
        if ruling == "consensus":
            return "flagged" if kinds else ""
        if ruling == "no_objection":
            return "reserved" if "reservation" in kinds else ""
        return "" if kinds else "unreserved"


class Rows:
    """All rows and decisions. Each verb returns the code of its refusal, or nothing."""

    def __init__(self, rows: list[Row]) -> None:
        self.all = rows
        self.decisions: list[tuple[str, list[int], list[str]]] = []

    def flag(self, who: str, row: Row, kind: str) -> str:
        for flag in row.standing:
            flag.ended = flag.ended or flag.who == who
        row.flags.append(Flag(who, kind, row.wording.n))
        return ""

    def turn(self, who: str, row: Row, flag: Flag, kind: str) -> str:
        """Into another kind, or with "" into none."""
        if who != flag.who:
            return "not_yours"
        if flag.ended:
            return "withdrawn"
        if not kind:
            flag.ended = True
            return ""
        flag.kind, flag.n, flag.asked_again, flag.taken_up = kind, row.wording.n, False, False
        return ""

    def take_up(self, row: Row, flag: Flag) -> str:
        if flag.kind != "another_wording" or flag.ended or flag.taken_up:
            return "not_asked"
        if flag.n == row.wording.n:
            return "not_reworded"
        flag.taken_up = True
        return ""

    def reword(self, row: Row, text: str) -> str:
        """A new draft beside what was agreed; whoever flagged a row that says it is asked again."""
        if text == row.wording.texts[-1]:
            return ""
        row.wording.texts.append(text)
        for other in self.all:
            if other.wording is row.wording:
                for flag in other.flags:
                    flag.taken_up = False
                    flag.asked_again = flag.asked_again or not flag.ended
        return ""

    def decide(self, rows: list[Row], ruling: str, stale: bool = False) -> str:
        if stale:
            return "edited_meanwhile"
        if why := next((why for row in rows if (why := row.against(ruling))), ""):
            return why
        for row in rows:
            new = Ruling(ruling, row.wording.texts[-1], row.wording.n)
            before = row.holds
            if before and before.adopted and not new.adopted and before.n != new.n:
                new = replace(before, refused=new.n)
            row.holds = new
        places = [self.all.index(row) for row in rows]
        self.decisions.append((ruling, places, [row.wording.texts[-1] for row in rows]))
        return ""
