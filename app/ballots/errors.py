"""What can be wrong with a ballot, as a code and a sentence for the person who sent it."""

from app.errors import Refused


class BallotError(Refused, ValueError):
    """A ballot that cannot count as it stands. As a ValueError it may be raised in parsing."""
