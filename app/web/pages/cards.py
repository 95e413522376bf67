"""Place cards: one personal link for each person, made anew whenever cards are printed."""

import secrets

from app.actions.tokens import make_tokens
from app.db import Key, derived_token
from app.queries.people import people
from app.web.deps import Visit


async def card_links(here: Visit, base: str) -> list[tuple[str, str]]:
    """(label, personal link) of everyone on the list; links printed before stay valid."""
    everyone = await here.read(people)
    if not everyone:
        return []
    key = Key(secrets.token_hex(32), b"cards")
    doors = [(None, person.id) for person in everyone]
    done = await here.db.keyed(key, here.workshop_id, make_tokens, here.actor, doors)
    return [
        (
            person.label,
            f"{base}/enter/{derived_token(here.db.secret, key, token_id, 'participant')}",
        )
        for person, token_id in zip(everyone, done.ids, strict=True)
    ]
