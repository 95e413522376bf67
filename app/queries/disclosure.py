"""How much of a counted ballot may leave its round."""

from typing import Any


def disclosed(round_: Any, body: dict[str, Any]) -> dict[str, Any]:
    """A ballot's body without what would say where its author comes from. A region spoken for is
    shown only if the round said so before it opened."""
    if "judgement" not in body or round_.by_region:
        return body
    kept = {
        item: {name: value for name, value in given.items() if name != "regions"}
        for item, given in body["judgement"].items()
    }
    return {"judgement": kept}
