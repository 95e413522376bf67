"""What can go wrong, as sentences for people. It knows no HTTP: app/web gives codes a status."""

from collections.abc import Callable
from typing import Any


def N_(text: str) -> str:
    """Mark a sentence for translation where it is shown, not here."""
    return text


class Refused(Exception):
    """A command that was understood and not done. Nothing was changed."""

    def __init__(self, code: str, message: str, *, field: str | None = None, **params: Any) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.field = field
        self.params = params

    def sentence(self, translate: Callable[[str], str] = str) -> str:
        """The message in the reader's language, with its values filled in."""
        text = translate(self.message)
        return text.format(**self.params) if self.params else text

    def __str__(self) -> str:
        return self.sentence()


class NotFound(Refused):
    """Unknown, or not the viewer's: the two look the same from outside."""

    def __init__(self, message: str = N_("This does not exist, or is not yours to see.")) -> None:
        super().__init__("not_found", message)


class Forbidden(Refused):
    """The viewer is known and may see the thing, but may not do this."""


class Conflict(Refused):
    """True a moment ago, not any more: the state has moved on."""


class Busy(Refused):
    """The database could not answer; the same command may be sent again."""


class Unknown(Busy):
    """The database was lost at the commit: whether it was made, only the command's key can tell."""
