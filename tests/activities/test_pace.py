"""Minutes by items, criteria and seconds, corrected by what the meeting has shown."""

from app.activities.pace import Paced, predicted


def test_before_any_round_the_usual_pace_counts() -> None:
    found = predicted("rating", 12, 1, [])
    assert (found.minutes, found.seconds_each, found.rounds) == (6, 20.0, 0)
    assert predicted("rating", 12, 3, []).minutes == 14


def test_the_same_kind_of_round_shows_the_pace() -> None:
    shown = [Paced("rating", 10, 400), Paced("rating", 10, 600), Paced("react", 5, 10)]
    found = predicted("rating", 12, 1, shown)
    assert (found.minutes, found.seconds_each, found.rounds) == (12, 50.0, 2)


def test_other_rounds_show_how_fast_this_meeting_is() -> None:
    found = predicted("rating", 12, 1, [Paced("react", 10, 300)])
    assert (found.seconds_each, found.rounds) == (40.0, 1)


def test_a_round_without_items_shows_nothing() -> None:
    assert predicted("rating", 12, 1, [Paced("rating", 0, 400)]).rounds == 0
