"""Who is connected, as another server process would tell it."""

import json

from app.live.hub import Hub


def connected(hub: Hub, workshop_id: str, *people: str) -> None:
    """These people are connected at another server process, and at that one nobody else is."""
    hub.neighbours.heard(json.dumps(["another", workshop_id, people, True]))
