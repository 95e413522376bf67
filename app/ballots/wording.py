"""Free text beside an answer: normalised, printable, not endless."""

import unicodedata
from typing import Annotated, Any

from pydantic import BeforeValidator

from app.ballots.errors import BallotError
from app.errors import N_

LONGEST = 4000


def plain_text(value: Any) -> str:
    """NFC text of at most 4,000 characters; raises `bad_characters` for what no keyboard types."""
    if not isinstance(value, str):
        raise BallotError("not_text", N_("Please write this as text."))
    if any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\r\t" for c in value):
        raise BallotError(
            "bad_characters",
            N_("The text holds characters that cannot be kept. Please type it again."),
        )
    if len(value) > LONGEST:
        raise BallotError(
            "too_long",
            N_("The text has {length} characters; {limit} fit."),
            length=len(value),
            limit=LONGEST,
        )
    return unicodedata.normalize("NFC", value)


Wording = Annotated[str, BeforeValidator(plain_text)]
