"""Agree, disagree or pass on statements, one at a time."""

from typing import ClassVar, Literal

from app.ballots.body import Body


class React(Body):
    """`{"react": {"S1": "agree"}}`; a pass is an answer, a statement left out was not answered."""

    shape: ClassVar[str] = "react"
    react: dict[str, Literal["agree", "disagree", "pass"]]

    def named(self) -> list[str]:
        return list(self.react)
