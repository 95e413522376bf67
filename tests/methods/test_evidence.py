"""Evidence judgements: what holds, where, and how strong it is."""

from app.methods import Outcome, Poll, count

BALLOTS: list[dict[str, dict[str, object]]] = [
    {"EV1": {"holds": "yes", "strength": "strong", "regions": ["West Africa"]}},
    {"EV1": {"holds": "partly", "regions": ["East Asia"]}, "EV2": {"holds": "no"}},
    {"EV1": {"holds": "yes"}, "EV2": {"holds": "cannot_say"}, "EV3": {"holds": "partly"}},
]


def judged(**params: bool) -> Outcome:
    return count(
        Poll.model_validate(
            {
                "method": "evidence_judgement",
                "params": params,
                "options": ["EV1", "EV2", "EV3", "EV4"],
                "ballots": [{"body": {"judgement": body}} for body in BALLOTS],
            }
        )
    )


def test_cannot_say_is_left_out_and_partly_is_half() -> None:
    outcome = judged()
    assert outcome.scores == {"EV1": "5/6", "EV2": "0", "EV3": "1/2", "EV4": None}
    assert outcome.winners == ["EV1"]
    verdicts = {o: one["verdict"] for o, one in outcome.diagnostics["options"].items()}
    assert verdicts == {
        "EV1": "holds",
        "EV2": "does_not_hold",
        "EV3": "holds_in_part",
        "EV4": "unknown",
    }


def test_regions_are_shown_and_digested_only_if_chosen() -> None:
    plain, shown = judged(), judged(by_region=True)
    assert "regions" not in plain.diagnostics["options"]["EV1"]
    assert sorted(shown.diagnostics["options"]["EV1"]["regions"]) == ["East Asia", "West Africa"]
    without = [{"body": {"judgement": {"EV1": {"holds": "yes", "strength": "strong"}}}}]
    fields = {"method": "evidence_judgement", "options": ["EV1"]}
    region = [{"body": {"judgement": {"EV1": BALLOTS[0]["EV1"]}}}]
    assert (
        count(Poll.model_validate({**fields, "ballots": without})).input_digest
        == count(Poll.model_validate({**fields, "ballots": region})).input_digest
    )
