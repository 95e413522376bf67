"""Counting everything twice: by our methods, and by the verifier that travels in bundles."""

import json
from typing import Any

import pytest

from app.formats import verify
from app.methods import Method, Outcome, Poll


@pytest.fixture(autouse=True)
def recounted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a test counts, the verifier counts again from what a bundle would hold. The two
    share these tests and no source. The real count is called, and watched."""
    count = Method.count

    def twice(self: Method[Any], poll: Poll) -> Outcome:
        outcome = count(self, poll)
        recount(self.input(self.prepare(poll)), outcome)
        return outcome

    monkeypatch.setattr(Method, "count", twice)


def recount(held: bytes, outcome: Outcome) -> str:
    """What the verifier says of an outcome and the file of its ballots; raises verify.Fault."""
    stated = json.loads(outcome.model_dump_json())
    try:
        return verify.check_count(verify.Poll(verify.parsed(held, "the ballots")), stated)
    except verify.NotHere as reason:
        if outcome.exact:
            raise
        return str(reason)
