"""Dealing people out to breakout groups so that each group is the meeting in small."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Seat:
    """A person to be seated, by what should be spread evenly. `group` is where they sit already."""

    id: str
    regions: tuple[str, ...]
    capacity: str
    group: str | None = None


def seated(people: Sequence[Seat], groups: Sequence[str]) -> dict[str, str]:
    """Each person's group, by id. Those who sit stay; the others come in order of how rare their
    kind is, each to the group with the fewest people of their regions and capacity together, then
    of their regions, of their capacity, of all. Groups end at most one person apart in size where
    those who sat already allow it. Without chance: the same list gives the same groups.
    """
    taken = {person.id: person.group for person in people if person.group in groups}
    size = Counter(taken.values())
    kinds = Counter(_kind(person) for person in people)
    waiting = [person for person in people if person.id not in taken]
    inside: Counter[tuple[str, object]] = Counter()
    for person in people:
        if (group := taken.get(person.id)) is not None:
            inside.update((group, mark) for mark in _marks(person))
    fair, over = divmod(len(people), len(groups))  # so many each, and so many groups of one more
    for person in sorted(waiting, key=lambda one: (kinds[_kind(one)], _kind(one))):
        larger = sum(size[group] > fair for group in groups)
        most = fair + (larger < over)
        free = [group for group in groups if size[group] < most] or list(groups)

        def crowd(group: str, person: Seat = person) -> tuple[int, ...]:
            return (*(inside[group, mark] for mark in _marks(person)), size[group])

        group = min(free, key=lambda one: (crowd(one), groups.index(one)))
        taken[person.id] = group
        size[group] += 1
        inside.update((group, mark) for mark in _marks(person))
    return {person_id: group for person_id, group in taken.items() if group is not None}


def _kind(person: Seat) -> tuple[tuple[str, ...], str]:
    return person.regions, person.capacity


def _marks(person: Seat) -> tuple[object, ...]:
    return _kind(person), person.regions, person.capacity
