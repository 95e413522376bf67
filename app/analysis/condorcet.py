"""What direct comparison says: a winner, those nobody beats, or a circle, in words."""

from collections import deque
from dataclasses import dataclass

from app.ballots.numbers import text
from app.methods.pairwise import Matrix, beats, condorcet_winner, smith_set, weak_winners


@dataclass(frozen=True)
class Condorcet:
    """`winner` beats all others; `weak` are beaten by none; `smith` is the smallest set that beats
    all outside it; `cycle` a shortest circle of majorities inside it, empty if there is none.
    """

    winner: str | None
    weak: list[str]
    smith: list[str]
    cycle: list[str]
    words: str


def condorcet(matrix: Matrix) -> Condorcet:
    """The report on a matrix of direct comparisons."""
    winner, weak, smith = condorcet_winner(matrix), weak_winners(matrix), smith_set(matrix)
    cycle = [] if winner else shortest_cycle(matrix, smith)
    return Condorcet(winner, weak, smith, cycle, in_words(matrix, winner, weak, cycle))


def shortest_cycle(matrix: Matrix, inside: list[str]) -> list[str]:
    """A shortest circle in which each option beats the next and the last beats the first.

    Of several, the first by id. A breadth-first search from each option.
    """
    found = [cycle for start in inside if (cycle := cycle_through(matrix, inside, start))]
    return min(found, key=len, default=[])


def cycle_through(matrix: Matrix, inside: list[str], start: str) -> list[str]:
    """A shortest circle through one option, empty if it is in none."""
    came_from: dict[str, str] = {}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for there in inside:
            if there == here or not beats(matrix, here, there):
                continue
            if there == start:
                return path_back(came_from, start, here)
            if there not in came_from:
                came_from[there] = here
                waiting.append(there)
    return []


def path_back(came_from: dict[str, str], start: str, end: str) -> list[str]:
    path = [end]
    while path[-1] != start:
        path.append(came_from[path[-1]])
    return path[::-1]


def in_words(matrix: Matrix, winner: str | None, weak: list[str], cycle: list[str]) -> str:
    """One sentence for the record."""
    if winner:
        return f"{winner} beats every other option in direct comparison."
    if cycle:
        steps = zip(cycle, [*cycle[1:], cycle[0]], strict=True)
        fights = ", ".join(
            f"{a} over {b} {text(matrix[a][b])}–{text(matrix[b][a])}" for a, b in steps
        )
        return f"No option beats all others; the majority runs in a circle: {fights}."
    if weak:
        return f"No option beats all others; none beats {', '.join(weak)}."
    return "There is nothing to compare."
