"""Tables and constraints, no behaviour. Importing this package knows them all."""

from app.models.activity import (
    Activity,
    Option,
    Outcome,
    RegisterEntry,
    Reopening,
    Round,
    RoundOption,
)
from app.models.ballot import Ballot, Reason
from app.models.floor import Parked, Speaker
from app.models.lesson import Lesson, LessonVersion
from app.models.log import CommandKey, LogLine, LogSalt
from app.models.matrix import Decision, DecisionRow, Flag, MatrixCell
from app.models.people import (
    Admission,
    Delegation,
    Participant,
    PrivateNote,
    Proxy,
    TakenHome,
    Token,
)
from app.models.secret import RegisterMark, SealedBallot, Sealing, StagedBallot, StagedKey
from app.models.showing import Showing
from app.models.task import MadeExport, Task
from app.models.wording import (
    Component,
    Conclusion,
    EvidenceItem,
    MergeLink,
    Misreading,
    Proposal,
    WordingVersion,
)
from app.models.workshop import AgendaItem, Group, Note, Workshop

__all__ = [
    "Activity",
    "Admission",
    "AgendaItem",
    "Ballot",
    "CommandKey",
    "Component",
    "Conclusion",
    "Decision",
    "DecisionRow",
    "Delegation",
    "EvidenceItem",
    "Flag",
    "Group",
    "Lesson",
    "LessonVersion",
    "LogLine",
    "LogSalt",
    "MadeExport",
    "MatrixCell",
    "MergeLink",
    "Misreading",
    "Note",
    "Option",
    "Outcome",
    "Parked",
    "Participant",
    "PrivateNote",
    "Proposal",
    "Proxy",
    "Reason",
    "RegisterEntry",
    "RegisterMark",
    "Reopening",
    "Round",
    "RoundOption",
    "SealedBallot",
    "Sealing",
    "Showing",
    "Speaker",
    "StagedBallot",
    "StagedKey",
    "TakenHome",
    "Task",
    "Token",
    "WordingVersion",
    "Workshop",
]
